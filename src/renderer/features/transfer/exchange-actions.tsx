import { FileDown, SquareTerminal } from 'lucide-react';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { exchangeTitle } from '../../lib/words.ts';
import { run } from '../../platform/actions.ts';
import { Button } from '../../ui/button.tsx';
import { copyAsCurl, openExport } from './transfer-overlay.ts';

/** The exchange on screen as a command, or as a file. */
export function TransferActions({ exchange }: { readonly exchange: ExchangeDetail }) {
  const copy = (): void => run(() => copyAsCurl(exchange.id));
  useShortcuts({ y: copy });
  return (
    <>
      <Button
        look="quiet"
        icon={SquareTerminal}
        aria-label="Copy as cURL"
        title="Copy as cURL (Y)"
        aria-keyshortcuts="Y"
        onClick={copy}
      />
      <Button
        look="quiet"
        icon={FileDown}
        aria-label="Export this exchange"
        title="Export this exchange"
        onClick={() => openExport({ ids: [exchange.id] }, exchangeTitle(exchange))}
      />
    </>
  );
}
