/** A large JSON answer, from its last byte until its beginning is on the screen, in the product as it is built. */
import { get } from 'node:http';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { build, emptyFolder, startCompanion, type Companion } from './companion.ts';
import { startProgram, type Program } from './processes.ts';
import type { SimulatorReady } from './simulator-server.ts';
import { median, type Line } from './table.ts';
import { openBrowser, type Window } from './window.ts';

const MEGABYTES = 50;
const MOST_MEGABYTES = 100;
const RUNS = 7;
const PROBE_EVERY_MS = 2;
const QUIET_MS = 3000;
const FIRST_SCREEN_BAR_MS = 300;
const BLOCK_BAR_MS = 50;
const MEMORY_BAR = 1.5;
/** A call is given so long. */
const PATIENCE_MS = 60_000;

type Watched = {
  /** ms the longest of the small questions waited that the companion was asked all the while. */
  readonly block: number;
  /** The same of a server that has nothing else to do: what the machine alone makes wait. */
  readonly bystander: number;
  /** Bytes the companion held at most. */
  readonly memory: number;
};

/** ms until a small question is answered. */
function ask(url: URL): Promise<number> {
  const asked = performance.now();
  return new Promise((resolve, reject) => {
    get(url, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(performance.now() - asked));
    }).on('error', reject);
  });
}

/** Asks both something small, again and again, while something else is going on. */
function watch(companion: Companion, bystander: Program): { end(): Promise<Watched> } {
  const own: number[] = [];
  const others: number[] = [];
  const urls = [new URL('/nothing-here', companion.ui), new URL(`http://127.0.0.1:${bystander.ready.port}/`)];
  let most = companion.memory();
  const over = new AbortController();
  const asking = (async () => {
    while (!over.signal.aborted) {
      const [mine = 0, other = 0] = await Promise.all(urls.map(ask));
      own.push(mine);
      others.push(other);
      most = Math.max(most, companion.memory());
      await wait(PROBE_EVERY_MS);
    }
  })();
  return {
    async end() {
      over.abort();
      await asking;
      return { block: Math.max(...own), bystander: Math.max(...others), memory: most * 1_048_576 };
    },
  };
}

/** Follows the window: its longest task, and when the answer's first line is painted. */
async function follow(
  page: Window['page'],
  path: string,
): Promise<() => Promise<{ at: number; task: number }>> {
  const seen = await page.evaluateHandle((wanted) => {
    const found = { at: 0, task: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) found.task = Math.max(found.task, duration);
    }).observe({ type: 'longtask' });
    const { port1, port2 } = new MessageChannel();
    // A message sent from a frame is read once that frame has been painted.
    port1.addEventListener('message', () => {
      found.at = performance.timeOrigin + performance.now();
    });
    port1.start();
    const frame = (): void => {
      const answer = document.querySelector('section[aria-label="Answer"]');
      const title = answer?.querySelector('.viewer-title')?.textContent ?? '';
      if (title.endsWith(wanted) && answer?.querySelector('.cm-line')?.textContent?.startsWith('{') === true)
        port2.postMessage(null);
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return found;
  }, path);
  return async () => {
    await page.waitForFunction((found) => found.at > 0, seen, { timeout: PATIENCE_MS });
    // What follows the first screen counts as well.
    await page.waitForTimeout(500);
    return seen.jsonValue();
  };
}

type Shown = Watched & { readonly firstScreen: number; readonly task: number };

async function call(
  window: Pick<Window, 'page'>,
  companion: Companion,
  [server, bystander]: readonly [Program, Program],
  path: string,
): Promise<Shown> {
  const { page } = window;
  await page.getByRole('textbox', { name: 'Path' }).fill(path);
  const shown = await follow(page, path);
  const watching = watch(companion, bystander);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const { at, task } = await shown();
  const watched = await watching.end();
  const sent = await server.ask<{ at: number }>({ kind: 'sent' });
  return { ...watched, firstScreen: at - sent.at, task };
}

/** The least that holds the body: bare node:http, its pieces put together. */
async function bare(port: number): Promise<number> {
  const start = performance.now();
  await new Promise<Buffer>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: `/big/${MEGABYTES}` }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve(Buffer.concat(pieces)));
    }).on('error', reject);
  });
  return performance.now() - start;
}

export async function benchBigAnswer(): Promise<Line[]> {
  build();
  const dataDir = await emptyFolder();
  const server = await startProgram('big-answer-server', []);
  const programs = [server, await startProgram('echo-server', [])] as const;
  const origin = `http://127.0.0.1:${server.ready.port}`;
  // Its first message, from the program of that name.
  const { token, locationId } = server.ready as SimulatorReady;
  // Gives the data folder an app with a token.
  const install = await startProgram('request-companion', [dataDir, origin, token, locationId]);
  await install.stop();
  const companion = await startCompanion(dataDir);
  const window = await openBrowser(companion.ui);
  await window.page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Requests' })
    .click();
  await call(window, companion, programs, '/big/1?warm=up');
  // Answering the small questions takes memory too: what it holds while it does nothing else.
  const quiet = watch(companion, programs[1]);
  await wait(QUIET_MS);
  const { memory: idle } = await quiet.end();
  const held = (runs: readonly Shown[], megabytes: number): number =>
    (Math.max(...runs.map(({ memory }) => memory)) - idle) / (megabytes * 1_000_000);
  const runs: Shown[] = [];
  const bares: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    runs.push(await call(window, companion, programs, `/big/${MEGABYTES}?run=${run}`));
    bares.push(await bare(server.ready.port));
    const [last] = runs.slice(-1);
    if (last !== undefined)
      console.log(
        `first screen ${last.firstScreen.toFixed(0)} ms, companion ${last.block.toFixed(0)} ms (an idle server ${last.bystander.toFixed(0)} ms), window ${last.task.toFixed(0)} ms, memory ${held([last], MEGABYTES).toFixed(2)}`,
      );
  }
  const most = await call(window, companion, programs, `/big/${MOST_MEGABYTES}?most=1`);
  await window.close();
  await companion.stop();
  await Promise.all(programs.map((program) => program.stop()));
  await rm(dataDir, { recursive: true });

  const of = (name: keyof Shown): number => median(runs.map((run) => run[name]));
  // What one call takes shows in the first: the process gives memory back late, or never.
  const ratio = held(runs.slice(0, 1), MEGABYTES);
  const received = `bare node:http receives it in ${median(bares).toFixed(0)} ms`;
  return [
    {
      what: `a ${MEGABYTES} MB JSON response, from its last byte to the first screen, median of ${RUNS}`,
      measured: `${of('firstScreen').toFixed(0)} ms`,
      yardstick: received,
      bar: `<= ${FIRST_SCREEN_BAR_MS} ms`,
      met: of('firstScreen') <= FIRST_SCREEN_BAR_MS,
    },
    {
      what: 'meanwhile, the longest wait for a small answer of the companion',
      measured: `${of('block').toFixed(0)} ms`,
      yardstick: `of an idle server ${of('bystander').toFixed(0)} ms; longest task in the window ${of('task').toFixed(0)} ms`,
      bar: `<= ${BLOCK_BAR_MS} ms`,
      met: Math.max(of('block'), of('task')) <= BLOCK_BAR_MS,
    },
    {
      what: "meanwhile, the companion's memory at its peak, above that without any, as a multiple of the body",
      measured: ratio.toFixed(2),
      yardstick: `without any ${(idle / 1_048_576).toFixed(0)} MiB; over ${RUNS} calls after each other ${held(runs, MEGABYTES).toFixed(2)}`,
      bar: `<= ${MEMORY_BAR}`,
      met: ratio <= MEMORY_BAR,
    },
    {
      what: `a ${MOST_MEGABYTES} MB JSON response, from its last byte to the first screen`,
      measured: `${most.firstScreen.toFixed(0)} ms`,
      yardstick: `memory ${held([most], MOST_MEGABYTES).toFixed(2)} of the body`,
      bar: 'shown',
      met: most.firstScreen < PATIENCE_MS,
    },
  ];
}
