import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../forwarding/receiver.ts';
import { createDesk, type Desk } from './support.ts';

let desk: Desk;

beforeEach(async () => {
  desk = await createDesk();
});
afterEach(() => desk.dispose());

describe('hlc trigger', () => {
  it('prints the delivered exchange in the shape of hlc exchanges', async () => {
    const receiver = await startReceiver();
    await desk.serve();
    expect(await desk.run(['trigger', 'ContactCreate', '--profile', 'Nobody', '--json'])).toMatchObject({
      code: 1,
      lines: [{ error: { code: 'not_found' } }],
    });
    expect(await desk.run(['trigger', 'ContactCreate', '--json'])).toMatchObject({
      code: 0,
      lines: [
        { purpose: 'webhook', event: { type: 'ContactCreate', signature: { keyOwner: 'development' } } },
      ],
    });
    await desk.run(['profiles', 'add', '--client-id', '65f0c0ffee65f0c0ffee65f0-lx1a2b3c', '--json']);

    const own = await desk.run(['trigger', 'AppInstall', '--set', 'companyName=Pier 9', '--json']);
    expect(own).toMatchObject({
      code: 0,
      lines: [
        {
          purpose: 'webhook',
          method: 'POST',
          status: 200,
          event: {
            type: 'INSTALL',
            signature: { verdict: 'invalid', scheme: 'ed25519', keyOwner: 'development' },
          },
        },
      ],
    });
    const [stored] = (await desk.run(['exchanges', '--search', 'Pier 9', '--body', '--json'])).lines;
    expect(own.lines[0]).toMatchObject({ id: stored?.['id'], bodySha256: stored?.['bodySha256'] });
    expect(stored).toMatchObject({ body: { text: expect.stringContaining('"companyName":"Pier 9"') } });

    const sent = await desk.run(['trigger', 'ContactCreate', '--to', `${receiver.url}/hook`, '--json']);
    expect(sent).toMatchObject({ code: 0, lines: [{ purpose: 'forward', status: 202 }] });
    expect(Object.keys(sent.lines[0] ?? {})).toEqual(Object.keys(own.lines[0] ?? {}));
    expect(JSON.parse(String(receiver.received[0]?.body))).toMatchObject({ type: 'ContactCreate' });

    expect((await desk.run(['trigger', 'FormSubmitted', '--json'])).lines).toMatchObject([
      { error: { code: 'not_found', message: 'HighLevel documents no event "FormSubmitted".' } },
    ]);
    expect((await desk.run(['trigger', 'ContactCreate', '--set', 'nothing', '--json'])).code).toBe(2);
    await receiver.close();
    expect(await desk.run(['trigger', 'SMS', '--to', receiver.url, '--json'])).toMatchObject({
      code: 1,
      lines: [{ purpose: 'forward', status: null }, { error: { code: 'request_failed' } }],
    });
  }, 90_000);

  it('listens itself where no companion has the data folder open', async () => {
    await writeFile(join(desk.dataDir, 'settings.json'), '{"ingressPort":0}');
    expect(await desk.run(['trigger', 'NoteCreate', '--json'])).toMatchObject({
      code: 0,
      lines: [{ purpose: 'webhook', status: 200, event: { type: 'NoteCreate' } }],
    });
  }, 30_000);
});
