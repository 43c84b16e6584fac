/**
 * The closed set of failures a caller can act on. Whatever is not one of these crosses the boundary as `internal`,
 * with a log reference and nothing else.
 */
export const appErrorCodes = [
  'bad_input',
  'not_found',
  'conflict',
  'port_busy',
  'data_folder_unusable',
  'disk_full',
  'database_corrupt',
  'database_newer',
  'database_locked',
  'owner_exists',
  'vault_locked',
  'vault_unavailable',
  'secret_missing',
  'state_mismatch',
  'state_reused',
  'token_endpoint_unreachable',
  'token_endpoint_refused',
  'token_answer_unreadable',
  'no_token',
  'request_failed',
  'simulator_failed',
  'tunnel_failed',
  'unsupported',
  'cancelled',
  'timeout',
  'internal',
] as const;

export type AppErrorCode = (typeof appErrorCodes)[number];

export type AppErrorOptions = {
  /** What the user can do about it, one sentence. */
  readonly remedy?: string;
  /** The exchange in which the failure can be seen, if there is one. */
  readonly exchangeId?: string;
  /** True when the same call may well succeed later. */
  readonly retryable?: boolean;
  /** Logged, never sent across the boundary. */
  readonly cause?: unknown;
};

/**
 * A failure with a sentence for the user. `message` names the field and the value that were wrong (never a secret,
 * a path of the machine's or a stack), so that it can be shown as it stands.
 */
export class AppError extends Error {
  readonly code: AppErrorCode;
  readonly remedy: string | undefined;
  readonly exchangeId: string | undefined;
  readonly retryable: boolean;

  constructor(code: AppErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.remedy = options.remedy;
    this.exchangeId = options.exchangeId;
    this.retryable = options.retryable ?? false;
  }
}

/** What crosses the boundary beside the sentence. */
export type AppErrorData = {
  readonly remedy?: string | undefined;
  readonly exchangeId?: string | undefined;
  readonly retryable?: boolean | undefined;
  /** For `internal`: where to look in the log. */
  readonly logReference?: string | undefined;
};
