import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import {
  exportFileName,
  exportFiles,
  type ExportRequest,
  type ExportStep,
  type TestRunner,
} from '../../../shared/model/transfer.ts';
import { toast } from '../../lib/notices.ts';
import { saveFile } from '../../lib/save-file.ts';
import { rpc } from '../../platform/connection.ts';
import { exportedWords } from './export-words.ts';

type Wanted = ExportRequest & { readonly test: TestRunner | null };

/**
 * Gathers the file in blobs, which the browser may keep on disk, and saves it once it is whole.
 *
 * @returns false when it was cancelled before
 */
async function write(
  { test, ...request }: Wanted,
  signal: AbortSignal,
  told: (step: ExportStep) => void,
): Promise<boolean> {
  const parts: Blob[] = [];
  let last: ExportStep | null = null;
  for await (const step of await rpc.transfer.export(request, { signal })) {
    if (step.text !== '') parts.push(new Blob([step.text]));
    last = step;
    told(step);
  }
  if (last === null || signal.aborted) return false;
  const fileName = exportFileName(request.format, Date.now());
  saveFile(fileName, new Blob(parts), exportFiles[request.format].type);
  if (test !== null) {
    const { fileName: testName, code } = await rpc.transfer.fixtureTest({ runner: test, fixture: fileName });
    saveFile(testName, code, 'text/javascript');
  }
  toast(exportedWords(last, fileName));
  return true;
}

/** One export at a time; it ends with the dialog. */
export function useExport(onSaved: () => void) {
  const [step, setStep] = useState<ExportStep | null>(null);
  const stop = useRef(new AbortController());
  const run = useMutation({
    mutationFn: (wanted: Wanted) => {
      stop.current = new AbortController();
      setStep(null);
      const { signal } = stop.current;
      return write(wanted, signal, setStep).catch((error: unknown) => {
        // What ends a stream that was cancelled is no failure.
        if (signal.aborted) return false;
        throw error;
      });
    },
    onSuccess: (saved) => {
      if (saved) onSaved();
    },
  });
  useEffect(() => () => stop.current.abort(), []);
  return {
    start: run.mutate,
    cancel: () => stop.current.abort(),
    running: run.isPending,
    error: run.error,
    step,
  };
}
