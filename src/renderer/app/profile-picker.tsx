import { AppWindow, ChevronDown, Plus } from 'lucide-react';
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx';
import { go } from '../lib/route.ts';
import { changeSettings, run } from '../platform/actions.ts';
import { useActiveProfile, useProfiles } from '../platform/queries.ts';
import { overlays } from './overlays.ts';

export function ProfilePicker() {
  const profiles = useProfiles();
  const active = useActiveProfile();
  if (profiles === undefined || active === undefined) return <span className="picker" aria-hidden />;
  if (active === null)
    return (
      <button type="button" className="picker" onClick={() => overlays.set({ kind: 'add-app' })}>
        <Plus aria-hidden />
        Add app…
      </button>
    );
  return (
    <Menu
      trigger={
        <button type="button" className="picker" aria-label={`App: ${active.name}`}>
          <span
            className="dot"
            style={{ color: active.environment === 'live' ? 'var(--token)' : 'var(--ok)' }}
          />
          <span className="clip">{active.name}</span>
          <ChevronDown aria-hidden />
        </button>
      }
    >
      {profiles.map((profile) => (
        <MenuItem
          key={profile.id}
          end={
            profile.environment === 'simulator' ? 'simulator' : profile.id === active.id ? 'shown' : undefined
          }
          onSelect={() => run(() => changeSettings({ activeProfile: profile.id }))}
        >
          <span
            className="dot"
            style={{ color: profile.environment === 'live' ? 'var(--token)' : 'var(--ok)' }}
            aria-hidden
          />
          {profile.name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={AppWindow} onSelect={() => go('app')}>
        Manage app…
      </MenuItem>
      <MenuItem icon={Plus} onSelect={() => overlays.set({ kind: 'add-app' })}>
        Add app…
      </MenuItem>
    </Menu>
  );
}
