import { Camera, Database, RotateCcw, Trash2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { SimulatorView } from '../../../shared/model/simulator.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Act } from './use-simulator.ts';

const mebibytes = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

export function DataCard({ view, act }: { readonly view: SimulatorView; readonly act: Act }) {
  const [name, setName] = useState('');
  const [seed, setSeed] = useState('');
  const [startingOver, setStartingOver] = useState(false);
  const fixed = /^\d{1,15}$/.test(seed) ? { seed: Number(seed) } : {};
  const fill = (size: 'small' | 'large', said: string) =>
    act.mutate({ action: { do: 'seed', size, ...fixed }, said });
  return (
    <section className="card" aria-label="Its data">
      <header>
        <h2>Its data</h2>
        <span className="grow" />
        <span className="muted">
          {view.contacts.toLocaleString('en')} contacts, {view.accessTokens} access tokens
        </span>
      </header>
      <div className="inside stack">
        <div className="sim-form">
          <TextField
            label="Seed"
            mono
            value={seed}
            onChange={setSeed}
            placeholder="any"
            hint="A whole number makes data, ids and codes the same each time."
          />
          <Button icon={Database} disabled={act.isPending} onClick={() => fill('small', 'Filled')}>
            Small
          </Button>
          <Button
            icon={Database}
            disabled={act.isPending}
            onClick={() => fill('large', 'Filled with 100,000 contacts')}
          >
            Large: 100,000 contacts
          </Button>
          <Button
            look="danger"
            icon={RotateCcw}
            disabled={act.isPending}
            onClick={() => setStartingOver(true)}
          >
            Start over
          </Button>
        </div>
        <form
          className="sim-form"
          onSubmit={(event) => {
            event.preventDefault();
            act.mutate({ action: { do: 'keep', name: name.trim() }, said: `Kept ${name.trim()}` });
            setName('');
          }}
        >
          <TextField
            label="Snapshot"
            value={name}
            onChange={setName}
            placeholder="before the import"
            required
          />
          <Button icon={Camera} submit disabled={act.isPending || name.trim() === ''}>
            Keep snapshot
          </Button>
        </form>
        {view.snapshots.length === 0 ? (
          <p className="muted">
            A snapshot brings back data, installs, tokens, settings and time in one click.
          </p>
        ) : (
          <table className="facts-table" aria-label="Snapshots">
            <tbody>
              {view.snapshots.map((one) => (
                <tr key={one.name}>
                  <th scope="row">{one.name}</th>
                  <td className="mono">{one.at.replace('T', ' ').slice(0, 19)}</td>
                  <td>{mebibytes(one.bytes)}</td>
                  <td className="sim-do">
                    <Button
                      icon={Undo2}
                      disabled={act.isPending}
                      aria-label={`Restore ${one.name}`}
                      onClick={() =>
                        act.mutate({
                          action: { do: 'restore', name: one.name },
                          said: `Restored ${one.name}`,
                        })
                      }
                    >
                      Restore
                    </Button>
                    <Button
                      look="quiet"
                      icon={Trash2}
                      disabled={act.isPending}
                      aria-label={`Delete snapshot ${one.name}`}
                      onClick={() =>
                        act.mutate({ action: { do: 'forget', name: one.name }, said: `Deleted ${one.name}` })
                      }
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <Confirm
        open={startingOver}
        title="Start the simulator over?"
        action="Start over"
        onConfirm={() => {
          setStartingOver(false);
          act.mutate({ action: { do: 'reset' }, said: 'Started over' });
        }}
        onClose={() => setStartingOver(false)}
      >
        Installs, tokens, deliveries and data go; the app keeps its settings. Tokens held here die with them.
      </Confirm>
    </section>
  );
}
