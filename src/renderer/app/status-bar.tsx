import { ago, exactTime, span, useNow } from '../lib/time.ts';
import { href } from '../lib/route.ts';
import { lastTick } from '../platform/live.ts';
import { useActiveProfile, useStatus, useTokens } from '../platform/queries.ts';
import { useValue } from '../lib/value.ts';
import type { TunnelState } from '../../shared/model/system.ts';
import { leftOf } from '../features/runs/limit-words.ts';
import { useLimits } from '../features/runs/use-runs.ts';
import { useRulesOn } from '../features/answers/use-answers.ts';
import { addressWords } from './address-words.ts';

function AddressState({ tunnel }: { readonly tunnel: TunnelState }) {
  const now = useNow();
  const { tone, word } = addressWords(tunnel);
  const since = tunnel.since === null || tunnel.status === 'off' ? '' : ` ${span(now - tunnel.since)}`;
  return (
    <span className={tone} title={tunnel.since === null ? undefined : `Since ${exactTime(tunnel.since)}`}>
      <span className={tunnel.status === 'off' ? 'dot hollow' : 'dot'} aria-hidden /> {word}
      {since}
    </span>
  );
}

function TokenExpiry() {
  const now = useNow();
  const profile = useActiveProfile();
  const tokens = useTokens() ?? [];
  const mine = tokens.filter((token) => token.profileId === profile?.id);
  const token = mine.toSorted((one, other) => other.obtainedAt - one.obtainedAt)[0];
  if (token === undefined) return <span>No token yet</span>;
  if (token.status === 'dead') return <span className="bad">Token is dead</span>;
  const left = token.expiresAt - now;
  const title = `${token.label ?? token.locationId ?? token.companyId ?? 'Token'}, until ${exactTime(token.expiresAt)}`;
  return (
    <span title={title} className={left < 600_000 ? 'warn' : undefined}>
      {left > 0 ? `Token expires in ${span(left)}` : `Token expired ${ago(token.expiresAt, now)}`}
    </span>
  );
}

function RateMeter() {
  const now = useNow();
  const profile = useActiveProfile();
  // The one that was used last: the list begins with it.
  const limit = useLimits().find(({ client }) => client === profile?.id);
  const left = limit === undefined ? null : leftOf(limit, now);
  if (limit === undefined || limit.max === null || left === null) return null;
  const { dailyRemaining, dailyLimit, usedUpAt } = limit;
  const forecast = usedUpAt === null ? '' : `; used up in ${span(Math.max(0, usedUpAt - now))} at this pace`;
  const title =
    dailyRemaining === null
      ? undefined
      : `${dailyRemaining.toLocaleString('en')} of ${(dailyLimit ?? 0).toLocaleString('en')} left today${forecast}`;
  return (
    <span className="line" title={title}>
      Rate
      <meter className="rate" min={0} max={limit.max} value={limit.max - left} aria-label="Rate limit used" />
      {left} of {limit.max} left
    </span>
  );
}

function RulesOn() {
  const count = useRulesOn();
  if (count === 0) return null;
  return (
    <a className="warn" href={href('webhooks', 'answers')} title="Deliveries are not answered as usual">
      {count === 1 ? 'Answer rule on' : `${count} answer rules on`}
    </a>
  );
}

export function StatusBar() {
  const status = useStatus();
  const tick = useValue(lastTick);
  if (status === undefined) return <footer className="status" />;
  const exchanges = Math.max(status.counts.exchanges, 0);
  const { ingress, vault } = status;
  return (
    <footer className="status" aria-label="Status">
      <AddressState tunnel={status.tunnel} />
      {ingress.error === null ? (
        <span>
          {ingress.url === null ? 'Ingress starting' : `Ingress ${ingress.url.replace('http://', '')}`}
        </span>
      ) : (
        <a className="bad" href={href('settings')} title={ingress.error}>
          {ingress.error}
        </a>
      )}
      <TokenExpiry />
      <RateMeter />
      <RulesOn />
      <span className="grow" />
      <a href={href('exchanges')} title={tick === null ? undefined : `The log ends at ${tick.endSeq}`}>
        {exchanges.toLocaleString('en')} {exchanges === 1 ? 'exchange' : 'exchanges'}
      </a>
      <a
        href={href('settings')}
        className={vault.locked || vault.warning !== null ? 'warn' : undefined}
        title={vault.warning ?? undefined}
      >
        Vault: {vault.locked ? 'locked' : vault.label}
      </a>
    </footer>
  );
}
