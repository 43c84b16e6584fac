import { expect } from '@playwright/test';
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

test('a chosen row stays where it is, and no frame shows the list without rows, while 1,500 webhooks arrive', async ({
  page,
  companion,
}) => {
  const url = new URL(companion.webhookPath, companion.ingress).href;
  await deliver(url, 60);
  await open(page, 'Webhooks');
  const grid = page.getByRole('grid', { name: 'Webhooks' });
  await expect(grid).toHaveAttribute('aria-rowcount', '61');
  await grid.getByRole('row').nth(6).click();
  const chosen = grid.getByRole('row', { selected: true });
  const before = await chosen.boundingBox();
  // A message sent from a frame is read once that frame has been painted.
  const watch = await grid.evaluateHandle((element) => {
    const seen = { frames: 0, withoutRows: 0, running: true };
    const { port1, port2 } = new MessageChannel();
    const middle = element.getBoundingClientRect().top + element.clientHeight / 2;
    port1.addEventListener('message', () => {
      seen.frames += 1;
      const shown = [...element.querySelectorAll('[data-index]')].some((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return top <= middle && bottom >= middle;
      });
      if (!shown) seen.withoutRows += 1;
    });
    port1.start();
    const frame = (): void => {
      port2.postMessage(null);
      if (seen.running) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    return seen;
  });
  await deliver(url, 1500);
  await expect(grid).toHaveAttribute('aria-rowcount', '1561');
  const seen = await watch.evaluate((state) => {
    state.running = false;
    return { ...state };
  });
  expect(seen.frames).toBeGreaterThan(10);
  expect(seen.withoutRows).toBe(0);
  expect((await chosen.boundingBox())?.y).toBe(before?.y);
});
