/** Names of files and folders made from what people call their requests. */

export const requestSuffix = '.request.yaml';

/** Taken by Windows, whatever follows their first dot. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

const longest = 80;

/** Letters and digits of a name with hyphens between them, fit for every file system. */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, '');
  if (plain === '') return 'unnamed';
  return reserved.test(plain) ? `${plain}-request` : plain;
}

/**
 * The name with a number where it is taken: file systems of Windows and macOS do not tell capitals apart.
 *
 * @param taken names in the same folder
 */
export function freeName(name: string, suffix: string, taken: readonly string[]): string {
  const lower = new Set(taken.map((one) => one.normalize('NFC').toLowerCase()));
  for (let number = 1; ; number += 1) {
    const candidate = `${name}${number === 1 ? '' : `-${number}`}${suffix}`;
    if (!lower.has(candidate.toLowerCase())) return candidate;
  }
}

/** The file name without what marks it as a request; null for other files. */
export function requestNameOf(fileName: string): string | null {
  return /^(.+)\.request\.ya?ml$/i.exec(fileName)?.[1] ?? null;
}
