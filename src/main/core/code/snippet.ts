/**
 * A request in one of the usual languages. The library writes the program; every text in it is put in afterwards by
 * us, since the library leaves backslashes, quotes, repeated fields and files of some languages as they are.
 */
import type { HarRequest } from '@readme/httpsnippet';
import type { Language } from './languages/language.ts';
import { bodyMark, tokenMark } from './languages/language.ts';
import type { CodeRequest } from './types.ts';

type HarHeader = HarRequest['headers'][number];

/** Values that every language may have between its quotes as they are. */
const plain = /^[\w .,:;/+=*-]*$/;

/** @throws Error where the library writes otherwise than it is known to */
export async function snippet(request: CodeRequest, language: Language): Promise<string> {
  // Only whoever asks for code waits for the library.
  const { HTTPSnippet } = await import('@readme/httpsnippet');
  const values: string[] = [];
  const marked = (value: string): string => {
    if (plain.test(value)) return value;
    values.push(value);
    return `<value-${values.length - 1}>`;
  };
  const { url, headers, hasToken, body } = request;
  const har: HarRequest = {
    httpVersion: 'HTTP/1.1',
    cookies: [],
    queryString: [],
    headersSize: -1,
    bodySize: -1,
    method: request.method,
    url: `${url.protocol}//address.invalid/`,
    headers: [
      ...joined(headers).map(([name, value]) => ({ name, value: marked(value) })),
      ...standInType(request, language),
      ...(hasToken ? [{ name: 'Authorization', value: `Bearer ${tokenMark}` }] : []),
    ],
    // Under this type the library leaves a text as it is; the header beside it says the true one.
    postData: { mimeType: 'text/plain', ...(body.kind !== 'none' && { text: bodyMark }) },
  };
  const [written] = new HTTPSnippet(har).convert(language.target, language.client);
  if (typeof written !== 'string') throw new Error(`There is no code for ${language.client}.`);
  const withBody = body.kind === 'none' ? written : language.body(written, body, typeOf(headers));
  const filled = withBody.replaceAll(textWithMark, (whole, _quote: string, before: string, mark: string) => {
    const after = whole.slice(1 + before.length + mark.length, -1);
    if (mark === tokenMark) return language.withToken(before);
    if (mark.startsWith('http')) return language.text(before + url.href + after);
    return language.text(before + (values[Number(/\d+/.exec(mark)?.[0])] ?? '') + after);
  });
  const addressed = filled.replaceAll(/https?:\/\/address\.invalid\//g, () => language.text(url.href));
  return `${(language.finish?.(addressed, { hasToken }) ?? addressed).trimEnd()}\n`;
}

/** A text of the program with one of our marks in it: quote, what stands before, mark. */
const textWithMark = /(["'])([^"'\n]*?)(<token>|<value-\d+>|https?:\/\/address\.invalid\/)[^"'\n]*\1/g;

/** Headers of one name in one line, as HTTP takes them too: the library keeps only the last. */
function joined(headers: CodeRequest['headers']): (readonly [string, string])[] {
  const byName = new Map<string, [string, string]>();
  for (const [name, value] of headers) {
    const before = byName.get(name.toLowerCase());
    byName.set(
      name.toLowerCase(),
      before === undefined ? [name, value] : [before[0], `${before[1]}, ${value}`],
    );
  }
  return [...byName.values()];
}

function standInType({ headers, body }: CodeRequest, { standInType: type }: Language): HarHeader[] {
  const isNeeded = type !== undefined && body.kind !== 'none' && typeOf(headers) === '';
  return isNeeded ? [{ name: 'Content-Type', value: type }] : [];
}

function typeOf(headers: CodeRequest['headers']): string {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}
