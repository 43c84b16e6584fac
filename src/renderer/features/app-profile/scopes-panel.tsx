import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { splitScopes } from '../../../shared/highlevel/install-link.ts';
import { editLink } from '../../../shared/highlevel/link-lint/edit-link.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { ScopeUse } from '../../../shared/model/scope.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { ScopePicker } from './scope-picker.tsx';
import { useUpdate } from './use-update.ts';

const stateWords = {
  missing: { word: 'needed, not asked for', tone: 'bad' },
  'not-granted': { word: 'not granted', tone: 'bad' },
  'not-requested': { word: 'lost at the next install', tone: 'warn' },
  extra: { word: 'granted only', tone: 'warn' },
  unused: { word: 'not used yet', tone: undefined },
  ok: { word: 'ok', tone: 'ok' },
} as const;

const mark = (held: boolean | null): string => (held === null ? '–' : held ? 'yes' : 'no');

function Difference({ use, add }: { readonly use: ScopeUse; readonly add: (scope: string) => void }) {
  return (
    <section className="card" aria-label="Scopes compared">
      <header>
        <h2>Link, token, calls</h2>
        <span className="faint small">
          {use.tokens === 0 ? 'no token yet' : `${use.tokens} ${use.tokens === 1 ? 'token' : 'tokens'}`},{' '}
          {use.calls.toLocaleString('en')} recorded {use.calls === 1 ? 'call' : 'calls'}
          {use.more ? ', the latest' : ''}
          {use.unknownCalls === 0 ? '' : `, ${use.unknownCalls} of no known operation`}
        </span>
      </header>
      {use.rows.length === 0 ? (
        <p className="inside muted">The link asks for no scope, and no token has any.</p>
      ) : (
        <div className="table-frame">
          <table className="facts-table">
            <thead>
              <tr>
                <th scope="col">Scope</th>
                <th scope="col">In the link</th>
                <th scope="col">On a token</th>
                <th scope="col">Calls</th>
                <th scope="col">Verdict</th>
              </tr>
            </thead>
            <tbody>
              {use.rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row" className="mono">
                    {row.name}
                  </th>
                  <td>{mark(row.inLink)}</td>
                  <td>{mark(row.onToken)}</td>
                  <td>
                    {row.calls}
                    {row.refused === 0 ? '' : <span className="bad"> ({row.refused} refused)</span>}
                  </td>
                  <td>
                    {row.state === 'ok' && row.onToken === null ? (
                      'asked for'
                    ) : (
                      <span className={stateWords[row.state].tone}>{stateWords[row.state].word}</span>
                    )}{' '}
                    {row.state === 'missing' && (
                      <button type="button" className="link" onClick={() => add(row.name)}>
                        Add
                      </button>
                    )}
                    {row.state !== 'ok' && <p className="faint small">{row.sentence}</p>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** The scopes the next install asks for, chosen from what is known or typed freely, and held against tokens and calls. */
export function ScopesPanel({ profile }: { readonly profile: Profile }) {
  const present = useMemo(
    () =>
      profile.installLink === null
        ? profile.scopes
        : splitScopes(URL.parse(profile.installLink)?.searchParams.get('scope') ?? ''),
    [profile],
  );
  const [draft, setDraft] = useState<readonly string[] | null>(null);
  const [free, setFree] = useState('');
  const chosen = draft ?? present;
  const use = useQuery({
    queryKey: ['scope-use', profile],
    queryFn: () => rpc.profiles.scopeUse({ id: profile.id }),
    refetchOnMount: 'always',
    placeholderData: (earlier) => earlier,
  });
  const save = useUpdate(profile, 'Scopes saved');
  const add = (names: readonly string[]): void => setDraft([...new Set([...chosen, ...names])]);
  const drop = (name: string): void => setDraft(chosen.filter((scope) => scope !== name));

  function submit(): void {
    const scopes = [...chosen];
    const link = profile.installLink;
    save.mutate(
      {
        scopes,
        ...(link === null ? {} : { installLink: editLink(link, { set: { scope: scopes.join(' ') } }) }),
      },
      { onSuccess: () => setDraft(null) },
    );
  }

  return (
    <>
      <section className="card" aria-label="Requested scopes">
        <header>
          <h2>Requested scopes</h2>
          <span className="count faint small">{chosen.length}</span>
          <span className="grow" />
          {draft !== null && (
            <Button look="quiet" onClick={() => setDraft(null)}>
              Discard changes
            </Button>
          )}
          <Button look="primary" disabled={draft === null} busy={save.isPending} onClick={submit}>
            Save scopes
          </Button>
        </header>
        <div className="inside stack">
          {chosen.length === 0 ? (
            <Note tone="warn">An install link needs at least one scope.</Note>
          ) : (
            <ul className="chosen-scopes" aria-label="Requested scopes">
              {chosen.map((scope) => (
                <li key={scope} className="tag">
                  {scope}
                  <button type="button" aria-label={`Remove ${scope}`} onClick={() => drop(scope)}>
                    <X aria-hidden />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <form
            className="line"
            onSubmit={(event) => {
              event.preventDefault();
              add(splitScopes(free));
              setFree('');
            }}
          >
            <input
              className="input mono"
              aria-label="Add scopes by name"
              placeholder="any scope by name, several at once"
              value={free}
              spellCheck={false}
              onChange={(event) => setFree(event.currentTarget.value)}
            />
            <Button submit icon={Plus} disabled={free.trim() === ''}>
              Add
            </Button>
          </form>
          <p className="faint small">
            Save the same scopes on the app version in the portal: a scope that is not saved there ends the
            install.
          </p>
          {save.error !== null && <Failure error={save.error} />}
        </div>
      </section>
      {use.error !== null && <Failure error={use.error} />}
      {use.data !== undefined && <Difference use={use.data} add={(scope) => add([scope])} />}
      <ScopePicker chosen={chosen} onAdd={(scope) => add([scope])} onDrop={drop} />
    </>
  );
}
