/** A store, a vault and the transfer over both, and files written and read with them. */
import { createTransfer } from '../../src/main/core/transfer/create-transfer.ts';
import type { Transfer } from '../../src/main/core/transfer/types.ts';
import type { ExchangeDetail } from '../../src/shared/model/exchange.ts';
import type { DerivationContext } from '../../src/main/core/exchanges/types.ts';
import type { ExportStep, ImportReport } from '../../src/shared/model/transfer.ts';
import { readBody } from '../../src/main/core/webhooks/read-deliveries.ts';
import { openStore, type TestStore } from '../exchanges/support.ts';
import { openVault, temporaryFolder } from '../vault/support.ts';

export type Desk = {
  readonly store: TestStore;
  readonly vault: Awaited<ReturnType<typeof openVault>>;
  readonly transfer: Transfer;
};

export const noKeys: DerivationContext = { profiles: [], keys: [] };

export async function openDesk(
  options: { readonly context?: DerivationContext; readonly now?: () => number } = {},
): Promise<Desk> {
  const store = await openStore();
  const vault = await openVault(await temporaryFolder());
  const context = options.context ?? noKeys;
  store.setDerivationContext(context);
  const transfer = createTransfer({
    store,
    redactor: vault.redactor,
    version: '0.0.0-test',
    now: options.now ?? Date.now,
    derivationContext: () => context,
    sign: async (headers) => [...headers, ['X-GHL-Signature', 'c2lnbmVk']],
  });
  return { store, vault, transfer };
}

type Request = Parameters<Transfer['export']>[0];

/** The whole file, and the last step. */
export async function exported(
  { store, transfer }: Desk,
  request: Partial<Request> & Pick<Request, 'format'>,
): Promise<{ text: string; last: ExportStep }> {
  await store.settled();
  let text = '';
  let last: ExportStep | undefined;
  for await (const step of transfer.export(
    { selection: { filter: {} }, replace: null, ...request },
    undefined,
  )) {
    text += step.text;
    last = step;
  }
  if (last === undefined) throw new Error('the export said nothing');
  return { text, last };
}

/** In pieces of an odd size, so that characters and brackets are torn apart. */
export async function imported(
  { transfer, store }: Desk,
  fileName: string,
  content: string | Uint8Array,
  { dryRun = false, piece = 1021 } = {},
): Promise<ImportReport> {
  const id = transfer.openImport(fileName, { dryRun });
  const bytes = Buffer.from(content as Uint8Array);
  for (let from = 0; from < bytes.length; from += piece)
    await transfer.importPiece(id, bytes.subarray(from, from + piece));
  const report = await transfer.closeImport(id);
  await store.settled();
  return report;
}

export type Stored = { readonly detail: ExchangeDetail; readonly request: string; readonly response: string };

/** Everything in the log in its order, bodies in base64. */
export async function everything({ store }: Desk): Promise<Stored[]> {
  await store.settled();
  const { items } = await store.page({ after: 0, limit: 1000 });
  return await Promise.all(
    items.map(async ({ id }) => {
      const detail = await store.get(id);
      const base64 = async (part: 'request' | 'response'): Promise<string> =>
        Buffer.from(await readBody(store, id, part)).toString('base64');
      return {
        detail,
        request: await base64('request'),
        response: detail.responseBody === null ? '' : await base64('response'),
      };
    }),
  );
}
