import { Copy, Download, Layers, Pencil, Plus, Trash, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Environment, EnvironmentId, EnvironmentSet } from '../../../shared/model/environment.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { saveFile } from '../../lib/save-file.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/notes.tsx';
import { showChanged, useEnvironments } from './use-environments.ts';
import { VariablesTable } from './variables-table.tsx';

type EnvironmentsDialogProps = { readonly profile: Profile; readonly onClose: () => void };

/** The environments of an app, and the variables of the chosen one. */
export function EnvironmentsDialog({ profile, onClose }: EnvironmentsDialogProps) {
  const set = useEnvironments(profile.id);
  const [wanted, setWanted] = useState<EnvironmentId | null | undefined>(undefined);
  const shown = wanted === undefined ? set?.active : wanted;
  const environment = set?.environments.find((one) => one.id === shown);
  const file = useRef<HTMLInputElement>(null);
  const change = (asked: () => Promise<EnvironmentSet>, thenShow?: 'active'): void =>
    run(async () => {
      const changed = await asked();
      showChanged(changed);
      if (thenShow === 'active') setWanted(changed.active);
    });
  const profileId = profile.id;
  const add = (): void =>
    change(() => rpc.environments.create({ profileId, name: newName(set?.environments ?? []) }), 'active');
  return (
    <Dialog
      open
      onClose={onClose}
      wide
      title="Environments and variables"
      description={`{{name}} in a request of ${profile.name} is filled in from the environment that is chosen beside its token, then from what all environments share.`}
      footer={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {set === undefined ? (
        <p className="quiet-line">…</p>
      ) : set.problem === null ? (
        <div className="environments">
          <nav className="environment-list" aria-label="Environments">
            <button
              type="button"
              className="environment"
              aria-current={environment === undefined}
              onClick={() => setWanted(null)}
            >
              <Layers aria-hidden /> All environments
            </button>
            {set.environments.map((one) => (
              <button
                key={one.id}
                type="button"
                className="environment"
                aria-current={one === environment}
                onClick={() => setWanted(one.id)}
              >
                <span className="clip">{one.name}</span>
                {one.id === set.active && <span className="tag ok">in use</span>}
              </button>
            ))}
            <div className="environment-actions">
              <Button look="quiet" icon={Plus} onClick={add}>
                Add environment
              </Button>
              <Button look="quiet" icon={Upload} onClick={() => file.current?.click()}>
                Import…
              </Button>
              <input
                ref={file}
                type="file"
                accept=".json,application/json"
                hidden
                aria-label="Environment file"
                onChange={(event) => {
                  const [chosen] = event.currentTarget.files ?? [];
                  event.currentTarget.value = '';
                  if (chosen === undefined) return;
                  change(
                    async () => rpc.environments.import({ profileId, content: await chosen.text() }),
                    'active',
                  );
                }}
              />
            </div>
          </nav>
          <div className="environment-part">
            {environment === undefined ? (
              <p className="muted small">Shared by every environment, and used where none is chosen.</p>
            ) : (
              <EnvironmentHead
                key={environment.id}
                set={set}
                environment={environment}
                change={change}
                onRemoved={() => setWanted(null)}
              />
            )}
            <VariablesTable
              key={environment?.id ?? 'shared'}
              place={{ profileId, environmentId: environment?.id ?? null }}
              variables={environment?.variables ?? set.shared}
            />
          </div>
        </div>
      ) : (
        <Note tone="bad" role="alert">
          <b>{set.problem}</b>
          <p className="muted">Repair the file or move it away, then start the companion again.</p>
        </Note>
      )}
    </Dialog>
  );
}

type EnvironmentHeadProps = {
  readonly set: EnvironmentSet;
  readonly environment: Environment;
  readonly change: (asked: () => Promise<EnvironmentSet>, thenShow?: 'active') => void;
  readonly onRemoved: () => void;
};

function EnvironmentHead({ set, environment, change, onRemoved }: EnvironmentHeadProps) {
  const { profileId } = set;
  const { id, name, variables } = environment;
  const [typed, setTyped] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const rename = (): void => {
    if (typed !== null && typed.trim() !== '' && typed !== name)
      change(() => rpc.environments.rename({ profileId, id, name: typed }));
    setTyped(null);
  };
  return (
    <div className="environment-head">
      <Pencil aria-hidden className="faint" />
      <input
        className="input"
        aria-label="Name of the environment"
        value={typed ?? name}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      {set.active !== id && (
        <Button onClick={() => change(() => rpc.environments.activate({ profileId, id }))}>Use it</Button>
      )}
      <Button
        look="quiet"
        icon={Copy}
        title="Duplicate, secrets included"
        aria-label="Duplicate"
        onClick={() =>
          change(
            () =>
              rpc.environments.create({
                profileId,
                name: newName(set.environments, `${name} copy`),
                from: id,
              }),
            'active',
          )
        }
      />
      <Button
        look="quiet"
        icon={Download}
        title="Export to a file, without the values of secrets"
        aria-label="Export"
        onClick={() =>
          run(async () => {
            const { fileName, content } = await rpc.environments.export({ profileId, id });
            saveFile(fileName, content);
          })
        }
      />
      <Button
        look="quiet danger"
        icon={Trash}
        title="Delete"
        aria-label="Delete"
        onClick={() => setAsking(true)}
      />
      <Confirm
        open={asking}
        title={`Delete "${name}"?`}
        action="Delete environment"
        onConfirm={() => {
          change(() => rpc.environments.remove({ profileId, id }));
          onRemoved();
        }}
        onClose={() => setAsking(false)}
      >
        {variables.length === 0
          ? 'It has no variables.'
          : `Its ${variables.length} variables go with it, secrets included. This cannot be undone.`}
      </Confirm>
    </div>
  );
}

/** The name, numbered where it is taken. */
function newName(environments: readonly Environment[], wanted = 'New environment'): string {
  const taken = new Set(environments.map((one) => one.name.toLowerCase()));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
