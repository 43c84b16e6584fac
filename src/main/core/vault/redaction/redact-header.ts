import { placeholder } from './cuts.ts';
import { looksGenerated, secretField } from './field-names.ts';

/** Headers whose value is a URL, or may be one. */
const urlHeaders = new Set([
  'location',
  'content-location',
  'referer',
  'referrer',
  'refresh',
  'link',
  'origin',
]);

export const isUrlHeader = (name: string) => urlHeaders.has(name.toLowerCase());

/**
 * The value of a header that holds a secret by its name, masked: the scheme word of an `Authorization`, the names of
 * cookies and the attributes of a `Set-Cookie` stay readable. Null for all other headers.
 */
export function redactNamedHeader(name: string, value: string): string | null {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'proxy-authorization':
      return maskCredentials(value);
    case 'cookie':
      return value.split(';').map(maskCookie).join(';');
    case 'set-cookie': {
      const [cookie = '', ...attributes] = value.split(';');
      return [maskCookie(cookie), ...attributes].join(';');
    }
    default: {
      const field = secretField(name);
      return field !== null && value !== '' && (field.always || looksGenerated(value)) ? placeholder : null;
    }
  }
}

function maskCredentials(value: string): string {
  const scheme = /^\s*[a-z][\w-]*\s+(?=\S)/i.exec(value)?.[0];
  if (scheme !== undefined) return scheme + placeholder;
  return value.trim() === '' ? value : placeholder;
}

function maskCookie(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals < 0) return pair.trim() === '' ? pair : pair.replace(/\S.*/s, placeholder);
  return pair.slice(equals + 1).trim() === '' ? pair : pair.slice(0, equals + 1) + placeholder;
}
