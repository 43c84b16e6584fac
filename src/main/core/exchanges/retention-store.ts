/** The retention rules and the last run, kept with the log they are about: another log begins without rules. */
import type { DatabaseSync } from 'node:sqlite';
import { retentionRules, retentionState } from '../../../shared/model/care.ts';
import type { RetentionRules, RetentionState } from '../../../shared/model/care.ts';

function read(db: DatabaseSync, schema: string, name: string): unknown {
  const value = db.prepare(`SELECT value FROM ${schema}meta WHERE name = ?`).get(name)?.['value'];
  return typeof value === 'string' ? JSON.parse(value) : undefined;
}

function write(db: DatabaseSync, name: string, value: unknown): void {
  db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
    name,
    JSON.stringify(value),
  );
}

/** No rules where none were set, or none that can be read: then nothing is deleted. `schema` as in `log.`. */
export function readRules(db: DatabaseSync, schema = ''): RetentionRules {
  const rules = retentionRules.safeParse(read(db, schema, 'retention_rules'));
  return rules.success ? rules.data : {};
}

export function writeRules(db: DatabaseSync, rules: RetentionRules): void {
  write(db, 'retention_rules', rules);
}

export function writeLastRun(db: DatabaseSync, last: NonNullable<RetentionState['last']>): void {
  write(db, 'retention_last', last);
}

export function readRetention(db: DatabaseSync, schema: string): RetentionState {
  const last = retentionState.shape.last.safeParse(read(db, schema, 'retention_last') ?? null);
  const pragma = (name: string): number => {
    const row = db.prepare(`PRAGMA ${schema}${name}`).get() ?? {};
    return Number(Object.values(row)[0] ?? 0);
  };
  const page = pragma('page_size');
  return {
    rules: readRules(db, schema),
    last: last.success ? last.data : null,
    databaseBytes: pragma('page_count') * page,
    freeBytes: pragma('freelist_count') * page,
  };
}
