/** Finds the entries of a file as it comes, so that no file is too large to be read. */
import type { ImportKind } from '../../../../shared/model/transfer.ts';

export type EntrySplitter = {
  /** Null until enough has come to tell. */
  kind(): ImportKind | null;
  /** The texts of the entries that are complete now. */
  push(text: string): string[];
  /** What is left: entries that end with the file, and whether one was begun and not ended. */
  end(): { readonly entries: string[]; readonly cutOff: boolean };
};

/** As much of a first line is waited for before it is judged by its beginning. */
const FIRST_LINE = 1_048_576;

export function createEntrySplitter(fileName: string): EntrySplitter {
  let kind: ImportKind | null = kindOfName(fileName);
  let waiting = '';
  let splitter: TextSplitter | null = kind === null ? null : splitterOf(kind);

  const decide = (atEnd: boolean): void => {
    const text = waiting.trimStart();
    if (text === '') return;
    const newline = text.indexOf('\n');
    if (newline < 0 && text.length < FIRST_LINE && !atEnd) return;
    kind = kindOfText(newline < 0 ? text : text.slice(0, newline));
    splitter = splitterOf(kind);
  };
  const take = (): string[] => {
    const text = waiting;
    waiting = '';
    return splitter?.push(text) ?? [];
  };

  return {
    kind: () => kind,
    push(text) {
      waiting += text;
      if (splitter === null) decide(false);
      return splitter === null ? [] : take();
    },
    end() {
      if (splitter === null) decide(true);
      if (splitter === null) return { entries: [], cutOff: false };
      const entries = take();
      const rest = splitter.end();
      return { entries: [...entries, ...rest.entries], cutOff: rest.cutOff };
    },
  };
}

function kindOfName(name: string): ImportKind | null {
  if (/\.har$/i.test(name)) return 'har';
  return /\.(ndjson|jsonl)$/i.test(name) ? 'ndjson' : null;
}

function kindOfText(firstLine: string): ImportKind {
  if (firstLine.startsWith('[')) return 'json';
  if (/^\{\s*("log"|$)/.test(firstLine)) return 'har';
  return 'ndjson';
}

type TextSplitter = Omit<EntrySplitter, 'kind'>;

function splitterOf(kind: ImportKind): TextSplitter {
  return kind === 'ndjson' ? lineSplitter() : elementSplitter(kind === 'json' ? [] : ['log', 'entries']);
}

function lineSplitter(): TextSplitter {
  let rest = '';
  const whole = (lines: readonly string[]): string[] => lines.filter((line) => line.trim() !== '');
  return {
    push(text) {
      if (!text.includes('\n')) {
        rest += text;
        return [];
      }
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      return whole(lines);
    },
    // A last line without its newline is a line; whether it is whole shows when it is parsed.
    end: () => ({ entries: whole([rest]), cutOff: false }),
  };
}

/** Elements of the array under these names, told by quotes and brackets alone; what they hold is parsed one by one. */
function elementSplitter(path: readonly string[]): TextSplitter {
  let text = '';
  let at = 0;
  /** Open brackets around `at`. */
  let depth = 0;
  let inString = false;
  let stringStart = 0;
  /** The names that led to the present depth, and the last string read. */
  const names: string[] = [];
  let lastString = '';
  let elementStart = -1;
  let state: 'before' | 'inside' | 'after' = 'before';

  const isTarget = (): boolean => depth === path.length && path.every((name, index) => names[index] === name);

  const open = (isArray: boolean): void => {
    if (state === 'before' && isArray && isTarget()) state = 'inside';
    else if (state === 'inside' && depth === path.length + 1) elementStart = at;
    names.length = depth;
    depth += 1;
  };
  const close = (found: string[]): void => {
    depth -= 1;
    if (state !== 'inside') return;
    if (depth === path.length + 1 && elementStart >= 0) {
      found.push(text.slice(elementStart, at + 1));
      elementStart = -1;
    } else if (depth === path.length) state = 'after';
  };

  const scan = (): string[] => {
    const found: string[] = [];
    for (; at < text.length; at += 1) {
      const unit = text[at];
      if (inString) {
        if (unit === '\\') at += 1;
        else if (unit === '"') {
          inString = false;
          if (state === 'before') lastString = text.slice(stringStart, at);
        }
        continue;
      }
      if (unit === '"') {
        inString = true;
        stringStart = at + 1;
      } else if (unit === ':' && state === 'before') names[depth - 1] = lastString;
      else if (unit === '{' || unit === '[') open(unit === '[');
      else if (unit === '}' || unit === ']') close(found);
    }
    return found;
  };

  return {
    push(more) {
      text += more;
      const found = scan();
      // What is behind is let go; an element or a name that has begun is kept.
      const keep = elementStart >= 0 ? elementStart : inString && state === 'before' ? stringStart : at;
      const cut = Math.min(keep, text.length);
      text = text.slice(cut);
      at -= cut;
      stringStart -= cut;
      if (elementStart >= 0) elementStart -= cut;
      return found;
    },
    end: () => ({ entries: [], cutOff: state !== 'after' }),
  };
}
