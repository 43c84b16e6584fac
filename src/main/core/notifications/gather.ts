/** One notification for what comes together, and a pause after each. */
import type { Timer } from '../oauth/auto-refresh.ts';
import type { News } from './news.ts';

export type Gathered = Pick<News, 'title' | 'body' | 'target'>;

export type Gatherer = { add(news: News): void; dispose(): void };

/** What comes within this is one notification. */
const GATHER_MS = 1000;
/** And the next one comes no earlier than this. */
const PAUSE_MS = 10_000;
/** So many kinds are counted apart; the rest goes under "others". */
const MOST_LABELS = 20;
/** And so many of them are named. */
const MOST_NAMED = 4;

type Group = { count: number; readonly labels: Map<string, number>; onlyWebhooks: boolean; newest: News };

export function createGatherer(timer: Timer, show: (gathered: Gathered) => void): Gatherer {
  let group: Group | null = null;
  let cancel: (() => void) | null = null;

  const flush = (): void => {
    cancel = null;
    if (group === null) return;
    const gathered = wordsOf(group);
    group = null;
    show(gathered);
    cancel = timer(PAUSE_MS, flush);
  };

  return {
    add(news) {
      group ??= { count: 0, labels: new Map(), onlyWebhooks: true, newest: news };
      const label = group.labels.has(news.label) || group.labels.size < MOST_LABELS ? news.label : 'others';
      group.labels.set(label, (group.labels.get(label) ?? 0) + 1);
      group.count += 1;
      group.onlyWebhooks &&= news.isWebhook;
      group.newest = news;
      cancel ??= timer(GATHER_MS, flush);
    },
    dispose() {
      cancel?.();
      group = null;
    },
  };
}

/** A group opens its newest. */
function wordsOf({ count, labels, onlyWebhooks, newest }: Group): Gathered {
  if (count === 1) return newest;
  const largest = [...labels].toSorted(([, one], [, other]) => other - one);
  const named = largest.slice(0, MOST_NAMED).map(([label, of]) => `${label}: ${of.toLocaleString('en')}`);
  const more = largest.length > MOST_NAMED ? ', …' : '';
  return {
    title: `${count.toLocaleString('en')} ${onlyWebhooks ? 'webhooks' : 'events'}`,
    body: `${named.join(', ')}${more}`,
    target: newest.target,
  };
}
