/** The last install on three lanes: who did what, in which order, how long after the start. */
import { useQuery } from '@tanstack/react-query';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { clockTime, duration, exactTime } from '../../lib/time.ts';
import { href } from '../../lib/route.ts';
import { pathOf, verdictWords } from '../../lib/words.ts';
import { rpc } from '../../platform/connection.ts';
import { useInstallProgress } from '../../platform/queries.ts';

const lanes = ['browser', 'companion', 'HighLevel'] as const;
type Lane = (typeof lanes)[number];
type Moment = {
  readonly lane: Lane;
  readonly text: string;
  readonly at: number;
  readonly colour: string;
  readonly exchangeId: string | null;
};

/** An install is over when nothing of it has come for so long. */
const installSpanMs = 120_000;

function momentOf(exchange: ExchangeSummary): Moment | null {
  const base = { at: exchange.receivedAt, exchangeId: exchange.id };
  const status = exchange.status === null ? exchange.outcome : String(exchange.status);
  switch (exchange.purpose) {
    case 'callback':
      return {
        ...base,
        lane: 'companion',
        colour: '--callback',
        text: `GET ${pathOf(exchange.url).split('?')[0] ?? ''}`,
      };
    case 'token':
      return {
        ...base,
        lane: 'companion',
        colour: '--token',
        text: `${exchange.method} ${pathOf(exchange.url)} ${status}`,
      };
    case 'webhook': {
      const verdict = exchange.event?.signature.verdict;
      const word = verdict === undefined ? '' : ` ${verdictWords[verdict].word}`;
      return {
        ...base,
        lane: 'HighLevel',
        colour: '--webhook',
        text: `${exchange.event?.type ?? 'webhook'}${word}`,
      };
    }
    case 'api':
    case 'inbound':
    case 'forward':
      return null;
  }
}

/** `pasted`: the exchange of a code given by hand, for which no callback came. */
function momentsOf(
  rows: readonly ExchangeSummary[],
  startedAt: number | null,
  pasted: string | null,
): readonly Moment[] {
  const callback = rows.find((row) => (pasted === null ? row.purpose === 'callback' : row.id === pasted));
  if (callback === undefined) return [];
  const seen = rows
    .filter((row) => row.seq >= callback.seq && row.receivedAt - callback.receivedAt < installSpanMs)
    .toSorted((one, other) => one.seq - other.seq)
    .map(momentOf)
    .filter((moment) => moment !== null)
    .slice(0, 4);
  const opened =
    startedAt !== null && callback.receivedAt - startedAt < 30 * 60_000 && startedAt <= callback.receivedAt;
  if (!opened) return seen;
  return [
    { lane: 'browser', text: 'consent page', at: startedAt, colour: '--callback', exchangeId: null },
    ...seen,
  ];
}

export function WhatHappened({ profile }: { readonly profile: Profile }) {
  const progress = useInstallProgress();
  const { data } = useQuery({
    queryKey: ['axis', profile.id],
    queryFn: () =>
      rpc.exchanges.page({ purposes: ['callback', 'token', 'webhook'], profileId: profile.id, limit: 60 }),
    placeholderData: (earlier) => earlier,
  });
  const startedAt = progress.profileId === profile.id ? progress.startedAt : null;
  const pasted =
    progress.profileId === profile.id && progress.callbackExchangeId === null
      ? progress.tokenExchangeId
      : null;
  const moments = momentsOf(data?.items ?? [], startedAt, pasted);
  const first = moments[0];
  const last = moments.at(-1);
  if (first === undefined || last === undefined) return null;
  const share = 100 / moments.length;
  return (
    <section className="card" aria-labelledby="what-happened">
      <header>
        <h2 id="what-happened">What just happened</h2>
        <span className="grow" />
        <span className="faint small">
          install of {profile.name}, {clockTime(first.at)}, {duration(last.at - first.at)}
        </span>
      </header>
      <div className="axis">
        {lanes.map((lane) => (
          <div className="lane" key={lane}>
            <span className="lane-name">{lane}</span>
            <ol>
              {moments.map((moment, index) =>
                moment.lane === lane ? (
                  <li
                    key={`${moment.at}-${moment.text}`}
                    style={{ left: `${index * share}%`, maxWidth: `${share * 1.6}%` }}
                    title={`${moment.text}, ${exactTime(moment.at)}`}
                  >
                    <Event moment={moment} />
                  </li>
                ) : null,
              )}
            </ol>
          </div>
        ))}
        <ol className="lane offsets" aria-hidden>
          {moments.map((moment, index) => (
            <li key={`${moment.at}-${moment.text}`} style={{ left: `${index * share}%` }}>
              +{Math.round(moment.at - first.at).toLocaleString('en')} ms
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Event({ moment }: { readonly moment: Moment }) {
  const colour = { '--c': `var(${moment.colour})` } as React.CSSProperties;
  if (moment.exchangeId === null)
    return (
      <span className="event" style={colour}>
        {moment.text}
      </span>
    );
  return (
    <a className="event" style={colour} href={href('exchanges', moment.exchangeId)}>
      {moment.text}
    </a>
  );
}
