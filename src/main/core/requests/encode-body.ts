/** Bodies that are made of parts: forms, multipart bodies and files. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { RequestFile, ResolvedRequestDraft } from '../../../shared/model/request.ts';
import { fillVariables, type Variables } from './request-variables.ts';

export type EncodedBody = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Null for a body that is no text. */
  readonly text: string | null;
  readonly contentType: string;
};

/**
 * The body of a draft that is no text as typed; null where it is, or where there is none.
 *
 * @throws AppError `bad_input` naming a part whose variables have no value, or a file that is missing
 */
export async function encodeBody(
  draft: ResolvedRequestDraft,
  variables: Variables,
): Promise<EncodedBody | null> {
  switch (draft.bodyKind) {
    case 'form': {
      const form = new URLSearchParams();
      for (const { name, value } of draft.parts) form.append(name, filled(name, value, variables));
      const text = form.toString();
      return {
        bytes: new TextEncoder().encode(text),
        text,
        contentType: 'application/x-www-form-urlencoded',
      };
    }
    case 'multipart':
      return multipart(draft.parts, variables);
    case 'binary': {
      if (draft.file === null) {
        throw new AppError('bad_input', 'The body is to be a file, and none is chosen.', {
          remedy: 'Choose a file in the Body tab, or another kind of body.',
        });
      }
      return { bytes: bytesOf(draft.file), text: null, contentType: typeOf(draft.file) };
    }
    case 'json':
    case 'none':
    case null:
      return null;
  }
}

async function multipart(parts: ResolvedRequestDraft['parts'], variables: Variables): Promise<EncodedBody> {
  const form = new FormData();
  for (const { name, value, file } of parts) {
    if (file === null) form.append(name, filled(name, value, variables));
    else form.append(name, new File([bytesOf(file)], file.name, { type: typeOf(file) }));
  }
  const made = new Response(form);
  const contentType = made.headers.get('content-type') ?? 'multipart/form-data';
  return { bytes: new Uint8Array(await made.arrayBuffer()), text: null, contentType };
}

function filled(name: string, value: string, variables: Variables): string {
  return fillVariables(value, variables, `the field "${name}"`);
}

function bytesOf({ base64 }: RequestFile): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

function typeOf({ type }: RequestFile): string {
  return type === '' ? 'application/octet-stream' : type;
}
