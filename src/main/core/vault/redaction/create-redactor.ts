import type { HeaderPairs } from '../../../../shared/model/exchange.ts';
import type { Redactor } from '../types.ts';
import { applyCuts, placeholder } from './cuts.ts';
import { looksGenerated, secretField } from './field-names.ts';
import { findCuts, shapeOf, type Shape } from './find-cuts.ts';
import type { KnownSecrets } from './known-secrets.ts';
import { createPieceRedactor } from './redact-pieces.ts';
import { isUrlHeader, redactNamedHeader } from './redact-header.ts';

const bearer = /\b(bearer|basic)(\s+)[\w\-.~+/]{8,}=*/gi;
/** Three base64url parts, the first two of which begin as an encoded `{"` does. */
const jsonWebToken = /\beyJ[\w-]{5,}\.eyJ[\w-]{5,}\.[\w-]*/g;
/**
 * `name=value`, `name: value`, `"name":"value"`. A name begins with the first letter there is and has an end: long words
 * without a sign after them would else be looked through once for each of their letters.
 */
const assignment = /(?<![A-Za-z_])([A-Za-z_][\w-]{0,199})(\\?["']?\s*[=:]\s*\\?["']?)([^\s"'&,;}\\]+)/g;

/** The redactor over what the vault knows. It changes nothing but the secrets. */
export function createRedactor(known: KnownSecrets): Redactor {
  function cutString(value: string, shape: Shape): string {
    const bytes = Buffer.from(value, 'utf8');
    const cuts = findCuts(bytes, shape, known);
    return cuts.length === 0 ? value : Buffer.from(applyCuts(bytes, cuts).bytes).toString('utf8');
  }

  function header(name: string, value: string): string {
    return redactNamedHeader(name, value) ?? cutString(value, isUrlHeader(name) ? 'url' : 'text');
  }

  return {
    url: (url) => cutString(url, 'url'),
    headers: (pairs) => pairs.map(([name, value]): HeaderPairs[number] => [name, header(name, value)]),
    body(bytes, contentType) {
      const cuts = findCuts(bytes, bodyShape(bytes, contentType), known);
      return applyCuts(bytes, cuts);
    },
    pieces: (contentType) => createPieceRedactor((start) => bodyShape(start, contentType), known),
    text(text) {
      return cutString(text, 'text')
        .replaceAll(bearer, `$1$2${placeholder}`)
        .replaceAll(jsonWebToken, placeholder)
        .replaceAll(assignment, (all, name: string, between: string, value: string) => {
          const field = secretField(name);
          const cut = field !== null && value !== placeholder && (field.always || looksGenerated(value));
          // The scheme word of an `Authorization` is no secret, and what follows it is masked by now.
          return cut && !/^(bearer|basic)$/i.test(value) ? `${name}${between}${placeholder}` : all;
        });
    },
  };
}

function bodyShape(bytes: Uint8Array, contentType: string | null): Shape {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') return 'form';
  if (type === 'application/json' || type.endsWith('+json')) return 'json';
  const shape = shapeOf(bytes);
  if (shape !== 'text' || type !== '') return shape;
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 64)).toString('latin1');
  return /^[\w.%-]+=/.test(start) ? 'form' : 'text';
}
