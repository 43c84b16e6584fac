/** What can be read from an error body of HighLevel, whichever of its shapes it has. */
export type ErrorBody = {
  /** Messages in order; HighLevel sends a string or an array of strings. */
  messages: string[];
  /** Short name of the error: `Unauthorized`, or the code of the newer v3 shape. */
  error: string | null;
  /** What to do about it, in v3 bodies that say so. */
  resolution: string | null;
  traceId: string | null;
};

/**
 * Reads an error body, already parsed or as text (HighLevel docs: API reference, common schemas):
 * `{statusCode, message, error, traceId}` or the v3 `{error: {code, message, details, resolution}}`. Never throws.
 */
export function readErrorBody(body: unknown): ErrorBody {
  const value = typeof body === 'string' ? parsed(body) : body;
  if (typeof value === 'string') return { ...empty, messages: plain(value) };
  if (!isRecord(value)) return empty;
  const nested = isRecord(value.error) ? value.error : null;
  return {
    messages: messagesOf(nested?.message ?? value.message ?? value.error_description),
    error: text(nested?.code ?? value.error),
    resolution: text(nested?.resolution),
    traceId: text(value.traceId ?? nested?.traceId),
  };
}

const empty: ErrorBody = { messages: [], error: null, resolution: null, traceId: null };

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Text that is no JSON is worth showing only when it is short and not a page of HTML. */
function plain(body: string): string[] {
  const line = body.trim();
  return line === '' || line.length > 300 || line.startsWith('<') ? [] : [line];
}

function messagesOf(message: unknown): string[] {
  const list = Array.isArray(message) ? message : [message];
  return list.filter((each): each is string => typeof each === 'string' && each !== '');
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
