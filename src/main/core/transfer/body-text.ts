/** Bytes as text where they are valid UTF-8, as base64 otherwise; and back. */

export type BodyContent = { readonly text: string } | { readonly base64: string };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Null where the bytes are no UTF-8. A byte order mark stays. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    // Bytes that are no text travel as base64.
    return null;
  }
}

export function contentOf(bytes: Uint8Array): BodyContent {
  const text = textOf(bytes);
  return text === null ? { base64: Buffer.from(bytes).toString('base64') } : { text };
}

/** The bytes again; null where neither was given. */
export function bytesOf(content: {
  readonly text?: string | undefined;
  readonly base64?: string | undefined;
}): Uint8Array | null {
  if (content.base64 !== undefined) return Buffer.from(content.base64, 'base64');
  return content.text === undefined ? null : Buffer.from(content.text);
}
