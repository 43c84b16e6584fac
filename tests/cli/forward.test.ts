import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../forwarding/receiver.ts';
import { createDesk, type Desk } from './support.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

describe('hlc forward and hlc replay', () => {
  it('print the deliveries in the shape of hlc exchanges', async () => {
    const receiver = await startReceiver();
    const serving = await desk.serve();
    const added = await desk.run([
      'profiles',
      'add',
      '--client-id',
      '65f0c0ffee65f0c0ffee65f0-lx1a2b3c',
      '--json',
    ]);
    expect(added.stderr).not.toContain('Error');
    const [profile] = (await desk.run(['profiles', '--json'])).lines;
    expect(profile).toBeDefined();
    const forwarding = desk.start(['forward', '--to', receiver.url, '--event', 'ContactCreate', '--json']);
    await expect.poll(() => forwarding.complaint(), { timeout: 20_000 }).toContain('until Ctrl-C');
    const path = '/webhooks';
    for (const type of ['ContactDelete', 'ContactCreate']) {
      const answer = await fetch(`${serving.ingress}${path}`, { method: 'POST', body: `{"type":"${type}"}` });
      expect(answer.status).toBe(200);
    }
    const line = await forwarding.next();
    expect(line).toMatchObject({ purpose: 'forward', method: 'POST', status: 202, event: null });
    expect(String(receiver.received[0]?.body)).toBe('{"type":"ContactCreate"}');
    expect(await forwarding.stop('SIGINT')).toBe(0);

    const webhooks = (await desk.run(['exchanges', '--purpose', 'webhook', '--json'])).lines;
    const id = String(webhooks[0]?.['id']);
    const replayed = await desk.run(['replay', id, '--to', receiver.url, '--json']);
    expect(replayed).toMatchObject({ code: 0, lines: [{ purpose: 'forward', status: 202 }] });
    expect(Object.keys(replayed.lines[0] ?? {})).toEqual(Object.keys(webhooks[0] ?? {}));
    expect(String(receiver.received[1]?.body)).toBe('{"type":"ContactDelete"}');

    expect(await desk.run(['replay', id, '--json'])).toMatchObject({
      code: 1,
      lines: [{ error: { code: 'bad_input', message: 'There is no address to send this to.' } }],
    });
    await receiver.close();
    const refused = await desk.run(['replay', id, '--to', receiver.url, '--json']);
    expect(refused).toMatchObject({
      code: 1,
      lines: [{ purpose: 'forward', status: null }, { error: { code: 'request_failed' } }],
    });
    expect((await desk.run(['replay', 'nonsense', '--json'])).code).toBe(2);
    expect((await desk.run(['forward', '--to', 'https://example.com/', '--json'])).lines).toMatchObject([
      { error: { code: 'bad_input' } },
    ]);
  }, 90_000);
});
