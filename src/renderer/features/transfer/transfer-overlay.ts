/** Which of the two dialogs is open, from wherever it was asked for. */
import type { TransferSelection } from '../../../shared/model/transfer.ts';
import { copyText } from '../../lib/clipboard.ts';
import { createValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';

export type TransferOverlay =
  | { readonly kind: 'export'; readonly selection: TransferSelection; readonly what: string }
  /** Without a file one is asked for. */
  | { readonly kind: 'import'; readonly file: File | null };

export const transferOverlay = createValue<TransferOverlay | null>(null);
export const closeTransfer = (): void => transferOverlay.set(null);

/** @param what the selection in words: `all that match the filters` */
export function openExport(selection: TransferSelection, what: string): void {
  transferOverlay.set({ kind: 'export', selection, what });
}

export function openImport(file: File | null = null): void {
  transferOverlay.set({ kind: 'import', file });
}

export async function copyAsCurl(id: ExchangeDetail['id']): Promise<void> {
  const { command } = await rpc.transfer.curl({ id });
  await copyText(command, 'cURL command');
}
