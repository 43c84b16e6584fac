import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CapturedCallback } from '../../src/main/core/ingress/types.ts';
import { startIngress } from './support.ts';

const CODE = '7676cjcbdc6c54cf867108c439d2dc989dbcf982';

test('a callback is stored with its code masked, then acted upon, then answered with a page', async () => {
  let seen: { callback: CapturedCallback; outcome: string } | null = null;
  const ingress = await startIngress({
    onCallback: async (callback) => {
      const { outcome } = await ingress.store.get(callback.exchangeId);
      seen = { callback, outcome };
      return {
        ok: true,
        status: 200,
        title: 'Installed',
        sentences: ['Acme is installed in <b>Main Street</b> & co.'],
      };
    },
  });
  const answer = await fetch(`${ingress.url}/oauth/callback?code=${CODE}&state=s1`);
  const page = await answer.text();
  // Before the code is used the callback is on disk, still without an answer.
  expect(seen).toMatchObject({ outcome: 'pending', callback: { profileId: 'acme' } });
  expect(ingress.callbacks[0]?.query.get('code')).toBe(CODE);
  const exchange = await ingress.newest();
  expect(exchange).toMatchObject({
    purpose: 'callback',
    outcome: 'answered',
    status: 200,
    id: ingress.callbacks[0]?.exchangeId,
  });
  expect(JSON.stringify(exchange)).not.toContain(CODE);
  expect(exchange.url).toContain('code=********');
  expect(page).toContain('Acme is installed in &lt;b&gt;Main Street&lt;/b&gt; &amp; co.');
  expect(page).toContain('You can close this window');
  const stored = await ingress.store.body(exchange.id, 'response', 0, 100_000);
  expect(Buffer.from(stored.bytes).toString()).toBe(page);
});

test('the page allows its own style and nothing else', async () => {
  const ingress = await startIngress();
  const answer = await fetch(`${ingress.url}/oauth/callback?code=${CODE}`);
  const page = await answer.text();
  const style = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  expect(answer.headers.get('content-security-policy')).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(page).not.toMatch(/<script|https?:|src=/);
});

test('an error instead of a code is a callback as well, and is never mirrored', async () => {
  const ingress = await startIngress({
    onCallback: () =>
      Promise.resolve({ ok: false, status: 400, title: 'Not installed', sentences: ['HighLevel said no.'] }),
  });
  const answer = await fetch(`${ingress.url}/oauth/callback?error=%3Cscript%3Ealert(1)%3C/script%3E`);
  expect(answer.status).toBe(400);
  expect(await answer.text()).not.toContain('alert(1)');
  expect(ingress.callbacks[0]?.query.get('error')).toBe('<script>alert(1)</script>');
});

test('a failure behind the callback is a page that says so, and a failed exchange', async () => {
  const ingress = await startIngress({
    onCallback: () => Promise.reject(new Error(`boom with code=${CODE}`)),
  });
  const answer = await fetch(`${ingress.url}/oauth/callback?code=${CODE}`);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toContain('boom');
  expect(await ingress.newest()).toMatchObject({ purpose: 'callback', outcome: 'failed', status: 500 });
  expect(ingress.logged).toContainEqual(['error', 'A callback could not be dealt with']);
});

test('without a code, or with another method, the callback path is like any other', async () => {
  const ingress = await startIngress();
  expect((await fetch(`${ingress.url}/oauth/callback`)).status).toBe(404);
  expect((await fetch(`${ingress.url}/oauth/callback?code=${CODE}`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${ingress.url}/oauth/callback?code=${CODE}`, { method: 'HEAD' })).status).toBe(404);
  expect(ingress.callbacks).toEqual([]);
  expect(JSON.stringify((await ingress.store.page({})).items)).not.toContain(CODE);
});
