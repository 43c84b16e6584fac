import type { Random } from '../world/random.ts';

export type FaultKind =
  /** Answers this status instead of doing the work. */
  | { readonly type: 'status'; readonly status: number }
  /** Drops the connection before doing the work. */
  | { readonly type: 'reset' }
  /** Does the work, then drops the connection without an answer. */
  | { readonly type: 'lost' }
  /** Takes the request and never answers. */
  | { readonly type: 'hang' }
  /** Does the work, sends half of the answer, then drops the connection. */
  | { readonly type: 'cut' }
  /** Does the work, then answers 200 with bytes that are not JSON. */
  | { readonly type: 'garbage' }
  /** Waits this long before doing the work. */
  | { readonly type: 'delay'; readonly ms: number };

export interface Fault {
  /** Applies to this path and everything below it; `/` is everything but the control API. */
  readonly path: string;
  /** Only for this method; any when absent. */
  readonly method?: string;
  readonly kind: FaultKind;
  /** How likely it strikes each time, above 0 and up to 1. Default 1. */
  readonly probability?: number;
  /** How often it strikes at most. Default unlimited. */
  readonly count?: number;
}

const FORM =
  /^(?:([A-Z]+) )?(\/[^:\s]*):(\d{3}|reset|lost|hang|cut|garbage|delay=\d+)(?::([\d.]+))?(?:x(\d+))?$/;

/**
 * Reads a fault as written on the command line:
 *
 *     [METHOD ]PATH:KIND[:PROBABILITY][xCOUNT]
 *
 * KIND is a status (400 to 599), `reset`, `lost`, `hang`, `cut`, `garbage` or `delay=MILLISECONDS`.
 *
 *     /oauth/token:500              every call to the token endpoint fails
 *     /oauth/token:lostx1           the first call is done, but its answer never arrives
 *     POST /contacts:429:0.5        half of the POSTs to and below /contacts are refused
 *     /contacts:delay=500x2         the first two calls take half a second longer
 *     /contacts:hang:0.1x3          each call hangs with one chance in ten, three times at most
 *
 * @throws Error with one sentence that names the value.
 */
export function parseFault(spec: string): Fault {
  const match = FORM.exec(spec);
  if (match === null) throw faultError(spec, 'write it as [METHOD ]PATH:KIND[:PROBABILITY][xCOUNT]');
  const [, method, path = '/', kindText = '', probabilityText, countText] = match;
  const kind = parseKind(spec, kindText);
  const probability = probabilityText === undefined ? undefined : Number(probabilityText);
  if (probability !== undefined && !(probability > 0 && probability <= 1)) {
    throw faultError(spec, 'its probability must be above 0 and at most 1');
  }
  const count = countText === undefined ? undefined : Number(countText);
  if (count === 0) throw faultError(spec, 'its count must be at least 1');
  return {
    path,
    kind,
    ...(method !== undefined && { method }),
    ...(probability !== undefined && { probability }),
    ...(count !== undefined && { count }),
  };
}

function parseKind(spec: string, text: string): FaultKind {
  switch (text) {
    case 'reset':
    case 'lost':
    case 'hang':
    case 'cut':
    case 'garbage':
      return { type: text };
  }
  if (text.startsWith('delay=')) return { type: 'delay', ms: Number(text.slice('delay='.length)) };
  const status = Number(text);
  if (status < 400 || status > 599) throw faultError(spec, 'its status must be between 400 and 599');
  return { type: 'status', status };
}

function faultError(spec: string, reason: string): Error {
  return new Error(`The fault "${spec}" cannot be used: ${reason}.`);
}

/** The command-line form of a fault. */
export function formatFault(fault: Fault): string {
  const { kind } = fault;
  const name =
    kind.type === 'status' ? String(kind.status) : kind.type === 'delay' ? `delay=${kind.ms}` : kind.type;
  const method = fault.method === undefined ? '' : `${fault.method} `;
  const probability = fault.probability === undefined ? '' : `:${fault.probability}`;
  const count = fault.count === undefined ? '' : `x${fault.count}`;
  return `${method}${fault.path}:${name}${probability}${count}`;
}

/** The faults in force. */
export interface Faults {
  set(faults: readonly Fault[]): void;
  list(): readonly Fault[];
  /** The fault that strikes this request, counted as used. */
  strike(method: string, path: string): FaultKind | undefined;
}

export function createFaults(initial: readonly Fault[], random: Random): Faults {
  let armed: { fault: Fault; left: number }[] = [];
  const set = (faults: readonly Fault[]): void => {
    armed = faults.map((fault) => ({ fault, left: fault.count ?? Infinity }));
  };
  set(initial);
  return {
    set,
    list: () =>
      armed
        .filter((entry) => entry.left > 0)
        .map(({ fault, left }) => (fault.count === undefined ? fault : { ...fault, count: left })),
    strike(method, path) {
      for (const entry of armed) {
        if (entry.left === 0 || !covers(entry.fault, method, path)) continue;
        if (random.fraction() >= (entry.fault.probability ?? 1)) continue;
        entry.left -= 1;
        return entry.fault.kind;
      }
      return undefined;
    },
  };
}

function covers(fault: Fault, method: string, path: string): boolean {
  if (path === '/' || path.startsWith('/_simulator')) return false;
  if (fault.method !== undefined && fault.method !== method) return false;
  const base = fault.path.replace(/\/$/, '');
  return path === base || path.startsWith(`${base}/`);
}
