/** A urlencoded form, one decoded pair a line, in as many pieces as there are. */

export type LineFormat = {
  push(text: string, last: boolean): string;
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // Not encoded as a form should be: shown as it came.
    return text;
  }
}

function lineOf(pair: string): string {
  const cut = pair.indexOf('=');
  return cut < 0 ? decoded(pair) : `${decoded(pair.slice(0, cut))} = ${decoded(pair.slice(cut + 1))}`;
}

export function createFormLines(): LineFormat {
  let rest = '';
  return {
    push(text, last) {
      const pairs = (rest + text).split('&');
      rest = last ? '' : (pairs.pop() ?? '');
      return pairs.map((pair) => `${lineOf(pair)}\n`).join('');
    },
  };
}
