/** From a webhook sent until its row is on the screen, in a real Chromium before the product as it is built. */
import { rm } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { build, emptyFolder, startCompanion } from './companion.ts';
import { openStore } from './open-store.ts';
import type { Sent } from './paced-sender.ts';
import { startProgram } from './processes.ts';
import { median } from './table.ts';
import type { Line } from './table.ts';
import { BODY_BYTES } from './webhook-bodies.ts';
import { openWebhooks, p95 } from './window.ts';

const RUNS = 7;
const paces = [
  { name: '50 webhooks a second', perSecond: 50, count: 150, barMs: 100 },
  { name: 'a burst of 500 at 500 a second', perSecond: 500, count: 500, barMs: 250 },
] as const;
/** Sent before it counts. */
const WARM_UP = 100;

/** A painted frame: the newest row it shows, and when, in ms since the epoch. */
type Frame = { readonly seq: number; readonly at: number };

/** Notes each frame that shows a newer row than the one before, once it is painted. */
function watchFrames(grid: Locator) {
  return grid.evaluateHandle((element) => {
    const frames: { seq: number; at: number }[] = [];
    const { port1, port2 } = new MessageChannel();
    // A message sent from a frame is read once that frame has been painted.
    port1.addEventListener('message', () => {
      const seq = Number(element.querySelector('[data-index="0"]')?.getAttribute('data-seq') ?? 0);
      if (seq > (frames.at(-1)?.seq ?? 0))
        frames.push({ seq, at: performance.timeOrigin + performance.now() });
    });
    port1.start();
    const frame = (): void => {
      port2.postMessage(null);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return frames;
  });
}

export async function benchPainted(): Promise<Line[]> {
  build();
  const dataDir = await emptyFolder();
  const companion = await startCompanion(dataDir);
  const port = Number(new URL(companion.ingress).port);
  const window = await openWebhooks(companion.ui);
  const sender = await startProgram('paced-sender', []);
  let next = 0;
  const send = async (perSecond: number, count: number): Promise<readonly Sent[]> => {
    const { sent } = await sender.ask<{ sent: Sent[] }>({ kind: 'run', port, perSecond, count, first: next });
    next += count;
    return sent;
  };
  const frames = await watchFrames(window.grid);
  const allShown = (): Promise<unknown> =>
    window.page.waitForFunction(([seen, seq]) => (seen.at(-1)?.seq ?? 0) >= seq, [frames, next] as const);
  await send(50, WARM_UP);
  await allShown();
  const runs: { readonly perSecond: number; readonly sent: readonly Sent[] }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    for (const { perSecond, count } of paces) {
      runs.push({ perSecond, sent: await send(perSecond, count) });
      await allShown();
    }
  }
  const painted = await frames.jsonValue();
  await Promise.all([window.close(), sender.stop()]);
  await companion.stop();
  const seqOf = await seqsByNumber(dataDir);
  await rm(dataDir, { recursive: true });

  return paces.map(({ name, perSecond, barMs }) => {
    const measured: number[] = [];
    const answered: number[] = [];
    for (const { sent } of runs.filter((run) => run.perSecond === perSecond)) {
      measured.push(p95(sent.map(({ number, sentAt }) => shownAt(painted, seqOf(number)) - sentAt)));
      answered.push(p95(sent.map(({ sentAt, answeredAt }) => answeredAt - sentAt)));
    }
    console.log(`${name}: ${measured.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    return {
      what: `sent until its row is painted, ${name}, ${BODY_BYTES} B bodies, p95`,
      measured: `${median(measured).toFixed(0)} ms`,
      yardstick: `sent until its 200 ${median(answered).toFixed(0)} ms`,
      bar: `<= ${barMs} ms`,
      met: median(measured) <= barMs,
    };
  });
}

/** The first frame that showed it or a newer one. */
function shownAt(frames: readonly Frame[], seq: number): number {
  return frames.find((frame) => frame.seq >= seq)?.at ?? Infinity;
}

/** Which row each of the numbers sent became. */
async function seqsByNumber(dataDir: string): Promise<(number: number) => number> {
  const store = await openStore(dataDir);
  const seqs = new Map<number, number>();
  for (let after = 0, more = true; more;) {
    const page = await store.page({ after, limit: 1000 });
    for (const { seq, url } of page.items) {
      seqs.set(Number(new URLSearchParams(url.split('?')[1]).get('number')), seq);
      after = seq;
    }
    more = page.more;
  }
  await store.dispose();
  return (number) => {
    const seq = seqs.get(number);
    if (seq === undefined) throw new Error(`The webhook number ${number} is not in the log.`);
    return seq;
  };
}
