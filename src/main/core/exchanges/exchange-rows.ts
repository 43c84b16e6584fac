/** Rows of the two databases as the model's exchanges. */
import type { SQLOutputValue } from 'node:sqlite';
import type {
  BodyInfo,
  Connection,
  Direction,
  EventFacts,
  ExchangeDetail,
  ExchangeSummary,
  HeaderPairs,
  ImportMark,
  KeyOwner,
  Outcome,
  Purpose,
  SecretMark,
  SignatureScheme,
  Timings,
} from '../../../shared/model/exchange.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';

export type Row = Record<string, SQLOutputValue>;

/** The columns of a summary, with `e`, `a` and `f` for exchange, answer and facts. */
export const SUMMARY_COLUMNS = `
  e.seq, e.id, e.purpose, e.direction, e.received_at, e.method, e.url, e.cause_id, e.imported, e.body_bytes,
  coalesce(f.profile_id, e.profile_id) AS profile_id,
  a.status, a.outcome, a.error, a.finished_at, a.body_bytes AS answer_bytes,
  coalesce(f.deliveries, 0) AS deliveries, f.type, f.category, f.webhook_id, f.location_id, f.company_id, f.app_id, f.timestamp, f.entity_id,
  f.verdict, f.scheme, f.key_owner, f.key_fingerprint, f.header, f.reason, f.duplicate_of, f.flags,
  (SELECT pinned FROM log.kept k WHERE k.seq = e.seq) AS pinned,
  (SELECT note FROM log.kept k WHERE k.seq = e.seq) AS note`;

export const DETAIL_COLUMNS = `${SUMMARY_COLUMNS},
  e.http_version, e.remote_address, e.headers, e.body_sha256, e.body_complete, e.body_marks,
  a.headers AS answer_headers, a.body_sha256 AS answer_sha256, a.body_complete AS answer_complete,
  a.body_marks AS answer_marks, a.timings, a.connection`;

const text = (value: SQLOutputValue | undefined): string => (typeof value === 'string' ? value : '');
const textOrNull = (value: SQLOutputValue | undefined): string | null =>
  typeof value === 'string' ? value : null;
const number = (value: SQLOutputValue | undefined): number => Number(value ?? 0);
const numberOrNull = (value: SQLOutputValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

/** JSON that the capture queue or the deriving worker wrote from the type named here. */
function json<T>(value: SQLOutputValue | undefined, otherwise: T): T {
  return typeof value === 'string' ? (JSON.parse(value) as T) : otherwise;
}

/**
 * The closed sets and brands below hold because every value in these columns was written from the same type by the
 * capture queue or the deriving worker.
 */
export function summaryOf(row: Row): ExchangeSummary {
  const receivedAt = number(row['received_at']);
  const finishedAt = numberOrNull(row['finished_at']);
  return {
    seq: number(row['seq']),
    id: text(row['id']) as ExchangeId,
    purpose: text(row['purpose']) as Purpose,
    direction: text(row['direction']) as Direction,
    receivedAt,
    method: text(row['method']),
    url: text(row['url']),
    status: numberOrNull(row['status']),
    outcome: (textOrNull(row['outcome']) ?? 'pending') as Outcome,
    error: textOrNull(row['error']),
    durationMs: finishedAt === null ? null : Math.max(0, finishedAt - receivedAt),
    requestBytes: number(row['body_bytes']),
    responseBytes: numberOrNull(row['answer_bytes']),
    profileId: textOrNull(row['profile_id']) as ProfileId | null,
    causeId: textOrNull(row['cause_id']) as ExchangeId | null,
    deliveries: number(row['deliveries']),
    event: row['verdict'] === null ? null : eventOf(row),
    imported: json<ImportMark | null>(row['imported'], null),
    pinned: row['pinned'] === 1,
    note: textOrNull(row['note']),
  };
}

function eventOf(row: Row): EventFacts {
  return {
    type: textOrNull(row['type']),
    category: textOrNull(row['category']),
    webhookId: textOrNull(row['webhook_id']),
    locationId: textOrNull(row['location_id']),
    companyId: textOrNull(row['company_id']),
    appId: textOrNull(row['app_id']),
    timestamp: textOrNull(row['timestamp']),
    entityId: textOrNull(row['entity_id']),
    signature: {
      verdict: text(row['verdict']) as EventFacts['signature']['verdict'],
      scheme: textOrNull(row['scheme']) as SignatureScheme | null,
      keyOwner: textOrNull(row['key_owner']) as KeyOwner | null,
      keyFingerprint: textOrNull(row['key_fingerprint']),
      header: textOrNull(row['header']),
      reason: text(row['reason']),
    },
    duplicateOf: textOrNull(row['duplicate_of']) as ExchangeId | null,
    flags: json<string[]>(row['flags'], []),
  };
}

export function detailOf(row: Row): ExchangeDetail {
  const answered = row['outcome'] !== null;
  return {
    ...summaryOf(row),
    httpVersion: textOrNull(row['http_version']),
    remoteAddress: textOrNull(row['remote_address']),
    requestHeaders: json<HeaderPairs>(row['headers'], []),
    requestBody: bodyInfo(row['body_bytes'], row['body_sha256'], row['body_complete'], row['body_marks']),
    responseHeaders: answered ? json<HeaderPairs>(row['answer_headers'], []) : null,
    responseBody: answered
      ? bodyInfo(row['answer_bytes'], row['answer_sha256'], row['answer_complete'], row['answer_marks'])
      : null,
    timings: json<Timings | null>(row['timings'], null),
    connection: json<Connection | null>(row['connection'], null),
    finishedAt: numberOrNull(row['finished_at']),
  };
}

type Value = SQLOutputValue | undefined;

function bodyInfo(bytes: Value, sha256: Value, complete: Value, marks: Value): BodyInfo {
  return {
    bytes: number(bytes),
    sha256: text(sha256),
    complete: number(complete) === 1,
    marks: json<SecretMark[]>(marks, []),
  };
}
