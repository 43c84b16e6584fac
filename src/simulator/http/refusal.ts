const ERROR_NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** Thrown by a handler to answer with an error body. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}

/** The error body most endpoints answer with: status, message, and the name of the status. */
export function refuse(
  status: number,
  message: string | readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Refusal {
  const error = ERROR_NAMES[status];
  return new Refusal(status, { statusCode: status, message, ...(error && { error }), ...more });
}

const ERROR_CODES: Readonly<Record<number, string>> = { 400: 'INVALID_ARGUMENT', 404: 'RESOURCE_NOT_FOUND' };

/** The same refusal in the form of newer v3 operations, which know no 422. Others than 400 and 404 keep theirs. */
export function coded({ status, body }: Refusal): Refusal {
  const known = status === 422 ? 400 : status;
  const code = ERROR_CODES[known];
  if (code === undefined) return new Refusal(status, body);
  const messages = [body['message']].flat();
  const error = { code, message: messages.map(String).join(', '), details: { messages } };
  return new Refusal(known, { error });
}

/** The token endpoint's error body, which has no `error` name. */
export function refuseGrant(message: string): Refusal {
  return new Refusal(400, { statusCode: 400, message });
}
