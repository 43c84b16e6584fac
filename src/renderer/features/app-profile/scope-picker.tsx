import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { rpc } from '../../platform/connection.ts';
import { Failure } from '../../ui/notes.tsx';

type ScopePickerProps = {
  readonly chosen: readonly string[];
  readonly onAdd: (scope: string) => void;
  readonly onDrop: (scope: string) => void;
};

type Row = Awaited<ReturnType<typeof rpc.profiles.scopes>>[number];

function Endpoints({ scope }: { readonly scope: string }) {
  const endpoints = useQuery({
    queryKey: ['scope-endpoints', scope],
    queryFn: () => rpc.profiles.scopeEndpoints({ scope }),
  });
  if (endpoints.error !== null) return <Failure error={endpoints.error} />;
  return (
    <ul className="scope-endpoints">
      {(endpoints.data ?? []).map((endpoint) => (
        <li key={endpoint.operationId}>
          <span className="mono">
            {endpoint.method} {endpoint.path}
          </span>{' '}
          <span className="faint">{endpoint.summary}</span>
        </li>
      ))}
    </ul>
  );
}

function ScopeItem({ row, chosen, onAdd, onDrop }: ScopePickerProps & { readonly row: Row }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className="scope-line">
        <input
          id={id}
          type="checkbox"
          checked={chosen.includes(row.name)}
          onChange={(event) => (event.currentTarget.checked ? onAdd(row.name) : onDrop(row.name))}
        />
        <label htmlFor={id} className="mono">
          {row.name}
        </label>
        {row.agencyOnly && (
          <span className="tag warn" title="Sub-account users cannot install an app that asks for it.">
            agency only
          </span>
        )}
        {row.sensitive && (
          <span className="tag" title="The portal asks for confirmation before it adds this scope.">
            confirmed in the portal
          </span>
        )}
        <span className="grow" />
        {row.webhooks.length > 0 && (
          <span className="faint small" title={row.webhooks.join(', ')}>
            {row.webhooks.length} {row.webhooks.length === 1 ? 'webhook' : 'webhooks'}
          </span>
        )}
        {row.endpoints === 0 ? (
          <span className="faint small">no known endpoint</span>
        ) : (
          <button
            type="button"
            className="link small"
            aria-expanded={open}
            aria-label={`${row.endpoints} ${row.endpoints === 1 ? 'endpoint' : 'endpoints'} of ${row.name}`}
            onClick={() => setOpen(!open)}
          >
            {row.endpoints} {row.endpoints === 1 ? 'endpoint' : 'endpoints'}
          </button>
        )}
      </div>
      {row.note !== null && <p className="faint small scope-note">{row.note}</p>}
      {open && (
        <div className="scope-note">
          {row.webhooks.length > 0 && <p className="small muted">Webhooks: {row.webhooks.join(', ')}</p>}
          <Endpoints scope={row.name} />
        </div>
      )}
    </li>
  );
}

/** Every known scope with what it unlocks, found by its name or by the webhook it unlocks. */
export function ScopePicker(props: ScopePickerProps) {
  const scopes = useQuery({ queryKey: ['scopes'], queryFn: () => rpc.profiles.scopes() });
  const [search, setSearch] = useState('');
  const shown = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return (scopes.data ?? []).filter((row) => {
      const text = [row.name, ...row.webhooks, row.note ?? ''].join(' ').toLowerCase();
      return words.every((word) => text.includes(word));
    });
  }, [scopes.data, search]);
  return (
    <section className="card" aria-label="Known scopes">
      <header>
        <h2>Known scopes</h2>
        <span className="faint small">
          {shown.length} of {scopes.data?.length ?? 0}; the list moves, so other names are allowed
        </span>
        <span className="grow" />
        <input
          type="search"
          className="input find"
          aria-label="Search scopes"
          placeholder="scope or webhook"
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </header>
      {scopes.error !== null && <Failure error={scopes.error} />}
      <div className="scope-list">
        <ul>
          {shown.map((row) => (
            <ScopeItem key={row.name} row={row} {...props} />
          ))}
        </ul>
        {scopes.data !== undefined && shown.length === 0 && (
          <p className="inside muted">
            No known scope matches “{search}”. Type its name above to ask for it all the same.
          </p>
        )}
      </div>
    </section>
  );
}
