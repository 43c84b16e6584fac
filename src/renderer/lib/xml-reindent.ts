/** Indents XML without reading it: an element with text in it stays on its line, and everything keeps its spelling. */
import type { LineFormat } from './form-lines.ts';

type Piece = { readonly kind: 'open' | 'close' | 'void' | 'text'; readonly raw: string };

const indent = '  ';
/** Deeper than this, lines are no longer pushed to the right. */
const maxIndent = 100;
/** A text or comment longer than this is passed on before its end is known. */
const longestWaiting = 1_000_000;

const sections = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;
/** A tag may hold `>` between quotes. */
const tag = /<(?:[^>"']|"[^"]*"|'[^']*')*>/y;

/** The piece at a place; null while its end has not come. */
function pieceAt(text: string, at: number): Piece | null {
  if (!text.startsWith('<', at)) {
    const end = text.indexOf('<', at);
    if (end < 0) return null;
    return { kind: 'text', raw: text.slice(at, end) };
  }
  for (const [start, ending] of sections) {
    // Too short to tell a comment from a tag.
    if (text.length - at < start.length && start.startsWith(text.slice(at))) return null;
    if (!text.startsWith(start, at)) continue;
    const end = text.indexOf(ending, at + start.length);
    if (end < 0) return null;
    const raw = text.slice(at, end + ending.length);
    return { kind: start === '<![CDATA[' ? 'text' : 'void', raw };
  }
  tag.lastIndex = at;
  const raw = tag.exec(text)?.[0];
  if (raw === undefined) return null;
  if (raw.startsWith('<!') || raw.endsWith('/>')) return { kind: 'void', raw };
  return { kind: raw.startsWith('</') ? 'close' : 'open', raw };
}

export function createXmlReindenter(): LineFormat {
  let rest = '';
  let depth = 0;
  let before: Piece['kind'] | null = null;
  const line = (): string => (before === null ? '' : `\n${indent.repeat(Math.min(depth, maxIndent))}`);

  const write = ({ kind, raw }: Piece): string => {
    if (kind === 'text' && raw.trim() === '') return '';
    if (kind === 'close') depth = Math.max(0, depth - 1);
    const inline = before === 'text' || kind === 'text' || (kind === 'close' && before === 'open');
    const out = (inline ? '' : line()) + raw;
    if (kind === 'open') depth += 1;
    before = kind;
    return out;
  };

  return {
    push(text, last) {
      rest += text;
      let out = '';
      let at = 0;
      for (;;) {
        const piece = pieceAt(rest, at);
        if (piece === null) break;
        out += write(piece);
        at += piece.raw.length;
      }
      rest = rest.slice(at);
      if (!last && rest.length < longestWaiting) return out;
      out += rest;
      rest = '';
      return out;
    },
  };
}
