import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { terms, type Term } from '../../../shared/highlevel/terms.ts';
import { allScreens } from '../../app/screens.ts';
import { useRoute } from '../../lib/route.ts';
import { modifier, useShortcuts } from '../../lib/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { showNotices } from '../notices/show-notices.ts';
import { QueryHelp } from './query-help.tsx';

const shortcuts: readonly (readonly [string, string])[] = [
  [`${modifier} K`, 'Command palette'],
  ['/', 'Search the list'],
  ['j  k  ↓  ↑', 'Next and previous row'],
  ['Page ↓  Page ↑  Home  End', 'Further through the list'],
  ['Enter', 'Into the chosen exchange'],
  ['Esc', 'Back to the list'],
  ['P', 'Pause and resume a live list'],
  ['L', 'Follow the newest of a list'],
  ['U', 'Mark a list as read'],
  ['F', 'Forward webhooks, or stop'],
  ['X', 'Switch all answer rules off'],
  ['R', 'Replay the chosen webhook'],
  ['E', 'Edit and replay it'],
  ['Y', 'Copy the exchange as cURL'],
  [`${modifier} Enter`, 'Send the request'],
  [`${modifier} F`, 'Search within a body'],
  ['?', 'This page'],
  ...allScreens.map((entry) => [entry.keys, entry.name] as const),
];

function matches(term: Term, query: string): boolean {
  const text = [term.title, ...term.also, term.text].join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function Help() {
  const { item } = useRoute();
  const [query, setQuery] = useState('');
  const box = useRef<HTMLInputElement>(null);
  const found = terms.filter((term) => matches(term, query.trim()));
  useShortcuts({ '/': () => box.current?.focus() });
  useEffect(() => {
    if (item !== null)
      document.querySelector(`#term-${CSS.escape(item)}`)?.scrollIntoView({ block: 'center' });
  }, [item]);
  return (
    <div className="page">
      <div className="measure help">
        <div>
          <h1 className="page-title">Help</h1>
          <p className="muted">The platform’s words, what lists can be asked, and the keys of this window.</p>
        </div>
        <div className="search-field wide">
          <Search aria-hidden />
          <input
            ref={box}
            type="search"
            aria-label="Search terms"
            placeholder="Search terms: scope, location token, signature…"
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <kbd aria-hidden>/</kbd>
        </div>
        <section className="card" aria-label="Terms">
          <header>
            <h2>Terms</h2>
            <span className="faint small" role="status">
              {found.length} of {terms.length}
            </span>
          </header>
          <dl className="inside glossary">
            {found.map((term) => (
              <div
                key={term.key}
                id={`term-${term.key}`}
                className={term.key === item ? 'wanted' : undefined}
              >
                <dt>
                  {term.title}
                  {term.also.length > 0 && <span className="faint small"> {term.also.join(', ')}</span>}
                </dt>
                <dd>{term.text}</dd>
              </div>
            ))}
            {found.length === 0 && (
              <div>
                <dt>No term matches “{query}”</dt>
                <dd>Try a shorter word.</dd>
              </div>
            )}
          </dl>
        </section>
        <QueryHelp />
        <section className="card" aria-label="Third-party notices">
          <header>
            <h2>Third-party notices</h2>
            <span className="faint small">what is built in, with its licences</span>
            <span className="grow" />
            <Button onClick={showNotices}>Show</Button>
          </header>
        </section>
        <section className="card" aria-label="Shortcuts">
          <header>
            <h2>Shortcuts</h2>
          </header>
          <dl className="inside keys">
            {shortcuts.map(([key, what]) => (
              <div key={what}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </div>
  );
}
