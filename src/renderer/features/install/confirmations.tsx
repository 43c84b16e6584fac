/** Callbacks that came without a state, for installs nobody began here: exchanged only once the developer says so. */
import { useMutation } from '@tanstack/react-query';
import type { InstallConfirmation, InstallProgress } from '../../../shared/model/token.ts';
import { href } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { useExchange, useProfiles } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { Ago, ClockTime } from '../../ui/time.tsx';

const headerOf = (headers: readonly (readonly [string, string])[], name: string): string | null =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;

function Origin({ asked }: { readonly asked: InstallConfirmation }) {
  const { data: exchange } = useExchange(asked.id);
  const headers = exchange?.requestHeaders ?? [];
  return (
    <dl className="facts">
      <dt>Arrived</dt>
      <dd>
        <ClockTime at={asked.receivedAt} />, <Ago at={asked.receivedAt} />; the code is in memory only
      </dd>
      <dt>Came from</dt>
      <dd className="mono">{headerOf(headers, 'referer') ?? 'a page that is not named'}</dd>
      <dt>Sent to</dt>
      <dd className="mono">{asked.redirectUri}</dd>
      <dt>Browser</dt>
      <dd className="clip" title={headerOf(headers, 'user-agent') ?? undefined}>
        {headerOf(headers, 'user-agent') ?? 'not named'}
      </dd>
      <dt>Sender</dt>
      <dd className="mono">
        {headerOf(headers, 'x-forwarded-for') ?? exchange?.remoteAddress ?? 'not known'}{' '}
        <a className="link" href={href('exchanges', asked.id)}>
          See the callback
        </a>
      </dd>
    </dl>
  );
}

function Question({ asked }: { readonly asked: InstallConfirmation }) {
  const app = (useProfiles() ?? []).find((one) => one.id === asked.profileId);
  const confirm = useMutation({ mutationFn: () => rpc.install.confirm({ id: asked.id }) });
  const reject = useMutation({ mutationFn: () => rpc.install.reject({ id: asked.id }) });
  const name = app?.name ?? asked.profileId;
  return (
    <section className="card confirm-install" aria-label={`Confirm an install of ${name}`} role="alert">
      <header>
        <span className="dot warn" aria-hidden />
        <h2>Was this you? An install of {name} that did not begin here</h2>
      </header>
      <div className="inside stack">
        <p>
          A callback arrived without a state, as installs begun in the Marketplace do. If you, or someone who
          installs your app right now, did not begin it, reject it: its token might lead to someone else’s
          account.
        </p>
        {asked.otherWaiting !== null && (
          <p className="warn">
            The install of {asked.otherWaiting} that began here is still waiting; this callback is not its
            own.
          </p>
        )}
        <Origin asked={asked} />
        {(confirm.error ?? reject.error) !== null && <Failure error={confirm.error ?? reject.error} />}
        <div className="line">
          <Button look="primary" busy={confirm.isPending} onClick={() => confirm.mutate()}>
            Accept and exchange the code
          </Button>
          <Button busy={reject.isPending} onClick={() => reject.mutate()}>
            Reject
          </Button>
        </div>
      </div>
    </section>
  );
}

export function Confirmations({ progress }: { readonly progress: InstallProgress }) {
  return progress.confirmations.map((asked) => <Question key={asked.id} asked={asked} />);
}
