/** How long the public address waits for what; all in ms. */
export type TunnelTiming = {
  /** A self-test has failed when nothing came back by then. */
  readonly selfTestMs: number;
  /** From starting the agent's process to the endpoint at ngrok's edge. */
  readonly connectMs: number;
  /** The first wait after a failure; each further one is twice as long. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** An attempt after at least this long online begins anew with the shortest wait. */
  readonly stableMs: number;
  /** Between two self-tests of an address that works. */
  readonly recheckMs: number;
  /** The same where ngrok counts each request against the plan (20,000 a month on the free one; ngrok docs: free plan limits). */
  readonly ngrokRecheckMs: number;
  /** Between two heartbeats with the edge, and how much later than that an answer may come. Whole seconds. */
  readonly heartbeatMs: number;
  /** Between two pings to the agent's process; without an answer for three of them it hangs. */
  readonly pingMs: number;
};

export const defaultTiming: TunnelTiming = {
  selfTestMs: 10_000,
  connectMs: 15_000,
  firstRetryMs: 250,
  longestRetryMs: 8000,
  stableMs: 10_000,
  recheckMs: 60_000,
  ngrokRecheckMs: 15 * 60_000,
  heartbeatMs: 2000,
  pingMs: 2000,
};

/** The wait before the attempt that follows `failures` failures in a row (1 or more). */
export const retryDelay = (failures: number, { firstRetryMs, longestRetryMs }: TunnelTiming): number =>
  Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 20));
