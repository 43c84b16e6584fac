/**
 * Indents JSON without reading it: numbers, escapes, duplicate keys and whatever else stands between the brackets
 * keep the spelling they had on the wire. It goes over text in as many pieces as there are, and lets text that is
 * not JSON through as it is.
 */
export type Reindenter = {
  /** The next piece of text in, the next piece of indented text out. */
  push(text: string): string;
};

const code = {
  quote: 34,
  comma: 44,
  colon: 58,
  openList: 91,
  backslash: 92,
  closeList: 93,
  open: 123,
  close: 125,
};
/** Deeper than this, lines are no longer pushed to the right. */
const maxIndent = 100;

const isSpace = (character: number): boolean =>
  character === 32 || character === 10 || character === 13 || character === 9;

export function createReindenter(indent = '  '): Reindenter {
  const lines = Array.from({ length: maxIndent + 1 }, (_, depth) => `\n${indent.repeat(depth)}`);
  let depth = 0;
  let inString = false;
  let escaped = false;
  /** An opening bracket whose line break waits to see whether it is closed at once. */
  let opened = false;
  /** A value at the top that ended; whatever comes next begins a line. */
  let ended = false;
  const newline = (): string => lines[Math.max(0, Math.min(depth, maxIndent))] ?? '\n';

  /** The first index after the string, or the end of the text where it goes on in the next piece. */
  function endOfString(text: string, from: number): number {
    for (let at = from; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      if (escaped) escaped = false;
      else if (character === code.backslash) escaped = true;
      else if (character === code.quote) {
        inString = false;
        return at + 1;
      }
    }
    return text.length;
  }

  /** The first index after a run of characters that are copied as they are: a number, a literal, or no JSON at all. */
  function endOfRun(text: string, from: number): number {
    let at = from;
    for (; at < text.length; at += 1) {
      const character = text.charCodeAt(at);
      if (
        isSpace(character) ||
        character === code.quote ||
        character === code.comma ||
        character === code.colon
      )
        break;
      if (character === code.open || character === code.close) break;
      if (character === code.openList || character === code.closeList) break;
    }
    return at;
  }

  /** What goes before a value or bracket that begins here. */
  function before(): string {
    const line = opened || ended ? newline() : '';
    opened = false;
    ended = false;
    return line;
  }

  function close(bracket: string): string {
    depth -= 1;
    const line = opened ? '' : newline();
    opened = false;
    ended = depth <= 0;
    return line + bracket;
  }

  return {
    push(text) {
      let out = '';
      let at = 0;
      while (at < text.length) {
        if (inString) {
          const end = endOfString(text, at);
          out += text.slice(at, end);
          at = end;
          continue;
        }
        const character = text.charCodeAt(at);
        if (isSpace(character)) at += 1;
        else if (character === code.open || character === code.openList) {
          out += before() + text.charAt(at);
          depth += 1;
          opened = true;
          at += 1;
        } else if (character === code.close || character === code.closeList) {
          out += close(text.charAt(at));
          at += 1;
        } else if (character === code.comma) {
          out += `,${newline()}`;
          at += 1;
        } else if (character === code.colon) {
          out += ': ';
          at += 1;
        } else if (character === code.quote) {
          out += `${before()}"`;
          inString = true;
          at += 1;
        } else {
          const end = endOfRun(text, at);
          out += before() + text.slice(at, end);
          at = end;
        }
      }
      return out;
    },
  };
}

/** Whether a body is worth indenting, by its first characters. */
export function looksLikeJson(start: string): boolean {
  return /^\uFEFF?\s*[[{]/.test(start);
}
