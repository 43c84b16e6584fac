/** Scrolling through 100,000 exchanges by wheel, in a real Chromium before the product as it is built. */
import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { build, startCompanion } from './companion.ts';
import { EXCHANGES, hundredThousand, makeFolder } from './hundred-thousand.ts';
import { median } from './table.ts';
import type { Line } from './table.ts';
import { openBrowser, openWebhooks, p95, type Window } from './window.ts';

const FEW = 100;
const RUNS = 7;
/** Turns of the wheel in one run, and how far each goes: a fast scroll of some 15 rows a frame. */
const TURNS = 120;
const TURN_PX = 400;
/** On the way down to the oldest. */
const LEAP_PX = 8000;

const FRAME_BAR_MS = 16.7;
const SCREENS_BAR = 3;
const HEAP_BAR_MB = 60;

type Seen = { frames: number[]; mostRows: number };

/** Notes the time between two frames, and how many rows are in the document. */
function watchFrames(page: Page) {
  return page.evaluateHandle(() => {
    const seen: { frames: number[]; mostRows: number } = { frames: [], mostRows: 0 };
    let before = performance.now();
    const frame = (at: number): void => {
      seen.frames.push(at - before);
      before = at;
      seen.mostRows = Math.max(seen.mostRows, document.querySelectorAll('[data-index]').length);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return seen;
  });
}

/** p95 of the frames of each run, scrolling down and up in turn. */
async function scroll(page: Page): Promise<{ frames: number[]; mostRows: number }> {
  const frames: number[] = [];
  const watch = await watchFrames(page);
  let mostRows = 0;
  for (let run = 0; run < RUNS; run += 1) {
    await watch.evaluate((seen) => void seen.frames.splice(0));
    for (let turn = 0; turn < TURNS; turn += 1) await page.mouse.wheel(0, run % 2 === 0 ? -TURN_PX : TURN_PX);
    const seen: Seen = await watch.jsonValue();
    frames.push(p95(seen.frames));
    mostRows = Math.max(mostRows, seen.mostRows);
  }
  return { frames, mostRows };
}

/** MiB of the page's heap after a full collection. */
async function heapOf({ session }: Pick<Window, 'session'>): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1024 / 1024;
}

async function withFew(): Promise<number> {
  const dataDir = await makeFolder(FEW);
  const companion = await startCompanion(dataDir);
  const window = await openWebhooks(companion.ui);
  await window.page.waitForFunction(
    (count) => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === String(count),
    FEW + 1,
  );
  const heap = await heapOf(window);
  await window.close();
  await companion.stop();
  await rm(dataDir, { recursive: true });
  return heap;
}

/** The same wheel over a page that has nothing to do but to scroll. */
async function bareFrames(): Promise<number> {
  const browser = await openBrowser('about:blank');
  await browser.page.setContent(
    `<div style="height: 700px; overflow: auto"><div style="height: ${EXCHANGES * 26}px; background: linear-gradient(red, blue)"></div></div>`,
  );
  await browser.page.mouse.move(400, 400);
  await browser.page.evaluate(() => document.querySelector('div')?.scrollTo(0, 1_000_000));
  const { frames } = await scroll(browser.page);
  await browser.close();
  return median(frames);
}

/** Down to the oldest, so that all of them are held. */
async function reachOldest({ page, grid }: Window): Promise<void> {
  const deadline = performance.now() + 120_000;
  while ((await grid.getAttribute('aria-rowcount')) !== String(EXCHANGES + 1)) {
    if (performance.now() > deadline) throw new Error('The oldest exchange was not reached in two minutes.');
    await page.mouse.wheel(0, LEAP_PX);
  }
}

export async function benchScrolling(): Promise<Line[]> {
  build();
  const dataDir = await hundredThousand();
  const heapWithFew = await withFew();
  const bare = await bareFrames();
  const companion = await startCompanion(dataDir);
  const window = await openWebhooks(companion.ui);
  await window.page.locator('[data-index="0"]').waitFor();
  await window.grid.hover();
  const start = performance.now();
  await reachOldest(window);
  console.log(
    `all ${EXCHANGES.toLocaleString('en-US')} were scrolled through in ${Math.round(performance.now() - start)} ms`,
  );
  const heap = await heapOf(window);
  const visible = await window.grid.evaluate((element) => element.clientHeight / 26);
  const { frames, mostRows } = await scroll(window.page);
  console.log(`p95 of the frames: ${frames.map((ms) => ms.toFixed(1)).join(', ')} ms`);
  await window.close();
  await companion.stop();
  const count = EXCHANGES.toLocaleString('en-US');
  const frame = Number(median(frames).toFixed(1));
  const screens = mostRows / visible;
  return [
    {
      what: `scrolling ${count} exchanges by wheel, all of them held, p95 frame`,
      measured: `${frame.toFixed(1)} ms`,
      yardstick: `a bare page of that height ${bare.toFixed(1)} ms`,
      bar: `<= ${FRAME_BAR_MS} ms`,
      met: frame <= FRAME_BAR_MS,
    },
    {
      what: 'rows in the document meanwhile, at most',
      measured: `${screens.toFixed(1)} screens (${mostRows})`,
      yardstick: `one screen ${Math.ceil(visible)}`,
      bar: `<= ${SCREENS_BAR} screens`,
      met: mostRows > 0 && screens <= SCREENS_BAR,
    },
    {
      what: `heap of the window with ${count} exchanges, above that with ${FEW}`,
      measured: `${(heap - heapWithFew).toFixed(1)} MiB`,
      yardstick: `with ${FEW} ${heapWithFew.toFixed(1)} MiB`,
      bar: `<= ${HEAP_BAR_MB} MiB`,
      met: heap - heapWithFew <= HEAP_BAR_MB,
    },
  ];
}
