import { Search } from 'lucide-react';
import { href } from '../lib/route.ts';
import { modifier } from '../lib/shortcuts.ts';
import { useStatus } from '../platform/queries.ts';
import { addressWords } from './address-words.ts';
import { overlays } from './overlays.ts';
import { ProfilePicker } from './profile-picker.tsx';

function PublicAddress() {
  const tunnel = useStatus()?.tunnel;
  if (tunnel === undefined) return null;
  const { tone, word } = addressWords(tunnel);
  const shown = tunnel.publicUrl?.replace(/^https?:\/\//, '') ?? word;
  return (
    <a
      className={`pill address ${tone}`}
      href={href('settings')}
      title={tunnel.error ?? `Public address: ${word}. Change it in Settings.`}
    >
      <span
        className={`dot ${tunnel.status === 'off' ? 'hollow' : ''} ${tunnel.status === 'starting' ? 'live' : ''}`}
        aria-hidden
      />
      <span className="clip">{shown}</span>
    </a>
  );
}

export function TopBar() {
  return (
    <header className="top">
      <span className="brand">
        <i aria-hidden />
        HighLevel Companion
      </span>
      <ProfilePicker />
      <button
        type="button"
        className="search-button"
        title="Command palette"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => overlays.set({ kind: 'palette' })}
      >
        <Search aria-hidden />
        <span>Search screens, operations, commands</span>
        <kbd aria-hidden>{modifier} K</kbd>
      </button>
      <PublicAddress />
    </header>
  );
}
