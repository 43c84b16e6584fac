/** What was pasted, ready to be decoded, and what had to be put right for that. */
export type CleanPayload = { readonly base64: string; readonly notes: readonly string[] };

/**
 * Takes the payload out of what developers paste: the whole message event, a quoted text, wrapped lines, percent
 * escapes, and blanks where a form had turned each `+` into one.
 */
export function cleanPayload(pasted: string): CleanPayload {
  const notes: string[] = [];
  let text = pasted.trim();
  const fromMessage = payloadOf(text);
  if (fromMessage !== null) {
    text = fromMessage;
    notes.push('The payload was taken out of the message around it.');
  }
  const quotes = /^(["'`])([\s\S]*)\1$/.exec(text);
  if (quotes?.[2] !== undefined) text = quotes[2].trim();
  if (/[\r\n]/.test(text)) text = text.replaceAll(/\s*[\r\n]+\s*/g, '');
  if (/%2[bf]|%3d/i.test(text)) {
    text = text.replaceAll(/%2b/gi, '+').replaceAll(/%2f/gi, '/').replaceAll(/%3d/gi, '=');
    notes.push('The payload was percent-encoded; it has been decoded first.');
  }
  if (text.includes(' ')) {
    text = text.replaceAll(' ', '+');
    notes.push('The payload had blanks where base64 has "+": a form or query had decoded them.');
  }
  return { base64: text, notes };
}

/** `payload` of the `REQUEST_USER_DATA_RESPONSE` message, or of a body such as `{"key":"…"}` with one text in it. */
function payloadOf(text: string): string | null {
  if (!text.startsWith('{')) return null;
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    // Not JSON: the pasted text is looked at as it stands.
    return null;
  }
  if (typeof message !== 'object' || message === null) return null;
  const salted = Object.values(message).find(
    (value): value is string => typeof value === 'string' && value.startsWith('U2FsdGVkX1'),
  );
  return salted ?? null;
}
