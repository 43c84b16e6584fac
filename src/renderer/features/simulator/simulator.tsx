import { ArrowUpRight, CirclePower, Download } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { href } from '../../lib/route.ts';
import { openOutside, run, useBeginInstall, useStartSimulator } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { useProfiles, useStatus } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { ClockTime } from '../../ui/time.tsx';
import { Terms } from '../help/terms.tsx';
import { Controls } from './controls.tsx';

const plays: readonly (readonly [string, string])[] = [
  ['Consent page', 'Choose a sub-account or the whole agency, then allow and install, as in HighLevel.'],
  [
    'Token endpoint',
    'Single-use codes, refresh tokens that rotate, location tokens, and refusals in HighLevel’s words.',
  ],
  [
    'API',
    'Every operation, with state and relations in the main families, rate limits, scopes and Version checks.',
  ],
  [
    'Webhooks',
    'For subscribed events and held scopes, signed with Ed25519 and RSA, retried when refused, and paused when too many fail.',
  ],
];

function Running({ url }: { readonly url: string }) {
  const status = useStatus();
  const profile = (useProfiles() ?? []).find((one) => one.id === status?.simulator.profileId);
  const install = useBeginInstall();
  return (
    <section className="card" aria-label="Its app">
      <header>
        <h2>Its app</h2>
        <span className="grow" />
        {profile !== undefined && (
          <Button
            look="primary"
            icon={Download}
            busy={install.isPending}
            onClick={() => install.mutate(profile.id)}
          >
            Install app
          </Button>
        )}
      </header>
      <div className="inside stack">
        {install.error !== null && <Failure error={install.error} />}
        <dl className="facts">
          <dt>Address</dt>
          <dd>
            <CopyField text={url} what="simulator address" />
          </dd>
          {profile !== undefined && (
            <>
              <dt>App</dt>
              <dd>{profile.name}</dd>
              <dt>Client id</dt>
              <dd className="mono">{profile.clientId}</dd>
              <dt>Client secret</dt>
              <dd>{profile.hasSecret ? 'In the vault' : 'Missing'}</dd>
              <dt>Signing keys</dt>
              <dd>
                {profile.keys.length === 0
                  ? 'None known'
                  : `${profile.keys.map((key) => (key.scheme === 'ed25519' ? 'Ed25519' : 'RSA')).join(' and ')}, its own: they count for this app only`}
              </dd>
              <dt>Scopes</dt>
              <dd>{profile.scopes.length}</dd>
            </>
          )}
        </dl>
      </div>
    </section>
  );
}

export function SimulatorScreen() {
  const status = useStatus();
  const start = useStartSimulator();
  const stop = useMutation({ mutationFn: () => rpc.simulator.stop() });
  const simulator = status?.simulator;
  if (simulator === undefined) return null;
  const { url } = simulator;
  const running = simulator.status === 'running' && url !== null;
  return (
    <div className="page">
      <div className="measure">
        <div className="line wrap">
          <div className="grow">
            <h1 className="page-title">Simulator</h1>
            <p className="muted">Plays HighLevel on this machine, on real HTTP. No account, no network.</p>
          </div>
          {running ? (
            <>
              <Button icon={ArrowUpRight} onClick={() => run(() => openOutside(url))}>
                Open control page
              </Button>
              <Button icon={CirclePower} busy={stop.isPending} onClick={() => stop.mutate()}>
                Stop simulator
              </Button>
            </>
          ) : (
            <Button
              look="primary"
              icon={CirclePower}
              busy={start.isPending || simulator.status === 'starting'}
              onClick={() => start.mutate()}
            >
              Start simulator
            </Button>
          )}
        </div>
        <Note tone={running ? 'ok' : simulator.status === 'failed' ? 'bad' : 'info'}>
          {running ? (
            <>
              <b>On</b> since {simulator.startedAt !== null && <ClockTime at={simulator.startedAt} />}, as a
              process of its own.{' '}
              <a className="link" href={href('webhooks')}>
                Its webhooks arrive here
              </a>
            </>
          ) : simulator.status === 'failed' ? (
            <b>{simulator.error ?? 'It ended without a word.'}</b>
          ) : simulator.status === 'starting' ? (
            <b>Starting…</b>
          ) : (
            <>
              <b>Off.</b> Starting it also sets up its app here, ready to install.
            </>
          )}
        </Note>
        {(start.error ?? stop.error) !== null && <Failure error={start.error ?? stop.error} />}
        {running && <Running url={url} />}
        {running && <Controls />}
        <section className="card" aria-label="What it plays">
          <header>
            <h2>What it plays</h2>
          </header>
          <div className="inside">
            <dl className="facts">
              {plays.map(([name, text]) => (
                <div className="contents" key={name}>
                  <dt>{name}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </div>
        </section>
        <section className="card">
          <header>
            <h2>Terms on this page</h2>
          </header>
          <div className="inside">
            <Terms keys={['simulator', 'signature']} />
          </div>
        </section>
      </div>
    </div>
  );
}
