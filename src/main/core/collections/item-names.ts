/** Names of files and folders made from what people call their requests. */

export const requestSuffix = '.request.yaml';

/** Taken by Windows, whatever follows their first dot. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

const longest = 80;
/** In UTF-8: what a file is called while it is written has to fit into the 255 bytes of a name. */
const mostBytes = 180;

/** Letters and digits of a name with hyphens between them, fit for every file system. */
export function fileNameOf(name: string): string {
  const words = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  const plain = beginning(words).replaceAll(/^-+|-+$/g, '');
  if (plain === '') return 'unnamed';
  return reserved.test(plain) ? `${plain}-request` : plain;
}

/** Whole characters of it. */
function beginning(text: string): string {
  let kept = '';
  for (const character of text) {
    const longer = kept + character;
    if (longer.length > longest || Buffer.byteLength(longer) > mostBytes) break;
    kept = longer;
  }
  return kept;
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
