/** A body that is JSON, read into a worker of its own. */
import { releaseProxy, transfer, wrap, type Remote } from 'comlink';
import { useEffect, useState } from 'react';
import type { BodyForm, JsonDocument } from '../../lib/json/document.ts';
import type { CreateDocument } from '../../lib/json/worker.ts';
import { readBody, type BodyRef } from './read-body.ts';

export type OpenedJson =
  | { readonly state: 'loading'; readonly loaded: number }
  | { readonly state: 'ready'; readonly document: Remote<JsonDocument> }
  | { readonly state: 'no-json' }
  | { readonly state: 'failed'; readonly error: unknown };

const nothingYet: OpenedJson = { state: 'loading', loaded: 0 };

async function open(
  worker: Worker,
  body: BodyRef,
  form: BodyForm,
  signal: AbortSignal,
  tell: (opened: OpenedJson) => void,
): Promise<void> {
  const create = wrap<CreateDocument>(worker);
  // A function that a proxy hands out is itself a proxy.
  const document = (await create(form)) as unknown as Remote<JsonDocument>;
  let loaded = 0;
  for await (const piece of readBody(body, signal)) {
    loaded += piece.length;
    await document.push(transfer(piece, [piece.buffer]), loaded >= body.bytes);
    tell({ state: 'loading', loaded });
  }
  create[releaseProxy]();
  tell((await document.isJson()) ? { state: 'ready', document } : { state: 'no-json' });
}

/** The worker ends with the component, or when another body is wanted. */
export function useJsonDocument(
  { id, part, bytes }: BodyRef,
  codings: readonly string[],
  encoding: string,
): OpenedJson {
  const [opened, setOpened] = useState<{ readonly of: string; readonly json: OpenedJson } | null>(null);
  const coded = codings.join(',');
  const key = `${id} ${part} ${coded} ${encoding}`;
  useEffect(() => {
    const worker = new Worker(new URL('../../lib/json/worker.ts', import.meta.url), {
      type: 'module',
      name: 'json',
    });
    const stopped = new AbortController();
    const tell = (json: OpenedJson): void => {
      if (!stopped.signal.aborted) setOpened({ of: key, json });
    };
    const form = { bytes, codings: coded === '' ? [] : coded.split(','), encoding };
    worker.addEventListener('error', (event) => tell({ state: 'failed', error: new Error(event.message) }));
    open(worker, { id, part, bytes }, form, stopped.signal, tell).catch((error: unknown) =>
      tell({ state: 'failed', error }),
    );
    return () => {
      stopped.abort();
      worker.terminate();
    };
  }, [key, id, part, bytes, coded, encoding]);
  return opened?.of === key ? opened.json : nothingYet;
}
