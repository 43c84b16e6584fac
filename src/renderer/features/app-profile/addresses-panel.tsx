import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { routeKinds, type Profile, type Route } from '../../../shared/model/profile.ts';
import { routeKindWords as kindWords } from '../../lib/words.ts';
import { useAddresses } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { useUpdate } from './use-update.ts';

function Addresses({ profile }: { readonly profile: Profile }) {
  const addresses = useAddresses(profile.id);
  if (addresses === undefined || addresses === null) return null;
  const further = profile.routes.filter(({ kind }) => kind !== 'callback' && kind !== 'webhook');
  return (
    <section className="card" aria-label="Addresses to register">
      <header>
        <h2>Addresses to register</h2>
        <span className="faint small">{addresses.base}</span>
      </header>
      <div className="inside stack">
        {!addresses.public && profile.environment === 'live' && (
          <Note tone="warn">
            Only this machine reaches these addresses. Turn the public address on in Settings before you
            register the webhook URL.
          </Note>
        )}
        <div className="field">
          <span className="label">Redirect URL</span>
          <CopyField text={addresses.redirectUrl} what="redirect URL" />
        </div>
        <div className="field">
          <span className="label">Webhook URL</span>
          <CopyField text={addresses.webhookUrl} what="webhook URL" />
        </div>
        {further.map(({ kind, path }) => (
          <div className="field" key={path}>
            <span className="label">{kindWords[kind]}</span>
            <CopyField text={addresses.base + path} what={`${kindWords[kind].toLowerCase()} URL`} />
          </div>
        ))}
      </div>
    </section>
  );
}

type Row = { readonly key: number; readonly route: Route };
const rowsOf = (routes: readonly Route[]): Row[] => routes.map((route, key) => ({ key, route }));
/** What a route without a rule of its own answers. */
const usual = { status: 200, contentType: 'application/json', body: '{"success":true}' };

/** The paths of the ingress that belong to this app, and what each answers. */
function Routes({ profile }: { readonly profile: Profile }) {
  const [rows, setRows] = useState(() => rowsOf(profile.routes));
  const save = useUpdate(profile, 'Routes saved');
  const set = (key: number, changes: Partial<Route>): void =>
    setRows((before) =>
      before.map((row) => (row.key === key ? { key, route: { ...row.route, ...changes } } : row)),
    );
  const nextKey = Math.max(-1, ...rows.map(({ key }) => key)) + 1;
  return (
    <section className="card" aria-label="Routes">
      <header>
        <h2>Routes</h2>
        <span className="faint small">paths of the ingress that belong to this app</span>
        <span className="grow" />
        <Button
          look="quiet"
          icon={Plus}
          onClick={() => setRows([...rows, { key: nextKey, route: { kind: 'provider', path: '/provider' } }])}
        >
          Add route
        </Button>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ routes: rows.map(({ route }) => route) });
        }}
      >
        <ul className="route-rows">
          {rows.map(({ key, route }, index) => (
            <li key={key}>
              <select
                className="input"
                aria-label={`Kind of route ${index + 1}`}
                value={route.kind}
                onChange={(event) => {
                  const kind = routeKinds.find((each) => each === event.currentTarget.value);
                  if (kind !== undefined) set(key, { kind });
                }}
              >
                {routeKinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {kindWords[kind]}
                  </option>
                ))}
              </select>
              <input
                className="input mono"
                aria-label={`Path of route ${index + 1}`}
                value={route.path}
                spellCheck={false}
                onChange={(event) => set(key, { path: event.currentTarget.value })}
              />
              {route.kind === 'callback' ? (
                <span className="faint small answer-note">answers with a page that says what happened</span>
              ) : (
                <>
                  <input
                    className="input mono"
                    type="number"
                    min={200}
                    max={599}
                    aria-label={`Answer status of route ${index + 1}`}
                    value={route.answer?.status ?? usual.status}
                    onChange={(event) =>
                      set(key, {
                        answer: { ...usual, ...route.answer, status: Number(event.currentTarget.value) },
                      })
                    }
                  />
                  <input
                    className="input mono"
                    aria-label={`Answer body of route ${index + 1}`}
                    value={route.answer?.body ?? usual.body}
                    spellCheck={false}
                    onChange={(event) =>
                      set(key, { answer: { ...usual, ...route.answer, body: event.currentTarget.value } })
                    }
                  />
                </>
              )}
              <Button
                look="quiet"
                icon={X}
                aria-label={`Remove route ${index + 1}`}
                onClick={() => setRows(rows.filter((row) => row.key !== key))}
              />
            </li>
          ))}
        </ul>
        <div className="line">
          <Button submit busy={save.isPending}>
            Save routes
          </Button>
        </div>
        {save.error !== null && <Failure error={save.error} />}
      </form>
    </section>
  );
}

export function AddressesPanel({ profile }: { readonly profile: Profile }) {
  return (
    <>
      <Addresses profile={profile} />
      <Routes key={JSON.stringify(profile.routes)} profile={profile} />
    </>
  );
}
