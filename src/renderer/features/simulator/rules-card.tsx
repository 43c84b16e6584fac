import { useState } from 'react';
import { events } from '../../../shared/highlevel/events.ts';
import { missingScopes } from '../../../shared/highlevel/scopes.ts';
import type { SimulatorSwitch, SimulatorView } from '../../../shared/model/simulator.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { Act } from './use-simulator.ts';

type RulesProps = { readonly view: SimulatorView; readonly act: Act };

const examples = [
  { name: 'Token endpoint down', fault: '/oauth/token:500' },
  { name: 'Lose one token answer', fault: '/oauth/token:lostx1' },
  { name: 'Half of contacts 429', fault: '/contacts:429:0.5' },
  { name: 'Slow', fault: '/:delay=1500' },
  { name: 'Never answer', fault: '/contacts:hangx1' },
  { name: 'Cut off', fault: '/contacts:cutx1' },
  { name: 'Wrong JSON', fault: '/contacts:garbagex1' },
] as const;

export function FaultsCard({ view, act }: RulesProps) {
  const [draft, setDraft] = useState('');
  const set = (faults: readonly string[], said: string) =>
    act.mutate({ action: { do: 'faults', faults: [...faults] }, said });
  const add = (fault: string) =>
    set([...view.faults.filter((one) => one !== fault), fault], `Fault ${fault} is on`);
  return (
    <section className="card" aria-label="Faults">
      <header>
        <h2>Faults</h2>
        <span className="grow" />
        <Button
          look="quiet"
          disabled={act.isPending || view.faults.length === 0}
          onClick={() => set([], 'No faults')}
        >
          Remove all
        </Button>
      </header>
      <div className="inside stack">
        {view.faults.length === 0 ? (
          <p className="muted">None: everything works. The first fault that fits a call strikes.</p>
        ) : (
          <ul className="sim-faults" aria-label="Faults in force">
            {view.faults.map((fault) => (
              <li key={fault}>
                <code>{fault}</code>
                <Button
                  look="quiet"
                  disabled={act.isPending}
                  aria-label={`Remove ${fault}`}
                  onClick={() =>
                    set(
                      view.faults.filter((one) => one !== fault),
                      `Fault ${fault} is off`,
                    )
                  }
                >
                  Remove
                </Button>
              </li>
            ))}
          </ul>
        )}
        <div className="line wrap">
          {examples.map(({ name, fault }) => (
            <button
              type="button"
              className="chip"
              key={name}
              title={fault}
              disabled={act.isPending}
              onClick={() => add(fault)}
            >
              {name}
            </button>
          ))}
        </div>
        <form
          className="sim-form"
          onSubmit={(event) => {
            event.preventDefault();
            add(draft.trim());
            setDraft('');
          }}
        >
          <TextField
            label="Fault"
            mono
            value={draft}
            onChange={setDraft}
            placeholder="POST /contacts:429:0.5x10"
            hint="[METHOD ]PATH:KIND[:PROBABILITY][xCOUNT]; KIND is a status, reset, lost, hang, cut, garbage or delay=MS."
            required
          />
          <Button submit disabled={act.isPending || draft.trim() === ''}>
            Add fault
          </Button>
        </form>
      </div>
    </section>
  );
}

export function EventsCard({ view, act }: RulesProps) {
  const open = events.filter(
    ({ scope }) => scope === null || missingScopes([scope], view.scopes).length === 0,
  );
  const chosen = new Set(view.events ?? open.map(({ type }) => type));
  const toggle = (type: string, on: boolean) => {
    const next = open.map((event) => event.type).filter((one) => (one === type ? on : chosen.has(one)));
    const action = { do: 'events', events: next.length === open.length ? null : next } as const;
    act.mutate({ action, said: on ? `Subscribed to ${type}` : `No longer subscribed to ${type}` });
  };
  return (
    <section className="card" aria-label="Subscribed events">
      <header>
        <h2>Subscribed events</h2>
        <span className="grow" />
        <span className="muted">
          {chosen.size} of the {open.length} that its scopes unlock
        </span>
        <Button
          look="quiet"
          disabled={act.isPending || view.events === null}
          onClick={() => act.mutate({ action: { do: 'events', events: null }, said: 'Subscribed to all' })}
        >
          All
        </Button>
      </header>
      <div className="inside">
        <ul className="sim-events">
          {open.map(({ type }) => (
            <li key={type}>
              <label className="line">
                <input
                  type="checkbox"
                  checked={chosen.has(type)}
                  disabled={act.isPending}
                  onChange={(event) => toggle(type, event.currentTarget.checked)}
                />
                {type}
              </label>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function NumberSwitch({ one, act }: { readonly one: SimulatorSwitch; readonly act: Act }) {
  const [draft, setDraft] = useState(String(one.value));
  const isNew = draft !== String(one.value) && /^[1-9]\d{0,8}$/.test(draft);
  return (
    <form
      className="sim-form"
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({
          action: { do: 'switch', name: one.name, value: Number(draft) },
          said: `${one.text}: ${draft}`,
        });
      }}
    >
      <TextField label={one.text} mono value={draft} onChange={setDraft} />
      <Button submit disabled={!isNew || act.isPending} aria-label={`Set: ${one.text}`}>
        Set
      </Button>
    </form>
  );
}

const words: Readonly<Record<string, string>> = { true: 'Yes', false: 'No' };

export function SwitchesCard({ view, act }: RulesProps) {
  return (
    <section className="card" aria-label="Open questions">
      <header>
        <h2>Open questions</h2>
      </header>
      <div className="inside stack">
        <p className="muted">
          HighLevel publishes no answer to these, or several. Try your app against each.
        </p>
        <div className="sim-switches">
          {view.switches.map((one) =>
            one.choices === null ? (
              <NumberSwitch key={`${one.name} ${String(one.value)}`} one={one} act={act} />
            ) : (
              <SelectField
                key={one.name}
                label={one.text}
                value={String(one.value)}
                options={one.choices.map((value) => ({ value, label: words[value] ?? value }))}
                onChange={(value) =>
                  act.mutate({
                    action: {
                      do: 'switch',
                      name: one.name,
                      value: typeof one.value === 'boolean' ? value === 'true' : value,
                    },
                    said: `${one.text}: ${words[value] ?? value}`,
                  })
                }
              />
            ),
          )}
        </div>
      </div>
    </section>
  );
}
