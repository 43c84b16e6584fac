/** A body that is JSON, held by a worker: its tree, its table, and what is looked for in it. */
import { undoCodings } from '../content-coding.ts';
import { findAll } from './find.ts';
import { kindAt, skipSpace } from './scan.ts';
import { lineAt } from './text.ts';
import { createTable, type Table, type TableCell, type TableInfo } from './table.ts';
import { createTree, type Patience, type Tree, type TreeLine } from './tree.ts';

export type BodyForm = {
  /** Bytes as stored. */
  readonly bytes: number;
  /** As in `Content-Encoding`. */
  readonly codings: readonly string[];
  /** A label that TextDecoder knows. */
  readonly encoding: string;
};

export type TreeView = { readonly total: number; readonly lines: readonly TreeLine[]; readonly from: number };
export type HitCount = { readonly count: number; readonly more: boolean };

const mostHits = 10_000;

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });

const patience: Patience = async (work) => {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await nextTurn();
  }
};

/** Bytes as they come, undone and in UTF-8, in one piece at the end. */
function createCollector({ bytes: total, codings, encoding }: BodyForm) {
  let all = new Uint8Array(total);
  let length = 0;
  const transcoder = encoding === 'utf-8' ? null : new TextDecoder(encoding);
  const take = (piece: Uint8Array, last: boolean): void => {
    const added =
      transcoder === null ? piece : new TextEncoder().encode(transcoder.decode(piece, { stream: !last }));
    if (length + added.length > all.length) {
      const longer = new Uint8Array(Math.max(all.length * 2, length + added.length));
      longer.set(all.subarray(0, length));
      all = longer;
    }
    all.set(added, length);
    length += added.length;
  };
  const undoing =
    codings.length === 0
      ? null
      : undoCodings(
          codings,
          async (piece, last) => take(piece, last),
          () => null,
        );
  return {
    async push(piece: Uint8Array<ArrayBuffer>, last: boolean): Promise<void> {
      if (undoing === null) take(piece, last);
      else await undoing.push(piece, last);
    },
    bytes: (): Uint8Array => all.subarray(0, length),
  };
}

/** Answers in the order it is asked: a line is never told from a tree that has changed in between. */
export function createJsonDocument(form: BodyForm) {
  const collector = createCollector(form);
  let start = 0;
  let tree: Promise<Tree> | null = null;
  let table: Promise<Table | null> | null = null;
  let hits: readonly number[] = [];
  const theTree = (): Promise<Tree> => (tree ??= createTree(collector.bytes(), start, patience));
  const theTable = (): Promise<Table | null> => (table ??= createTable(collector.bytes(), start, patience));
  const view = async (from: number, to: number): Promise<TreeView> => {
    const shown = await theTree();
    const total = shown.total();
    const first = Math.max(0, Math.min(from, total - (to - from)));
    return { total, from: first, lines: shown.lines(first, Math.min(first + to - from, total)) };
  };

  return {
    push: (piece: Uint8Array<ArrayBuffer>, last: boolean) => collector.push(piece, last),
    /** To be called when the last piece is in. False where there is nothing that looks like JSON. */
    isJson(): boolean {
      const bytes = collector.bytes();
      const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
      start = skipSpace(bytes, mark);
      return kindAt(bytes, start) !== 'literal' || /^(?:true|false|null)$/.test(lineAt(bytes, start));
    },
    view,
    async setOpen(line: number, open: boolean, from: number, to: number): Promise<TreeView> {
      await (await theTree()).setOpen(line, open);
      return view(from, to);
    },
    parentOf: async (line: number) => (await theTree()).parentOf(line),
    path: async (line: number) => (await theTree()).path(line),
    value: async (line: number) => (await theTree()).value(line),
    async find(text: string): Promise<HitCount> {
      const found = await patience(findAll(collector.bytes(), text, mostHits));
      hits = found.offsets;
      return { count: hits.length, more: found.more };
    },
    /** Opens what encloses a hit; the line it stands on. */
    reveal: async (hit: number): Promise<number> => (await theTree()).reveal(hits[hit] ?? 0),
    table: async (): Promise<TableInfo | null> => (await theTable())?.info ?? null,
    rows: async (from: number, to: number): Promise<TableCell[][]> =>
      (await theTable())?.rows(from, to) ?? [],
    separated: async (delimiter: ',' | '\t'): Promise<Blob> =>
      (await theTable())?.separated(delimiter) ?? new Blob(),
  };
}

export type JsonDocument = ReturnType<typeof createJsonDocument>;
