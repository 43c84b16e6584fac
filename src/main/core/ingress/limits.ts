/** What the listener puts up with. It is the one thing the internet can reach, so every limit is set on purpose. */
export type IngressLimits = {
  /** A larger body is cut and answered 413. HighLevel's are a few KiB; attachments come as links. */
  readonly bodyBytes: number;
  /** All bodies being received at one time, so that a flood cannot take the memory. Over it: 503. */
  readonly bodyBytesInFlight: number;
  /** After a 413, this much more is read and dropped, so that a sender that writes before it reads sees the answer. */
  readonly drainBytes: number;
  /** And for no longer than this. */
  readonly drainMs: number;
  /** All headers of a request together. Node's default of 16 KiB is short for proxies that add their own. */
  readonly headerBytes: number;
  /** From the first byte to the end of the headers: slow loris. */
  readonly headersTimeoutMs: number;
  /** From the first byte to the end of the body: 25 MiB over a slow tunnel, and slow loris again. */
  readonly requestTimeoutMs: number;
  /** Longer than the tunnel agent's own idle time, so that it is the agent that closes and no request meets a closing socket. */
  readonly keepAliveTimeoutMs: number;
  /** How often the timeouts are looked at. */
  readonly checkIntervalMs: number;
  /** Further connections are dropped at once. */
  readonly connections: number;
  /** `dispose` waits this long for requests that have begun. */
  readonly closeMs: number;
};

const MIB = 1024 * 1024;

export const defaultLimits: IngressLimits = {
  bodyBytes: 25 * MIB,
  bodyBytesInFlight: 256 * MIB,
  drainBytes: 64 * MIB,
  drainMs: 5000,
  headerBytes: 64 * 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 120_000,
  keepAliveTimeoutMs: 75_000,
  checkIntervalMs: 2000,
  connections: 1024,
  closeMs: 2000,
};
