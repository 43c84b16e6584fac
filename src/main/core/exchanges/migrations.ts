/** Brings a database to the present schema, one numbered step after the other. */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/model/app-error.ts';

/** The step at index n leads from `user_version` n to n + 1. Steps are never edited once released, only added. */
export type Migrations = readonly string[];

/** The schema the file has; 0 for an empty one. */
export function schemaVersion(db: DatabaseSync): number {
  const version = db.prepare('PRAGMA user_version').get()?.['user_version'];
  return typeof version === 'number' ? version : 0;
}

/** Throws `database_newer` for a file written by a newer companion. Changes nothing. */
export function refuseNewer(db: DatabaseSync, migrations: Migrations): void {
  const present = schemaVersion(db);
  if (present <= migrations.length) return;
  throw new AppError(
    'database_newer',
    `The exchange log was written by a newer companion (schema ${present}; this one knows up to ${migrations.length}). It was left as it is.`,
    { remedy: 'Update the companion, or choose another data folder.' },
  );
}

/** Runs the missing steps in one transaction each, so that a step that fails leaves the file as it was. */
export function migrate(db: DatabaseSync, migrations: Migrations): void {
  const present = schemaVersion(db);
  for (const [index, step] of migrations.entries()) {
    if (index < present) continue;
    db.exec('BEGIN IMMEDIATE');
    try {
      db.exec(step);
      db.exec(`PRAGMA user_version = ${index + 1}`);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
}
