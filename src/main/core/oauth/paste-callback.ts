/** A code given by hand: alone, as a query, or as the whole address the browser ended on. */
import { AppError } from '../../../shared/model/app-error.ts';

export type PastedCallback = {
  readonly code: string;
  readonly state: string | null;
  /** The address without its query, where a whole one was pasted. */
  readonly address: string | null;
};

const shape = 'Paste the code, or the whole address the browser shows after Allow & Install.';

/**
 * Reads what HighLevel's webhook guide has developers copy out of the address bar (HighLevel docs: Webhook Integration
 * Guide). Quotes, line breaks and words around an address do no harm.
 *
 * @throws AppError `bad_input` naming what the text is instead; never repeats the text, which may hold a secret
 */
export function readPastedCallback(text: string): PastedCallback {
  const trimmed = unquoted(text.trim());
  if (trimmed === '') throw bad('Nothing was pasted.');
  const url = firstAddress(trimmed);
  const query = url?.searchParams ?? queryOf(trimmed);
  if (query !== null) return fromQuery(query, url);
  const code = trimmed.replaceAll(/\s+/g, '');
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(code)) {
    throw bad('This is a token (a JWT), not the code of a callback.');
  }
  if (/^[0-9a-f]{24}-\w+$/i.test(code)) throw bad('This is a client id, not the code of a callback.');
  if (!/^[\w.~+/=%-]+$/.test(code) || /\s\S+\s/.test(trimmed)) {
    throw bad('This text is neither a code nor an address with one.');
  }
  if (code.length < 8) throw bad(`A code is longer than ${code.length} characters; a part of it is missing.`);
  return { code, state: null, address: null };
}

function fromQuery(query: URLSearchParams, url: URL | null): PastedCallback {
  if (query.has('client_id') && !query.has('code')) {
    throw bad('This is an install link: it leads to the consent page and carries no code yet.');
  }
  const refusal = query.get('error');
  if (refusal !== null) {
    const denied = refusal === 'access_denied';
    throw new AppError(
      denied ? 'cancelled' : 'bad_input',
      denied
        ? 'This address says that the install was not allowed on the consent page.'
        : 'This address carries an error instead of a code.',
      { remedy: 'Begin the install again and choose Allow & Install.' },
    );
  }
  const codes = query.getAll('code').filter((code) => code.trim() !== '');
  const [code] = codes;
  if (code === undefined) throw bad('This address carries no code.');
  if (codes.length > 1) throw bad('This address carries more than one code.');
  const address = url === null ? null : url.origin + url.pathname;
  return { code: code.trim(), state: query.get('state') || null, address };
}

function firstAddress(text: string): URL | null {
  // Mail programs and terminals break long addresses over several lines.
  const joined = /^https?:\/\/\S+(?:\s*[\r\n]+\s*\S+)+$/i.test(text) ? text.replaceAll(/\s+/g, '') : text;
  const found = /https?:\/\/[^\s"'<>]+/i.exec(joined)?.[0];
  return found !== undefined && URL.canParse(found) ? withFragmentRead(new URL(found)) : null;
}

/** A code behind `#` instead of `?` is read as well. */
function withFragmentRead(url: URL): URL {
  if (!url.searchParams.has('code') && /^#\??(?:.*&)?code=/.test(url.hash)) {
    url.search = url.hash.replace(/^#\??/, '');
  }
  return url;
}

function queryOf(text: string): URLSearchParams | null {
  return /^(?:\/\S*\?|\?|&)?(?:\w+=[^\s&]*&)*(?:code|error|client_id)=/.test(text)
    ? new URLSearchParams(text.replaceAll(/\s+/g, '').replace(/^[^?=]*\?/, ''))
    : null;
}

const unquoted = (text: string): string => text.replace(/^["'`<(]+/, '').replace(/["'`>)]+$/, '');

const bad = (sentence: string): AppError => new AppError('bad_input', sentence, { remedy: shape });
