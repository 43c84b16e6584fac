import { watch, type FSWatcher } from 'node:fs';
import type { Log } from '../ports.ts';

export type FolderWatch = {
  /** Watches these folders and no others. @returns whether any of them was not watched before */
  follow(folders: readonly string[]): boolean;
  close(): void;
};

/** Each folder is watched by itself: not every system watches what lies deeper. */
export function createFolderWatch(onChange: () => void, log: Log): FolderWatch {
  const watchers = new Map<string, FSWatcher>();

  const add = (folder: string): boolean => {
    try {
      const watcher = watch(folder, { persistent: false }, onChange);
      watcher.on('error', (cause) => {
        // It was removed, or the system has no more watches to give.
        log('debug', 'a folder of a collection is no longer watched', { cause });
        watchers.delete(folder);
        watcher.close();
        onChange();
      });
      watchers.set(folder, watcher);
      return true;
    } catch (cause) {
      log('warn', 'a folder of a collection cannot be watched', { cause });
      return false;
    }
  };

  return {
    follow(folders) {
      const wanted = new Set(folders);
      for (const [folder, watcher] of watchers) {
        if (wanted.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      return folders.filter((folder) => !watchers.has(folder) && add(folder)).length > 0;
    },
    close() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}
