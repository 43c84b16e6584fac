/** The schema of `exchanges.db`: captures, and what the developer does with them. What is derived from them lives in `derived.db`. */
import type { Migrations } from './migrations.ts';

/** Marks the file as ours: "HLCx" as a 32-bit number. */
export const APPLICATION_ID = 0x484c4378;

/**
 * Bodies stay in the row up to 256 KiB and are files named in `*_body_file` beyond. `answers` has at most one row an
 * exchange: none while it is pending. `completions` numbers the answers that came later than their exchange, so that a
 * reader can ask for those it has not seen. `meta.log_id` tells one log from another that took its place.
 *
 * `kept` has the pins and notes. A row in `deleted` takes its exchange out of every list; the exchange itself goes when
 * the time of its deletion is up. `doomed_files` are bodies whose rows are gone. `revisions` numbers the exchanges whose
 * search text changed or that are gone, for the deriving worker to follow. `meta.end_seq` is where the log once ended:
 * no seq is given twice.
 */
export const captureMigrations: Migrations = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  INSERT INTO meta VALUES ('log_id', lower(hex(randomblob(16))));

  CREATE TABLE exchanges (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    direction TEXT NOT NULL,
    received_at REAL NOT NULL,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    http_version TEXT,
    remote_address TEXT,
    profile_id TEXT,
    cause_id TEXT,
    body_bytes INTEGER NOT NULL,
    body_sha256 TEXT NOT NULL,
    body_complete INTEGER NOT NULL,
    body_marks TEXT,
    body_file TEXT,
    headers TEXT NOT NULL,
    body BLOB
  ) STRICT;
  CREATE INDEX exchanges_purpose ON exchanges (purpose);

  CREATE TABLE answers (
    seq INTEGER PRIMARY KEY REFERENCES exchanges (seq),
    status INTEGER,
    outcome TEXT NOT NULL,
    error TEXT,
    finished_at REAL NOT NULL,
    timings TEXT,
    body_bytes INTEGER NOT NULL,
    body_sha256 TEXT NOT NULL,
    body_complete INTEGER NOT NULL,
    body_marks TEXT,
    body_file TEXT,
    headers TEXT NOT NULL,
    body BLOB
  ) STRICT;

  CREATE TABLE completions (
    number INTEGER PRIMARY KEY,
    seq INTEGER NOT NULL
  ) STRICT;

  PRAGMA application_id = ${APPLICATION_ID};
  `,
  'CREATE INDEX exchanges_cause ON exchanges (cause_id) WHERE cause_id IS NOT NULL;',
  // What came from a file: JSON of its name and of when it was read; null for what crossed a wire of ours.
  'ALTER TABLE exchanges ADD COLUMN imported TEXT;',
  `
  CREATE TABLE kept (
    seq INTEGER PRIMARY KEY REFERENCES exchanges (seq),
    pinned INTEGER NOT NULL,
    note TEXT
  ) STRICT;

  CREATE TABLE deletions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    until REAL NOT NULL
  ) STRICT;

  CREATE TABLE deleted (
    seq INTEGER PRIMARY KEY REFERENCES exchanges (seq),
    deletion INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX deleted_deletion ON deleted (deletion);

  CREATE TABLE doomed_files (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  CREATE TABLE revisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    seq INTEGER NOT NULL
  ) STRICT;
  `,
  // The connection of an outgoing request, as JSON.
  'ALTER TABLE answers ADD COLUMN connection TEXT;',
];

/** Where the log ends, read as `seq`: its last exchange, or the last one there ever was. `schema` as in `log.`. */
export const endOfLog = (schema = ''): string =>
  `SELECT max(coalesce((SELECT max(seq) FROM ${schema}exchanges), 0),
     coalesce((SELECT CAST(value AS INTEGER) FROM ${schema}meta WHERE name = 'end_seq'), 0)) AS seq`;
