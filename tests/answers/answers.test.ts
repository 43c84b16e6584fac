import { describe, expect, onTestFinished, test } from 'vitest';
import { deliveryRule, deliveryRules, mostHeld } from '../../src/shared/model/delivery-rule.ts';
import { createCore } from '../../src/main/core/create-core.ts';
import { nodePorts } from '../contract/support.ts';
import { startReceiver } from '../forwarding/receiver.ts';
import { forwardTarget } from '../../src/shared/model/forwarding.ts';
import { answer, eventually, rule, sendTo, startAnswering } from './support.ts';

const contact = { type: 'ContactCreate', locationId: 'loc1', webhookId: 'w1' };

describe('what a rule answers', () => {
  test('status, headers and body are sent as set, and recorded as they were sent', async () => {
    const { core, send, newest } = await startAnswering();
    core.answers.set([
      rule({
        action: {
          kind: 'answer',
          status: 429,
          headers: [
            ['Retry-After', '30'],
            ['content-TYPE', 'text/plain'],
          ],
          body: 'später',
        },
      }),
    ]);
    const got = await send(contact).answer;
    expect(got).toMatchObject({ status: 429, body: 'später' });
    expect(got.headers).toMatchObject({ 'retry-after': '30', 'content-type': 'text/plain' });
    const stored = await newest();
    expect(stored).toMatchObject({ purpose: 'webhook', status: 429, outcome: 'answered', error: null });
    expect(stored.responseHeaders).toEqual([
      ['Retry-After', '30'],
      ['content-TYPE', 'text/plain'],
      ['Content-Length', '7'],
    ]);
    const { bytes } = await core.exchanges.body(stored.id, 'response', 0, 100);
    expect(Buffer.from(bytes).toString()).toBe('später');
  });

  test('a status without a body gets none', async () => {
    const { core, send, newest } = await startAnswering();
    core.answers.set([rule({ action: { ...answer(204), body: 'not sent' } })]);
    expect(await send(contact).answer).toMatchObject({ status: 204, body: '' });
    expect(await newest()).toMatchObject({ status: 204, responseHeaders: [], responseBytes: 0 });
  });

  test('a delayed answer is stored as pending first, and as answered in the end', async () => {
    const { core, send, newest, status } = await startAnswering();
    core.answers.set([rule({ action: answer(503, 60_000) })]);
    const sending = send(contact);
    await eventually(() => expect(core.answers.state().held).toBe(1));
    expect(await newest()).toMatchObject({
      outcome: 'pending',
      status: null,
      event: { type: 'ContactCreate' },
    });
    // Whoever is let go gets the answer at once.
    core.answers.allOff();
    expect(await sending.answer).toMatchObject({ status: 503 });
    expect(await newest()).toMatchObject({ outcome: 'answered', status: 503 });
    core.answers.set([rule({ action: answer(504, 1) })]);
    expect(await status(contact)).toBe(504);
    expect(await newest()).toMatchObject({ outcome: 'answered', status: 504 });
  });

  test('a sender that gives up before a delayed answer is recorded as that', async () => {
    const { core, send, newest } = await startAnswering();
    core.answers.set([rule({ action: answer(200, 60_000) })]);
    const sending = send(contact);
    await eventually(() => expect(core.answers.state().held).toBe(1));
    sending.giveUp();
    await eventually(async () => expect((await newest()).outcome).toBe('failed'));
    const stored = await newest();
    expect(stored.error).toMatch(/^The sender gave up after \d+\.\d s, before an answer rule let 200 go\.$/);
    expect(stored).toMatchObject({ status: null, responseBytes: 0 });
  });

  test('a hang lasts until the sender gives up', async () => {
    const { core, send, newest } = await startAnswering();
    core.answers.set([rule({ action: { kind: 'hang' } })]);
    const sending = send(contact);
    await eventually(() => expect(core.answers.state().held).toBe(1));
    sending.giveUp();
    await eventually(async () => expect((await newest()).outcome).toBe('failed'));
    expect((await newest()).error).toMatch(/gave no answer; the sender gave up after \d+\.\d s\.$/);
  });

  test('a hang ends by itself when its time is up', async () => {
    const { core, send, newest } = await startAnswering();
    core.answers.set([rule({ action: { kind: 'hang', forMs: 1 } })]);
    expect(await send(contact).answer).toMatchObject({ status: null, code: 'ECONNRESET' });
    expect((await newest()).error).toMatch(/gave no answer; the connection was closed after /);
  });

  test('a reset destroys the connection once the delivery is stored', async () => {
    const { core, send, newest } = await startAnswering();
    core.answers.set([rule({ action: { kind: 'reset' } })]);
    expect(await send(contact).answer).toMatchObject({ status: null, code: 'ECONNRESET' });
    expect(await newest()).toMatchObject({
      status: null,
      outcome: 'failed',
      error: 'An answer rule reset the connection instead of answering.',
      event: { webhookId: 'w1' },
    });
  });

  test('so many senders may wait and no more, and those beyond are not kept', async () => {
    const { core, send, newest, status } = await startAnswering();
    core.answers.set([
      rule({ eventTypes: ['Slow'], action: { kind: 'hang' } }),
      rule({ eventTypes: ['Late'], action: answer(500, 60_000) }),
    ]);
    const waiting = Array.from({ length: mostHeld }, () => send({ type: 'Slow' }));
    await eventually(() => expect(core.answers.state().held).toBe(mostHeld));
    expect((await send({ type: 'Slow' }).answer).code).toBe('ECONNRESET');
    expect((await newest()).error).toMatch(/too many senders were waiting already/);
    expect(await status({ type: 'Late' })).toBe(500);
    expect(await status(contact)).toBe(200);
    core.answers.allOff();
    const ends = await Promise.all(waiting.map((each) => each.answer));
    expect(new Set(ends.map(({ code }) => code))).toEqual(new Set(['ECONNRESET']));
    await eventually(() => expect(core.answers.state().held).toBe(0));
  });

  test('what is held ends with the companion, and is recorded', async () => {
    const { core, send, dataDir } = await startAnswering();
    core.answers.set([rule({ action: { kind: 'hang' } })]);
    const sending = send(contact);
    await eventually(() => expect(core.answers.state().held).toBe(1));
    await core.dispose();
    expect((await sending.answer).status).toBeNull();
    const again = await createCore(nodePorts(dataDir), { ingressPort: null });
    onTestFinished(() => again.dispose());
    const [item] = (await again.exchanges.page({ limit: 1 })).items;
    expect(item).toMatchObject({ outcome: 'failed', event: { webhookId: 'w1' } });
    expect(item?.error).toMatch(/when the rules or the companion were ended/);
  });

  test('a ruled webhook is forwarded like any other, even one that gets no answer', async () => {
    const { core, send } = await startAnswering();
    const receiver = await startReceiver();
    core.forwarding.set({ on: true, targets: [forwardTarget.parse({ url: receiver.url })] });
    core.answers.set([rule({ action: { kind: 'hang' } })]);
    send(contact);
    const [got] = await receiver.take(1);
    expect(JSON.parse(got?.body.toString() ?? '')).toEqual(contact);
  });
});

describe('which deliveries', () => {
  test('by event, sub-account and kind of route; the first rule that has its turn decides', async () => {
    const { core, status } = await startAnswering();
    await core.profiles.add({
      name: 'Mine',
      clientId: '65f0c0ffee65f0c0ffee65f0-lx1a2b3c',
      routes: [
        { kind: 'webhook', path: '/webhooks' },
        { kind: 'provider', path: '/provider' },
      ],
    });
    core.answers.set([
      rule({ eventTypes: ['ContactCreate'], locationIds: ['loc2'], action: answer(500) }),
      rule({ eventTypes: ['ContactCreate'], action: answer(429) }),
      rule({ routeKind: 'provider', action: answer(502) }),
    ]);
    expect(await status(contact)).toBe(429);
    expect(await status({ ...contact, locationId: 'loc2' })).toBe(500);
    expect(await status({ ...contact, type: 'ContactDelete' })).toBe(200);
    expect(await status('not JSON')).toBe(200);
    expect(await status(contact, '/provider')).toBe(502);
    expect(await status(contact, '/elsewhere')).toBe(404);
  });

  test('by app: its own route, or its appId where no route says', async () => {
    const { core, status } = await startAnswering();
    const clientId = '65f0c0ffee65f0c0ffee65f0-lx1a2b3c';
    const one = await core.profiles.add({ name: 'One', clientId });
    const two = await core.profiles.add({ name: 'Two', clientId: `75${clientId.slice(2)}` });
    core.answers.set([rule({ profileId: two.id, action: answer(410) })]);
    expect(await status(contact, '/webhooks')).toBe(200);
    expect(await status(contact, `/webhooks/${two.id}`)).toBe(410);
    core.answers.set([rule({ profileId: one.id, action: answer(410) })]);
    expect(await status(contact, '/webhooks')).toBe(410);
  });

  test('the first so many', async () => {
    const { core, status } = await startAnswering();
    core.answers.set([rule({ turn: { kind: 'first', times: 2 }, action: answer(500) })]);
    expect([await status(contact), await status(contact), await status(contact)]).toEqual([500, 500, 200]);
    expect(core.answers.state().rules).toMatchObject([{ matched: 3, decided: 2, spent: true }]);
  });

  test('every third', async () => {
    const { core, status } = await startAnswering();
    core.answers.set([rule({ turn: { kind: 'every', times: 3 }, action: answer(500) })]);
    const got: (number | null)[] = [];
    for (let index = 0; index < 6; index += 1) got.push(await status(contact));
    expect(got).toEqual([200, 200, 500, 200, 200, 500]);
  });

  test('the first of each webhookId, or of the same bytes where there is none', async () => {
    const { core, status } = await startAnswering();
    core.answers.set([rule({ turn: { kind: 'first-of-each', times: 1 }, action: answer(429) })]);
    expect([await status(contact), await status(contact)]).toEqual([429, 200]);
    expect([await status({ ...contact, webhookId: 'w2' }), await status(contact)]).toEqual([429, 200]);
    expect([await status('bytes'), await status('bytes'), await status('others')]).toEqual([429, 200, 429]);
  });

  test('a rule that is left as it was goes on counting when others change', async () => {
    const { core, status } = await startAnswering();
    const first = rule({ turn: { kind: 'first', times: 2 }, action: answer(500) });
    core.answers.set([first]);
    await status(contact);
    core.answers.set([first, rule({ eventTypes: ['Other'], action: answer(404) })]);
    expect([await status(contact), await status(contact)]).toEqual([500, 200]);
    core.answers.set([{ ...first, on: false }]);
    core.answers.set([first]);
    expect(await status(contact)).toBe(500);
  });
});

describe('rules as settings', () => {
  test('they are there after a restart, before the first delivery', async () => {
    const { core, dataDir } = await startAnswering();
    core.answers.set([rule({ action: answer(418) })]);
    await core.dispose();
    const again = await createCore(nodePorts(dataDir), { ingressPort: 0 });
    onTestFinished(() => again.dispose());
    expect(again.answers.state().rules).toMatchObject([{ rule: { on: true }, decided: 0 }]);
    const { port } = again.ingress.status();
    expect((await sendTo(port ?? 0, '/webhooks', contact).answer).status).toBe(418);
    again.answers.allOff();
    expect((await sendTo(port ?? 0, '/webhooks', contact).answer).status).toBe(200);
    expect(again.answers.state().rules).toMatchObject([{ rule: { on: false } }]);
  });

  test('a rule for an app that is not there is refused, and nothing has changed', async () => {
    const { core, status } = await startAnswering();
    core.answers.set([rule({ action: answer(418) })]);
    expect(() => core.answers.set([rule({ profileId: 'gone', action: answer(500) })])).toThrow(
      'There is no profile "gone".',
    );
    expect(await status(contact)).toBe(418);
  });

  test.each([
    [{ status: 99 }, /expected number to be >=200/],
    [{ status: 600 }, /expected number to be <=599/],
    [{ headers: [['Bad Name', 'x']] }, 'it is no name of a header'],
    [{ headers: [['X-Ok', 'two\r\nlines']] }, /the value of a header is one line/],
    [{ headers: [['Content-Length', '1']] }, 'this header is set by the companion'],
    [{ delayMs: 120_001 }, /expected number to be <=120000/],
  ])('%j is refused', (wrong, message) => {
    const result = deliveryRule.safeParse({
      id: 'r',
      action: { kind: 'answer', status: 200, ...wrong },
    });
    expect(result.error?.issues.map((issue) => issue.message).join()).toMatch(message);
  });

  test('two rules with one id are refused', () => {
    const one = rule({ action: answer(500) });
    expect(deliveryRules.safeParse([one, one]).error?.issues[0]?.message).toBe('two rules have the same id');
  });
});
