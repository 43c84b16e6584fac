/** What the window knows of runs and rate limits; `live.ts` keeps it fresh. */
import { useQuery } from '@tanstack/react-query';
import type { DataRun } from '../../../shared/model/data-run.ts';
import type { RateMeter } from '../../../shared/model/rate-meter.ts';
import type { RequestWait } from '../../../shared/model/request.ts';
import type { RowsFormat, Run } from '../../../shared/model/run.ts';
import { toast } from '../../lib/notices.ts';
import { saveFile } from '../../lib/save-file.ts';
import { run as attempt } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { keys } from '../../platform/queries.ts';

export function useRuns(): readonly Run[] | undefined {
  return useQuery({ queryKey: keys.runs, queryFn: () => rpc.runs.list() }).data;
}

export function useLimits(): readonly RateMeter[] {
  return useQuery({ queryKey: keys.limits, queryFn: () => rpc.runs.limits() }).data ?? [];
}

/** Filled by the stream alone: a call that waits is one of this window's. */
export function useWait(callId: string | null): RequestWait | undefined {
  const none: RequestWait[] = [];
  const waits = useQuery({ queryKey: keys.waits, queryFn: () => none, initialData: none }).data;
  return waits.find((wait) => wait.callId === callId);
}

export function useDataRuns(): readonly DataRun[] | undefined {
  return useQuery({ queryKey: keys.dataRuns, queryFn: () => rpc.dataRuns.list() }).data;
}

const types: Readonly<Record<RowsFormat, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv',
  json: 'application/json',
};

/** Gathered in blobs, which the browser may keep on disk, and saved once the file is whole. */
export function savePieces(
  title: string,
  format: RowsFormat,
  open: () => Promise<AsyncIterable<{ readonly text: string }>>,
): void {
  attempt(async () => {
    const parts: Blob[] = [];
    for await (const { text } of await open()) parts.push(new Blob([text]));
    const name = title
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '');
    saveFile(`${name}.${format}`, new Blob(parts), types[format]);
    toast(`Saved as ${name}.${format}`);
  });
}

export const saveRows = ({ id, title }: Run, format: RowsFormat): void =>
  savePieces(title, format, () => rpc.runs.export({ id, format }));
