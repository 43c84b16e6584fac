/** Where the exchange store keeps what, below the data folder. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

export type DataFolder = {
  readonly log: string;
  readonly derived: string;
  readonly bodies: string;
  readonly ownerLock: string;
  readonly ownerFile: string;
};

export function dataFolder(dataDir: string): DataFolder {
  return {
    log: join(dataDir, 'exchanges.db'),
    derived: join(dataDir, 'derived.db'),
    bodies: join(dataDir, 'bodies'),
    ownerLock: join(dataDir, 'run', 'owner.lock'),
    ownerFile: join(dataDir, 'run', 'owner.json'),
  };
}

/** Makes the folders, readable by this user alone. Throws what the file system reports. */
export function makeDataFolder(dataDir: string): void {
  const folder = dataFolder(dataDir);
  for (const path of [dataDir, folder.bodies, join(dataDir, 'run')]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
}
