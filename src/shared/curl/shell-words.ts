/** A POSIX shell's words, as far as copied commands use its quotes; nothing is expanded. */

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  "'": "'",
  '"': '"',
  '\\': '\\',
};

/** Takes a command apart. Null where a quote is never closed. */
export function shellWords(command: string): string[] | null {
  const text = command.replaceAll(/[\\^]\r?\n/g, ' ');
  const words: string[] = [];
  let word: string | null = null;
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest)?.[0];
    const piece = space === undefined ? pieceAt(rest) : null;
    if (space !== undefined) {
      if (word !== null) words.push(word);
      word = null;
      at += space.length;
    } else if (piece === null) {
      return null;
    } else {
      word = (word ?? '') + piece.value;
      at += piece.length;
    }
  }
  return word === null ? words : [...words, word];
}

type Piece = { readonly value: string; readonly length: number };

function pieceAt(rest: string): Piece | null {
  if (rest.startsWith("$'")) {
    const found = /^\$'((?:\\.|[^\\'])*)'/s.exec(rest);
    return found === null ? null : { value: unescaped(found[1] ?? ''), length: found[0].length };
  }
  if (rest.startsWith("'")) {
    const end = rest.indexOf("'", 1);
    return end === -1 ? null : { value: rest.slice(1, end), length: end + 1 };
  }
  if (rest.startsWith('"')) {
    const found = /^"((?:\\.|[^\\"])*)"/s.exec(rest);
    if (found === null) return null;
    return { value: (found[1] ?? '').replaceAll(/\\([$`"\\])/g, '$1'), length: found[0].length };
  }
  if (rest.startsWith('\\')) return { value: rest.slice(1, 2), length: 2 };
  const plain = /^(?:\$(?!')|[^\s'"\\$])+/.exec(rest)?.[0] ?? rest.slice(0, 1);
  return { value: plain, length: plain.length };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(u[\da-f]{4}|x[\da-f]{2}|.)/gis, (_whole, code: string) =>
    /^[ux][\da-f]{2,4}$/i.test(code)
      ? String.fromCharCode(Number.parseInt(code.slice(1), 16))
      : (escapes[code] ?? code),
  );
}
