import type { RowOutcome } from '../../../shared/model/data-run.ts';
import type { Run } from '../../../shared/model/run.ts';

type AnyRun = Pick<Run, 'state' | 'waitingUntil'>;

const states: Readonly<Record<Run['state'], { readonly word: string; readonly tone: string }>> = {
  running: { word: 'Running', tone: 'info' },
  paused: { word: 'Paused', tone: 'warn' },
  failed: { word: 'Stopped', tone: 'bad' },
  cancelled: { word: 'Cancelled', tone: 'muted' },
  done: { word: 'Done', tone: 'ok' },
};

export function stateOf(run: AnyRun): { readonly word: string; readonly tone: string } {
  return run.waitingUntil === null ? states[run.state] : { word: 'Waiting', tone: 'warn' };
}

export const outcomeTones: Readonly<Record<RowOutcome, string>> = {
  ok: 'ok',
  failed: 'bad',
  unknown: 'warn',
};

export const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
