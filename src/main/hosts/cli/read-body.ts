/** JSON as its value, other text as it is, bytes that are no text as base64; null where there is none. */
export function readBody(body: { text: string } | { base64: string }): unknown {
  if ('base64' in body) return body;
  if (body.text === '') return null;
  try {
    const value: unknown = JSON.parse(body.text);
    return value;
  } catch {
    // Not JSON: the text itself.
    return body.text;
  }
}
