import './transfer.css';
import { useValue } from '../../lib/value.ts';
import { ExportDialog } from './export-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { closeTransfer, transferOverlay } from './transfer-overlay.ts';

export function TransferDialogs() {
  const overlay = useValue(transferOverlay);
  if (overlay === null) return null;
  return overlay.kind === 'export' ? (
    <ExportDialog overlay={overlay} onClose={closeTransfer} />
  ) : (
    <ImportDialog given={overlay.file} onClose={closeTransfer} />
  );
}
