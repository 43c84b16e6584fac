import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webhook } from '../exchanges/support.ts';
import { openCore, transports, type Connection, type Served, type TestCore } from './support.ts';

describe.each(transports)('export and import over a $name', (transport) => {
  let test: TestCore;
  let served: Served;
  let connection: Connection;

  beforeAll(async () => {
    test = await openCore();
    served = await transport.serve(test.core, () => {});
    connection = await served.connect();
    // Larger than a piece, with characters of two units at every border there may be.
    const large = `{"type":"ContactCreate","text":"${'😀'.repeat(200_000)}"}`;
    await test.core.exchanges.append(webhook(Buffer.from(large)));
    for (let index = 0; index < 300; index += 1)
      await test.core.exchanges.append(webhook({ type: 'ContactUpdate', index, pad: 'x'.repeat(4000) }));
    await test.core.exchanges.settled();
  });
  afterAll(async () => {
    connection.drop();
    await served.close();
    await test.dispose();
  });

  const everything = { format: 'ndjson', selection: { filter: {} } } as const;

  it('a file comes in pieces that fit a message, and goes back in pieces', async () => {
    const { transfer } = connection.client;
    let text = '';
    let longest = 0;
    for await (const step of await transfer.export(everything)) {
      text += step.text;
      longest = Math.max(longest, step.text.length);
    }
    expect(longest).toBeLessThanOrEqual(262_145);
    expect(text.isWellFormed()).toBe(true);
    expect(text.split('\n')).toHaveLength(302);

    const bytes = Buffer.from(text);
    const { id } = await transfer.openImport({ fileName: 'all.ndjson', dryRun: true });
    for (let from = 0; from < bytes.length; from += 300_007)
      await transfer.importPiece({ id, base64: bytes.subarray(from, from + 300_007).toString('base64') });
    expect(await transfer.closeImport({ id })).toMatchObject({ read: 301, duplicates: 301, skipped: 0 });
    await expect(transfer.closeImport({ id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('ends with a client that stops reading, and the connection goes on', async () => {
    const stop = new AbortController();
    const steps = await connection.client.transfer.export(everything, { signal: stop.signal });
    const read = async (): Promise<number> => {
      let count = 0;
      for await (const { done } of steps) {
        count = done;
        stop.abort();
      }
      return count;
    };
    const seen = await read().catch(() => 0);
    expect(seen).toBeLessThan(301);
    expect(await connection.client.exchanges.count({})).toEqual({ count: 301 });
  });

  it('refuses in one sentence what it cannot do', async () => {
    const { transfer } = connection.client;
    const gone = '01980f2e-7a31-7c55-9a10-0c2f8a3d5b11';
    await expect(transfer.curl({ id: gone })).rejects.toMatchObject({ code: 'not_found' });
    const steps = await transfer.export({ format: 'har', selection: { ids: [gone] } });
    const read = async (): Promise<void> => {
      for await (const step of steps) expect(step.done).toBe(0);
    };
    await expect(read()).rejects.toMatchObject({
      code: 'not_found',
      message: `There is no exchange with the id ${gone}.`,
    });
  });
});
