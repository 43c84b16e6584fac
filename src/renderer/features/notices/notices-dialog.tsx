import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { openOutside, run } from '../../platform/actions.ts';
import { useValue } from '../../lib/value.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { noticesOpen } from './show-notices.ts';
import './notices.css';

/** A quarter of a megabyte of licences: fetched when somebody asks for them. */
const fetchNotices = async () => (await import('virtual:third-party-notices')).default;

export function NoticesDialog() {
  const open = useValue(noticesOpen);
  const close = (): void => noticesOpen.set(false);
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Third-party notices"
      description="What is built into the companion, with its licences. The desktop program also contains Chromium and Node.js: their licences are in LICENSES.chromium.html beside it."
      footer={
        <Button look="primary" onClick={close}>
          Done
        </Button>
      }
    >
      {open && <Notices />}
    </Dialog>
  );
}

function Notices() {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ['third-party-notices'],
    queryFn: fetchNotices,
    staleTime: Infinity,
  });
  if (error !== null)
    return <Failure error={error} action={<Button onClick={() => void refetch()}>Try again</Button>} />;
  if (data === undefined) return <p className="muted">Reading the notices…</p>;
  const wanted = query.trim().toLowerCase();
  const found = data.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(wanted));
  const shown = found.find((one) => `${one.name} ${one.version}` === chosen) ?? found[0];
  return (
    <div className="notices">
      <div className="notices-list">
        <input
          className="input"
          type="search"
          aria-label="Search notices"
          placeholder="Name or licence"
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
        <p className="faint small" role="status">
          {found.length} of {data.length}
        </p>
        <ul aria-label="Packages">
          {found.map((one) => {
            const key = `${one.name} ${one.version}`;
            return (
              <li key={key}>
                <button
                  type="button"
                  className="notice-row"
                  aria-pressed={one === shown}
                  onClick={() => setChosen(key)}
                >
                  <span className="mono">{one.name}</span>
                  <span className="faint small">
                    {one.version} · {one.licence}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      </div>
      {shown === undefined ? (
        <p className="muted">No package matches “{query}”.</p>
      ) : (
        <section className="notice" aria-label="Notice">
          <header>
            <h3 className="mono">
              {shown.name} {shown.version}
            </h3>
            <span className="tag">{shown.licence}</span>
            <span className="grow" />
            {shown.address !== null && (
              <Button look="quiet" onClick={() => run(() => openOutside(shown.address ?? ''))}>
                Home page
              </Button>
            )}
          </header>
          <textarea aria-label={`Licence of ${shown.name}`} readOnly value={shown.text} spellCheck={false} />
        </section>
      )}
    </div>
  );
}
