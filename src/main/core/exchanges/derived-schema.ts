/** The schema of `derived.db`. It is never migrated: another version is deleted and built anew from the log. */

/** Raised with every change to this schema or to the way facts and search text are derived. */
export const DERIVED_VERSION = 6;

/**
 * `facts` has a row for every exchange derived so far, with everything lists filter by, so that filtering reads no
 * wider table; `progress.answers` says how far the answers that came late have been read. `search` has a document
 * numbered `2 * seq` for each exchange; when the answer came after that document was written, `late` names the exchange
 * and a second document, `2 * seq + 1`, holds everything (so that capturing only ever appends to the index). `words`
 * has the same documents by whole words. `mentions` says which exchange names which entity, ordered by when it took
 * place (a call is stored after the webhooks it caused). `progress.revisions` is how far changed notes and removed
 * exchanges have been followed.
 */
export const derivedSchema = `
  CREATE TABLE progress (
    log_id TEXT NOT NULL,
    facts INTEGER NOT NULL DEFAULT 0,
    search INTEGER NOT NULL DEFAULT 0,
    completions INTEGER NOT NULL DEFAULT 0,
    answers INTEGER NOT NULL DEFAULT 0,
    revisions INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE facts (
    seq INTEGER PRIMARY KEY,
    purpose TEXT NOT NULL,
    received_at REAL NOT NULL,
    method TEXT NOT NULL,
    status INTEGER,
    outcome TEXT NOT NULL,
    deliveries INTEGER NOT NULL,
    profile_id TEXT,
    type TEXT,
    category TEXT,
    webhook_id TEXT,
    location_id TEXT,
    company_id TEXT,
    app_id TEXT,
    timestamp TEXT,
    entity_id TEXT,
    verdict TEXT,
    scheme TEXT,
    key_owner TEXT,
    key_fingerprint TEXT,
    header TEXT,
    reason TEXT,
    duplicate_of TEXT,
    flags TEXT
  ) STRICT;
  CREATE INDEX facts_type ON facts (type) WHERE type IS NOT NULL;
  CREATE INDEX facts_category ON facts (category) WHERE category IS NOT NULL;
  CREATE INDEX facts_location ON facts (location_id, type) WHERE location_id IS NOT NULL;
  CREATE INDEX facts_company ON facts (company_id) WHERE company_id IS NOT NULL;
  CREATE INDEX facts_entity ON facts (entity_id) WHERE entity_id IS NOT NULL;
  CREATE INDEX facts_webhook ON facts (webhook_id) WHERE webhook_id IS NOT NULL;
  CREATE INDEX facts_profile ON facts (profile_id) WHERE profile_id IS NOT NULL;
  CREATE INDEX facts_verdict ON facts (verdict) WHERE verdict IS NOT NULL AND verdict <> 'valid';
  CREATE INDEX facts_duplicate ON facts (seq) WHERE duplicate_of IS NOT NULL;
  CREATE INDEX facts_forwarded ON facts (seq) WHERE deliveries > 0;
  CREATE INDEX facts_status ON facts (status) WHERE status NOT BETWEEN 200 AND 299;
  CREATE INDEX facts_outcome ON facts (outcome) WHERE outcome <> 'answered';
  CREATE INDEX facts_received ON facts (received_at);

  CREATE TABLE mentions (
    kind TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    at REAL NOT NULL,
    seq INTEGER NOT NULL,
    subject INTEGER NOT NULL,
    PRIMARY KEY (kind, entity_id, at, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX mentions_seq ON mentions (seq);

  CREATE VIRTUAL TABLE search USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'trigram');
  CREATE VIRTUAL TABLE search_terms USING fts5vocab (search, row);
  CREATE VIRTUAL TABLE words USING fts5 (text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
  CREATE VIRTUAL TABLE word_places USING fts5vocab (words, instance);
  CREATE TABLE late (seq INTEGER PRIMARY KEY, indexed INTEGER NOT NULL) STRICT;

  PRAGMA user_version = ${DERIVED_VERSION};
`;
