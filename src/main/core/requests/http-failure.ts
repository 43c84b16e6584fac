/** Says in one sentence why a request brought no whole answer. */
import type { RequestFailure } from '../../../shared/model/request.ts';

export type FailureKind = RequestFailure;

export type HttpFailure = { readonly kind: FailureKind; readonly sentence: string };

type Circumstances = {
  readonly host: string;
  readonly timeoutMs: number;
  readonly cancelled: boolean;
  readonly timedOut: boolean;
  /** True when the head of the answer had arrived. */
  readonly answered: boolean;
};

const unreachable: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing is listening there',
  ENOTFOUND: 'its name cannot be resolved',
  EAI_AGAIN: 'its name cannot be resolved just now',
  EHOSTUNREACH: 'there is no way to it from this machine',
  ENETUNREACH: 'this machine is not connected to a network that reaches it',
  ECONNABORTED: 'the connection was aborted',
};

/** `error` is what the HTTP client reported; of its text only the code is used, so that no address or secret slips through. */
export function failureOf(error: Error & { readonly code?: string }, seen: Circumstances): HttpFailure {
  const { host } = seen;
  const code = error.code ?? '';
  if (seen.cancelled) return { kind: 'cancelled', sentence: `The request to ${host} was cancelled.` };
  if (seen.timedOut) {
    const seconds = seen.timeoutMs / 1000;
    return { kind: 'timeout', sentence: `${host} did not answer within ${seconds} s.` };
  }
  const reason = unreachable[code];
  if (reason !== undefined) return { kind: 'unreachable', sentence: `${host} cannot be reached: ${reason}.` };
  if (seen.answered) {
    return { kind: 'cut-off', sentence: `${host} broke the connection off in the middle of its answer.` };
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return { kind: 'reset', sentence: `${host} closed the connection without answering.` };
  }
  if (code === 'ERR_PROXY_TUNNEL') {
    return { kind: 'unreachable', sentence: `The proxy did not open a way to ${host}.` };
  }
  if (/^(?:CERT_|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) {
    return { kind: 'unreachable', sentence: `${host} has no certificate this machine trusts (${code}).` };
  }
  const named = code === '' ? '' : ` (${code})`;
  return { kind: 'failed', sentence: `The request to ${host} failed${named}.` };
}
