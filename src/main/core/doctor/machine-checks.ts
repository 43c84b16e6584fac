/** What the doctor asks of this machine: runtime, data folder, disk. */
import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { fail, ok, warn, type Finding } from './finding.ts';

const lowBytes = 1024 ** 3;
const emptyBytes = 50 * 1024 ** 2;

export function checkRuntime(version: string): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const runs = `Companion ${version} runs on Node ${process.versions.node}, ${process.platform} ${process.arch}.`;
  return major > 22 || (major === 22 && minor >= 13)
    ? ok(runs)
    : fail(
        `${runs} It needs Node 22.13 or newer.`,
        'Start it with npm start or npx hlc, which bring their own.',
      );
}

export async function checkDataFolder(dataDir: string): Promise<Finding> {
  try {
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok(`The data folder ${dataDir} can be written to.`);
  } catch {
    return fail(
      `The data folder ${dataDir} cannot be written to.`,
      'Give yourself the right to write there, or choose another folder with --data-dir.',
    );
  }
}

export async function checkDisk(dataDir: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const sentence = `${(free / 1024 ** 3).toFixed(1)} GiB are free on the disk of the data folder.`;
  const remedy = 'Make room, or let old exchanges go in Settings.';
  if (free < emptyBytes) return fail(`${sentence} Webhooks will soon be refused with 503.`, remedy);
  return free < lowBytes ? warn(sentence, remedy) : ok(sentence);
}
