import type { Run } from '../../../shared/model/run.ts';

const states: Readonly<Record<Run['state'], { readonly word: string; readonly tone: string }>> = {
  running: { word: 'Running', tone: 'info' },
  paused: { word: 'Paused', tone: 'warn' },
  failed: { word: 'Stopped', tone: 'bad' },
  cancelled: { word: 'Cancelled', tone: 'muted' },
  done: { word: 'Done', tone: 'ok' },
};

export function stateOf(run: Run): { readonly word: string; readonly tone: string } {
  return run.waitingUntil === null ? states[run.state] : { word: 'Waiting', tone: 'warn' };
}

export const counted = (count: number, what: string): string =>
  `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
