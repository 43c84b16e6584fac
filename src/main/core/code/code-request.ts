import { AppError } from '../../../shared/model/app-error.ts';
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { RequestFile, ResolvedRequestDraft } from '../../../shared/model/request.ts';
import { encodeBody, type EncodedBody } from '../requests/encode-body.ts';
import { fillVariables, type Variables } from '../requests/request-variables.ts';
import { resolveRequest } from '../requests/resolve-request.ts';
import type { CodeBody, CodeFile, CodeRequest } from './types.ts';

/**
 * The request of a draft as a program sends it.
 *
 * @throws AppError `bad_input` as `resolveRequest` does, and for a header that no language can name
 */
export async function codeRequest(
  draft: ResolvedRequestDraft,
  profile: Profile,
  operation: Operation | null,
  variables: Variables,
  hasToken: boolean,
): Promise<CodeRequest> {
  const resolved = resolveRequest(draft, profile, operation, variables, await encodedBody(draft, variables));
  const odd = resolved.headers.find(([name]) => /['`$]/.test(name));
  if (odd !== undefined) {
    throw new AppError('bad_input', `The header "${odd[0]}" cannot be written in most languages.`);
  }
  const { method, url, headers, contentType } = resolved;
  const isJson = contentType !== null && /\bjson\b/i.test(contentType);
  const body = bodyOf(draft, variables, resolved.body, isJson);
  return { method, url: quotable(url), headers, hasToken, body };
}

/** Of the bodies that are made of parts, what the headers must say; the bytes are the program's. */
async function encodedBody(draft: ResolvedRequestDraft, variables: Variables): Promise<EncodedBody | null> {
  const { bodyKind, file } = draft;
  if (bodyKind === 'multipart') return null;
  if (bodyKind !== 'binary') return encodeBody(draft, variables);
  const { type } = fileOf(file ?? unnamed);
  return { bytes: new Uint8Array(), text: null, contentType: type };
}

function bodyOf(
  draft: ResolvedRequestDraft,
  variables: Variables,
  text: string | null,
  isJson: boolean,
): CodeBody {
  const { bodyKind, file, parts } = draft;
  if (bodyKind === 'binary') return { kind: 'file', file: fileOf(file ?? unnamed) };
  if (bodyKind === 'multipart') {
    return {
      kind: 'multipart',
      parts: parts.map((part) => ({
        name: part.name,
        value: part.file === null ? fillVariables(part.value, variables, `the field "${part.name}"`) : '',
        file: part.file === null ? null : fileOf(part.file),
      })),
    };
  }
  return text === null ? { kind: 'none' } : { kind: 'text', text, isJson };
}

/** No file is chosen yet: the code names one that is to be put in its place. */
const unnamed = { name: 'file.bin', type: '' };

function fileOf({ name, type }: Pick<RequestFile, 'name' | 'type'>): CodeFile {
  return { name, type: type === '' ? 'application/octet-stream' : type };
}

/** What quotes and variables of some language are made of is encoded: the address stays the same. */
function quotable(url: URL): URL {
  const encoded = url.href.replaceAll(
    /['$`!*()]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new URL(encoded);
}
