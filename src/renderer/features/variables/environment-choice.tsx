import { Braces } from 'lucide-react';
import type { Profile } from '../../../shared/model/profile.ts';
import { useValue } from '../../lib/value.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { EnvironmentsDialog } from './environments-dialog.tsx';
import { editorOpen, useEnvironments } from './use-environments.ts';

/** Which environment fills in the requests of an app, and the way to its variables. */
export function EnvironmentChoice({ profile }: { readonly profile: Profile }) {
  const set = useEnvironments(profile.id);
  const isOpen = useValue(editorOpen);
  return (
    <div className="environment-choice">
      <select
        className="input"
        aria-label="Environment"
        value={set?.active ?? ''}
        onChange={(event) => {
          const chosen = set?.environments.find((one) => one.id === event.currentTarget.value);
          run(() => rpc.environments.activate({ profileId: profile.id, id: chosen?.id ?? null }));
        }}
      >
        <option value="">No environment</option>
        {set?.environments.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <Button
        icon={Braces}
        title="Environments and variables"
        aria-label="Environments and variables"
        onClick={() => editorOpen.set(true)}
      />
      {isOpen && <EnvironmentsDialog profile={profile} onClose={() => editorOpen.set(false)} />}
    </div>
  );
}
