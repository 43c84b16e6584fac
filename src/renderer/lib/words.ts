/** The words the window uses for what the model says in codes. */
import type { EventFacts, ExchangeSummary, Purpose } from '../../shared/model/exchange.ts';
import type { Route } from '../../shared/model/profile.ts';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'faint';
type Verdict = EventFacts['signature']['verdict'];

/** Word and shape say the verdict; colour only repeats it. */
export const verdictWords: Readonly<
  Record<Verdict, { word: string; mark: string; tone: Tone; heading: string }>
> = {
  valid: { word: 'verified', mark: '✓', tone: 'ok', heading: 'Signature holds' },
  invalid: { word: 'failed', mark: '✕', tone: 'bad', heading: 'Signature does not hold' },
  unsigned: { word: 'unsigned', mark: '○', tone: 'warn', heading: 'Not signed' },
  unverifiable: { word: 'not checked', mark: '?', tone: 'warn', heading: 'Signature cannot be checked' },
};

export const purposeWords: Readonly<Record<Purpose, string>> = {
  webhook: 'Webhook',
  callback: 'Callback',
  inbound: 'Inbound',
  token: 'Token',
  api: 'API call',
  forward: 'Forward',
};

export const routeKindWords: Readonly<Record<Route['kind'], string>> = {
  callback: 'OAuth callback',
  webhook: 'Webhooks',
  provider: 'Conversation provider',
  'workflow-action': 'Workflow action',
  'external-auth': 'External authentication',
  other: 'Other',
};

export const keyOwnerWords = {
  highlevel: 'HighLevel',
  profile: 'this app',
  simulator: 'the simulator',
  development: 'a development key',
} as const;

export function statusTone(status: number | null): Tone {
  if (status === null) return 'faint';
  if (status < 300) return 'ok';
  return status < 400 ? 'info' : 'bad';
}

/** Path and query of a URL, which is what tells one row from the next. */
export function pathOf(url: string): string {
  const match = /^https?:\/\/[^/]+(\/.*)?$/.exec(url);
  return match === null ? url : (match[1] ?? '/');
}

/** What a row or a page calls the exchange. */
export function exchangeTitle(exchange: Pick<ExchangeSummary, 'method' | 'url' | 'event'>): string {
  return exchange.event?.type ?? `${exchange.method} ${pathOf(exchange.url)}`;
}
