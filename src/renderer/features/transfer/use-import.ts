import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ImportReport } from '../../../shared/model/transfer.ts';
import { toBase64 } from '../../lib/bytes.ts';
import { rpc } from '../../platform/connection.ts';

const pieceBytes = 1_048_576;

export type ImportProgress = { readonly report: ImportReport | null; readonly bytes: number };

/** Sends the file piece by piece, so that no file is too large. Null when it was cancelled: what is stored stays. */
async function send(
  file: File,
  dryRun: boolean,
  signal: AbortSignal,
  told: (progress: ImportProgress) => void,
): Promise<ImportReport | null> {
  const { id } = await rpc.transfer.openImport({ fileName: file.name, dryRun });
  for (let from = 0; from < file.size; from += pieceBytes) {
    if (signal.aborted) {
      await rpc.transfer.cancelImport({ id });
      return null;
    }
    const bytes = new Uint8Array(await file.slice(from, from + pieceBytes).arrayBuffer());
    const report = await rpc.transfer.importPiece({ id, base64: toBase64(bytes) });
    told({ report, bytes: Math.min(file.size, from + pieceBytes) });
  }
  return rpc.transfer.closeImport({ id });
}

/** Reads a file without storing anything, and then, when it is asked to, once more for good. */
export function useImport() {
  const [progress, setProgress] = useState<ImportProgress>({ report: null, bytes: 0 });
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);
  const begin = (file: File, dryRun: boolean): Promise<ImportReport | null> => {
    stop.current.abort();
    stop.current = new AbortController();
    setProgress({ report: null, bytes: 0 });
    return send(file, dryRun, stop.current.signal, setProgress);
  };
  const look = useMutation({ mutationFn: (file: File) => begin(file, true) });
  const store = useMutation({ mutationFn: (file: File) => begin(file, false) });
  return { look, store, progress, cancel: () => stop.current.abort() };
}
