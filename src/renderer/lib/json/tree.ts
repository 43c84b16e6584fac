/** The lines of a JSON text as a tree: what is open, and what stands on which line. Only what is opened is looked into. */
import { jsonPath } from './path.ts';
import {
  entriesOf,
  entryNumberAt,
  finish,
  isContainer,
  kindAt,
  scanContents,
  type Contents,
  type Entry,
  type JsonKind,
} from './scan.ts';
import { lineAt, nameOf, plainAt } from './text.ts';

export type TreeLine = {
  readonly depth: number;
  /** A name, a number in a list, a range of them (`[0 … 99,999]`), or null for the root. */
  readonly name: string | number | null;
  readonly kind: JsonKind | 'range';
  /** The beginning of the value as written. */
  readonly text: string;
  /** Entries inside; null where it holds none, or would take long to count. */
  readonly count: number | null;
  readonly openable: boolean;
  readonly open: boolean;
};

/** Takes work that pauses to its end, and lets others have their turn at each pause. */
export type Patience = <T>(work: Generator<undefined, T>) => Promise<T>;

/** A container with more entries than this shows them in ranges, since a browser draws no page of any height. */
const mostEntries = 200_000;
const rangeLength = 100_000;
/** Entries of a closed container are counted when it is no longer than this. */
const countedBytes = 65_536;
/** A search leads no deeper. */
const deepest = 1000;

/** An open container, or an open range of one; `opened` by place among its lines. */
type Open = {
  readonly contents: Contents;
  readonly from: number;
  readonly to: number;
  /** Lines below it. */
  lines: number;
  readonly parent: Open | null;
  /** Which of its parent's lines it is. */
  readonly place: number;
  readonly opened: Map<number, Open>;
};

type Found = { readonly node: Open; readonly place: number; readonly depth: number };

const inRanges = ({ from, to }: Pick<Open, 'from' | 'to'>): boolean => to - from > mostEntries;
const placesIn = (node: Pick<Open, 'from' | 'to'>): number =>
  inRanges(node) ? Math.ceil((node.to - node.from) / rangeLength) : node.to - node.from;

export async function createTree(bytes: Uint8Array, start: number, patience: Patience) {
  const rootKind = kindAt(bytes, start);
  const root = isContainer(rootKind) ? openOf(await patience(scanContents(bytes, start)), null, 0) : null;
  let rootOpen = root !== null;

  function openOf(
    contents: Contents,
    parent: Open | null,
    place: number,
    from = 0,
    to = contents.count,
  ): Open {
    const node = { contents, from, to, lines: 0, parent, place, opened: new Map() };
    node.lines = placesIn(node);
    return node;
  }

  const total = (): number => 1 + (rootOpen && root !== null ? root.lines : 0);

  const openedInOrder = (node: Open): Open[] => [...node.opened.values()].sort((a, b) => a.place - b.place);

  /** Where a line stands; null for the root's own. */
  function find(line: number): Found | null {
    if (line === 0 || root === null) return null;
    let node = root;
    let rest = line - 1;
    for (let depth = 1; ; depth += 1) {
      let inside: Open | null = null;
      for (const child of openedInOrder(node)) {
        if (rest <= child.place) break;
        if (rest <= child.place + child.lines) {
          inside = child;
          break;
        }
        rest -= child.lines;
      }
      if (inside === null) return { node, place: rest, depth };
      rest -= inside.place + 1;
      node = inside;
    }
  }

  function lineOf(node: Open, place: number): number {
    let line = place + 1;
    for (const child of node.opened.values()) if (child.place < place) line += child.lines;
    return node.parent === null ? line : line + lineOf(node.parent, node.place);
  }

  const entry = (node: Open, place: number): Entry => {
    const [found] = entriesOf(bytes, node.contents, node.from + place, node.from + place + 1);
    if (found === undefined) throw new Error('There is no such entry.');
    return found;
  };

  const rangeAt = (node: Open, place: number): [from: number, to: number] => {
    const from = node.from + place * rangeLength;
    return [from, Math.min(from + rangeLength, node.to)];
  };

  function countOf(at: number, open: Open | undefined): number | null {
    if (open !== undefined) return open.contents.count;
    const piece = bytes.subarray(at, at + countedBytes);
    const { count, closed } = finish(scanContents(piece, 0));
    return closed || piece.length < countedBytes ? count : null;
  }

  const valueLine = (depth: number, name: TreeLine['name'], at: number, open: Open | undefined): TreeLine => {
    const kind = kindAt(bytes, at);
    const openable = isContainer(kind);
    const count = openable ? countOf(at, open) : null;
    return {
      depth,
      name,
      kind,
      text: lineAt(bytes, at),
      count,
      openable: openable && count !== 0,
      open: open !== undefined,
    };
  };

  function* linesIn(node: Open, first: number, last: number, depth: number): Generator<TreeLine> {
    if (inRanges(node)) {
      for (let place = first; place < last; place += 1) {
        const [from, to] = rangeAt(node, place);
        const name = `[${from.toLocaleString('en')} … ${(to - 1).toLocaleString('en')}]`;
        yield {
          depth,
          name,
          kind: 'range',
          text: '',
          count: to - from,
          openable: true,
          open: node.opened.has(place),
        };
      }
      return;
    }
    for (const found of entriesOf(bytes, node.contents, node.from + first, node.from + last))
      yield valueLine(depth, nameOf(bytes, found), found.start, node.opened.get(found.number - node.from));
  }

  /** Lines `from` to `to` of what is below a node, its own first line counted as 0. */
  function* walk(node: Open, from: number, to: number, depth: number): Generator<TreeLine> {
    let line = 0;
    let place = 0;
    for (const child of openedInOrder(node)) {
      const own = line + (child.place - place);
      if (own >= from && line < to)
        yield* linesIn(
          node,
          place + Math.max(0, from - line),
          Math.min(child.place + 1, place + (to - line)),
          depth,
        );
      line = own + 1;
      place = child.place + 1;
      if (line >= to) return;
      if (line + child.lines > from) yield* walk(child, from - line, to - line, depth + 1);
      line += child.lines;
    }
    const end = line + placesIn(node) - place;
    if (line < to && end > from)
      yield* linesIn(node, place + Math.max(0, from - line), place + Math.min(end, to) - line, depth);
  }

  function changeLines(node: Open, by: number): void {
    for (let one: Open | null = node; one !== null; one = one.parent) one.lines += by;
  }

  /** Opens what stands at a place, if it can be; answers it. */
  async function openAt(node: Open, place: number): Promise<Open | null> {
    const known = node.opened.get(place);
    if (known !== undefined) return known;
    let child: Open;
    if (inRanges(node)) child = openOf(node.contents, node, place, ...rangeAt(node, place));
    else {
      const { start: at, kind } = entry(node, place);
      if (!isContainer(kind)) return null;
      child = openOf(await patience(scanContents(bytes, at)), node, place);
    }
    node.opened.set(place, child);
    changeLines(node, child.lines);
    return child;
  }

  function close(node: Open, place: number): void {
    const child = node.opened.get(place);
    if (child === undefined) return;
    node.opened.delete(place);
    changeLines(node, -child.lines);
  }

  function stepsTo(node: Open, place: number): (string | number)[] {
    const before = node.parent === null ? [] : stepsTo(node.parent, node.place);
    return inRanges(node) ? before : [...before, nameOf(bytes, entry(node, place))];
  }

  return {
    total,
    /** Lines `from` up to `to`, or to the last. */
    lines(from: number, to: number): TreeLine[] {
      const found: TreeLine[] = [];
      if (from === 0 && to > 0)
        found.push(valueLine(0, null, start, rootOpen ? (root ?? undefined) : undefined));
      if (rootOpen && root !== null && to > 1) found.push(...walk(root, Math.max(0, from - 1), to - 1, 1));
      return found;
    },
    async setOpen(line: number, open: boolean): Promise<void> {
      const found = find(line);
      if (found === null) rootOpen = open && root !== null;
      else if (open) await openAt(found.node, found.place);
      else close(found.node, found.place);
    },
    /** The line that holds this one; 0 for the root's own. */
    parentOf(line: number): number {
      const found = find(line);
      if (found === null || found.node.parent === null) return 0;
      return lineOf(found.node.parent, found.node.place);
    },
    /** Opens what encloses a byte, and answers the line it stands on. */
    async reveal(offset: number): Promise<number> {
      if (root === null) return 0;
      rootOpen = true;
      let node = root;
      for (let depth = 0; ; depth += 1) {
        const number = entryNumberAt(bytes, node.contents, offset);
        let place = number - node.from;
        while (inRanges(node)) {
          place = Math.floor((number - node.from) / rangeLength);
          node = (await openAt(node, place)) ?? node;
          place = number - node.from;
        }
        const { start: at, kind } = entry(node, place);
        const inside = isContainer(kind) && offset > at && depth < deepest ? await openAt(node, place) : null;
        if (inside === null || inside.lines === 0) return lineOf(node, place);
        node = inside;
      }
    },
    path(line: number): string {
      const found = find(line);
      return jsonPath(found === null ? [] : stepsTo(found.node, found.place));
    },
    /** What is copied of a line: a string without its quotes, everything else as it was written. */
    value(line: number): string {
      const found = find(line);
      if (found !== null && inRanges(found.node)) return '';
      return plainAt(bytes, found === null ? start : entry(found.node, found.place).start);
    },
  };
}

export type Tree = Awaited<ReturnType<typeof createTree>>;
