/** Writes which exchange names which entity. Runs in the deriving worker, in the transactions of the facts. */
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Mention } from '../../../shared/model/relations.ts';
import { mentionsOfCall } from './mentions.ts';

export type MentionStore = {
  /** @param at when the exchange began, ms since the epoch */
  write(seq: number, at: number, mentions: readonly Mention[]): void;
  /** Reads an API call with whatever answer it has, and writes what it names. */
  deriveCall(seq: number): void;
};

/** Larger bodies are not searched for ids; path and query are. */
const MOST_BODY_BYTES = 256 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function createMentionStore(db: DatabaseSync): MentionStore {
  const insert = db.prepare(
    `INSERT INTO mentions (kind, entity_id, at, seq, subject) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET subject = max(subject, excluded.subject)`,
  );
  const call = db.prepare(
    `SELECT e.received_at, e.method, e.url, e.body, a.body AS answer_body FROM log.exchanges e
     LEFT JOIN log.answers a ON a.seq = e.seq WHERE e.seq = ?`,
  );

  const write: MentionStore['write'] = (seq, at, mentions) => {
    for (const { kind, id, subject } of mentions) insert.run(kind, id, at, seq, subject ? 1 : 0);
  };

  const deriveCall = (seq: number): void => {
    const row = call.get(seq);
    if (row === undefined) return;
    const mentions = mentionsOfCall({
      method: String(row['method']),
      url: String(row['url']),
      requestBody: jsonOf(row['body']),
      answerBody: jsonOf(row['answer_body']),
    });
    write(seq, Number(row['received_at']), mentions);
  };

  return { write, deriveCall };
}

function jsonOf(value: SQLOutputValue | undefined): unknown {
  if (!(value instanceof Uint8Array) || value.length === 0 || value.length > MOST_BODY_BYTES)
    return undefined;
  try {
    return JSON.parse(utf8.decode(value));
  } catch {
    // Compressed, or no JSON: it names nothing that could be read.
    return undefined;
  }
}
