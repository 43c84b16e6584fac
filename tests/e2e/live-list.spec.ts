import { expect, type Locator } from '@playwright/test';
import { test } from './companion.ts';
import { open } from './journey.ts';

/** Delivers that many webhooks, eight at a time. */
async function deliver(url: string, count: number): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < count) {
        next += 1;
        const answer = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ type: 'ContactUpdate', webhookId: crypto.randomUUID(), locationId: 'loc' }),
        });
        expect(answer.status).toBe(200);
        await answer.arrayBuffer();
      }
    }),
  );
}

const rowHeight = 26;

/** Looks at every frame once it is painted: whether it shows rows, and how far the chosen one is from where it was. */
function watchFrames(grid: Locator) {
  return grid.evaluateHandle((element) => {
    const place = (): number =>
      element.querySelector('[aria-selected="true"]')?.getBoundingClientRect().top ?? Number.NaN;
    const chosenAt = place();
    const seen = { frames: 0, withoutRows: 0, furthest: 0, running: true };
    const { port1, port2 } = new MessageChannel();
    const middle = element.getBoundingClientRect().top + element.clientHeight / 2;
    // A message sent from a frame is read once that frame has been painted.
    port1.addEventListener('message', () => {
      seen.frames += 1;
      const shown = [...element.querySelectorAll('[data-index]')].some((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top <= middle && bottom >= middle;
      });
      if (!shown) seen.withoutRows += 1;
      seen.furthest = Math.max(seen.furthest, Math.abs(place() - chosenAt));
    });
    port1.start();
    const frame = (): void => {
      port2.postMessage(null);
      if (seen.running) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return seen;
  });
}

/** A machine with other work takes its time. */
const patient = { timeout: 60_000 };

test.describe.configure({ timeout: 180_000 });

test('a chosen row stays where it is, and no frame shows the list without rows, while 1,500 webhooks arrive', async ({
  page,
  companion,
}) => {
  const url = new URL(companion.webhookPath, companion.ingress).href;
  await deliver(url, 60);
  await open(page, 'Webhooks');
  const grid = page.getByRole('grid', { name: 'Webhooks' });
  await expect(grid).toHaveAttribute('aria-rowcount', '61', patient);
  await grid.getByRole('row').nth(6).click();
  const chosen = grid.getByRole('row', { selected: true });
  const before = await chosen.boundingBox();
  const watch = await watchFrames(grid);
  await deliver(url, 1500);
  await expect(grid).toHaveAttribute('aria-rowcount', '1561', patient);
  const seen = await watch.evaluate((state) => {
    state.running = false;
    return { ...state };
  });
  expect(seen.frames).toBeGreaterThan(10);
  expect(seen.withoutRows).toBe(0);
  expect(seen.furthest).toBe(0);
  expect((await chosen.boundingBox())?.y).toBe(before?.y);
});

test('moving through the list with keys keeps its place while webhooks arrive', async ({
  page,
  companion,
}) => {
  const url = new URL(companion.webhookPath, companion.ingress).href;
  await deliver(url, 60);
  await open(page, 'Webhooks');
  const grid = page.getByRole('grid', { name: 'Webhooks' });
  await expect(grid).toHaveAttribute('aria-rowcount', '61', patient);
  await grid.getByRole('row').nth(6).click();
  const chosen = grid.getByRole('row', { selected: true });
  const before = await chosen.boundingBox();
  const watch = await watchFrames(grid);
  // From within the page, so that keys fall between an arrival and the frame that shows it.
  const keys = await grid.evaluateHandle((element) => {
    const press = (key: string): boolean =>
      element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    let isDown = false;
    const pressing = setInterval(() => {
      press(isDown ? 'k' : 'j');
      isDown = !isDown;
    }, 40);
    return {
      stop(): void {
        clearInterval(pressing);
        if (isDown) press('k');
      },
    };
  });
  await deliver(url, 300);
  await expect(grid).toHaveAttribute('aria-rowcount', '361', patient);
  await keys.evaluate((pressing) => pressing.stop());
  const seen = await watch.evaluate((state) => {
    state.running = false;
    return { ...state };
  });
  // One row down and up again with the keys, and not a pixel more.
  expect(seen.furthest).toBeLessThanOrEqual(rowHeight);
  expect((await chosen.boundingBox())?.y).toBe(before?.y);
});
