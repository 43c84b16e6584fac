import './webhooks.css';
import { useQuery } from '@tanstack/react-query';
import { Webhook, Zap } from 'lucide-react';
import { useState } from 'react';
import type { EventCoverage, WebhookCoverage } from '../../../shared/model/webhook.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { go, href } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { Ago } from '../../ui/time.tsx';
import { Button } from '../../ui/button.tsx';
import { aimAt } from '../triggers/trigger-form.ts';
import { PanelState } from './panel-state.tsx';
import { WebhooksPage } from './webhooks-page.tsx';

const checkWords = {
  ok: { mark: '✓', word: 'done', tone: 'ok' },
  open: { mark: '✕', word: 'open', tone: 'bad' },
  unknown: { mark: '?', word: 'not known', tone: 'warn' },
} as const;

function Checks({ checks }: { readonly checks: WebhookCoverage['checks'] }) {
  return (
    <section className="card" aria-label="Before anything can arrive">
      <header>
        <h2>Before anything can arrive</h2>
      </header>
      <ul className="attempts">
        {checks.map(({ id, state, sentence }) => (
          <li key={id}>
            <span className={checkWords[state].tone} title={checkWords[state].word}>
              <span aria-hidden>{checkWords[state].mark}</span>
              <span className="unseen">{checkWords[state].word}</span>
            </span>
            <div>{sentence}</div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ScopeCell({ event }: { readonly event: EventCoverage }) {
  if (event.scope === null) return <span className="faint">none needed</span>;
  const held = event.scopeHeld === null ? 'no token says' : event.scopeHeld ? 'held' : 'not held';
  return (
    <>
      <span className="mono">{event.scope}</span>
      <p className={event.scopeHeld === false ? 'warn small' : 'faint small'}>
        {held}
        {event.scopeSource === 'documented' ? '' : `, ${event.scopeSource ?? ''} scope`}
      </p>
    </>
  );
}

function EventRow({ event }: { readonly event: EventCoverage }) {
  return (
    <tr>
      <th scope="row">
        <span className="mono">{event.type}</span>
        <p className="faint small">{event.category}</p>
      </th>
      <td>
        {event.last === null ? (
          <span className="faint">never</span>
        ) : (
          <>
            {event.count.toLocaleString('en')},{' '}
            <a className="link" href={href('webhooks', event.last.id)}>
              <Ago at={event.last.at} />
            </a>
          </>
        )}
      </td>
      <td>
        <ScopeCell event={event} />
      </td>
      <td>
        {event.reasons.length === 0 ? (
          <span className="ok">arrives</span>
        ) : (
          event.reasons.map((reason) => (
            <p key={reason} className="small muted">
              {reason}
            </p>
          ))
        )}
      </td>
      <td>
        <Button
          look="quiet"
          icon={Zap}
          aria-label={`Trigger ${event.type}`}
          title={`Trigger ${event.type}`}
          onClick={() => {
            aimAt(event.type);
            go('webhooks', 'trigger');
          }}
        />
      </td>
    </tr>
  );
}

const views = ['all', 'never seen', 'seen'] as const;

function Covered({ coverage }: { readonly coverage: WebhookCoverage }) {
  const [shown, setShown] = useState<(typeof views)[number]>('all');
  const rows = coverage.events.filter(({ count }) => shown === 'all' || (shown === 'seen') === count > 0);
  return (
    <>
      <Checks checks={coverage.checks} />
      <section className="card" aria-label="Documented events">
        <header>
          <h2>Documented events</h2>
          <span className="faint small">
            {coverage.seen} of {coverage.events.length} seen here
          </span>
          <span className="grow" />
          <span className="segments" role="group" aria-label="Show">
            {views.map((view) => (
              <button key={view} type="button" aria-pressed={view === shown} onClick={() => setShown(view)}>
                {view}
              </button>
            ))}
          </span>
        </header>
        {rows.length === 0 ? (
          <p className="inside muted">
            {shown === 'seen' ? 'No documented event has arrived for this app yet.' : 'Every event was seen.'}
          </p>
        ) : (
          <div className="table-frame">
            <table className="facts-table coverage">
              <thead>
                <tr>
                  <th scope="col">Event</th>
                  <th scope="col">Seen</th>
                  <th scope="col">Scope</th>
                  <th scope="col">Why it may be silent</th>
                  <th scope="col">
                    <span className="unseen">Trigger</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((event) => (
                  <EventRow key={event.type} event={event} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </>
  );
}

function OfProfile({ profile }: { readonly profile: Profile }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['webhook-coverage', profile.id],
    queryFn: () => rpc.webhooks.coverage({ profileId: profile.id }),
    refetchOnMount: 'always',
    refetchInterval: 10_000,
  });
  return data === undefined ? (
    <PanelState what="Counting events" error={error} onRetry={() => void refetch()} />
  ) : (
    <Covered coverage={data} />
  );
}

/** Every documented event against what was seen of the active app. */
export function CoverageScreen() {
  return (
    <WebhooksPage
      title="Webhook coverage"
      noApp={{
        icon: Webhook,
        title: 'No app to cover yet',
        text: 'Once there is an app, every documented event is listed here: seen, unlocked by a scope, or silent and why.',
      }}
    >
      {(profile) => <OfProfile key={profile.id} profile={profile} />}
    </WebhooksPage>
  );
}
