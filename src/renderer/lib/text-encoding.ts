/** In which encoding a body is text, and whether it is any. */

export const textEncodings = [
  { value: 'utf-8', label: 'UTF-8' },
  { value: 'utf-16le', label: 'UTF-16 LE' },
  { value: 'utf-16be', label: 'UTF-16 BE' },
  { value: 'windows-1252', label: 'Latin-1 (Windows-1252)' },
] as const;

/** What the body begins with says more than its header; without either it is UTF-8, as JSON must be. */
export function encodingOf(contentType: string | null, start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const charset = /;\s*charset\s*=\s*"?([\w:.-]+)/i.exec(contentType ?? '')?.[1];
  return charset === undefined ? 'utf-8' : (knownEncoding(charset) ?? 'utf-8');
}

/** The name under which the browser knows a charset; null for one it does not. */
function knownEncoding(charset: string): string | null {
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    // Not among the encodings of the web.
    return null;
  }
}

/** More control characters than this, and what is read as text is none. */
const mostControls = 0.05;

function controlShare(text: string): number {
  let controls = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && (code < 8 || code > 13) && code !== 27) controls += 1;
  }
  return text.length === 0 ? 0 : controls / text.length;
}

/** Whether these first bytes of a body are text in an encoding; a character may be cut at their end. */
export function isText(bytes: Uint8Array, encoding = 'utf-8'): boolean {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return controlShare(text) <= mostControls;
  } catch {
    // The decoder throws for nothing else.
    return false;
  }
}
