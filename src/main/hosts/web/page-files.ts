import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** The place in the page where the nonce of the answer goes. */
const nonceMark = '__CSP_NONCE__';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

export type PageFile = {
  readonly contentType: string;
  readonly cacheControl: string;
  read(): Promise<Buffer>;
};

export type PageFiles = {
  /** The page itself with its nonce; null where the window has not been built. */
  page(nonce: string): string | null;
  /** A file of the window by the exact path of a URL; null for every other path. */
  file(path: string): PageFile | null;
};

/**
 * The built window as a list of files made once: what is not on it does not exist, so that no path, however spelled,
 * leads out of the folder. Source maps are not on it.
 */
export function createPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const entry of listFiles(folder)) {
    const contentType = contentTypes[extname(entry)];
    if (contentType === undefined || entry === join(folder, 'index.html')) continue;
    const path = `/${relative(folder, entry).split(sep).join('/')}`;
    files.set(path, {
      contentType,
      // The build names these after their content.
      cacheControl: path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      read: () => readFile(entry),
    });
  }
  const page = readPage(folder);
  return {
    page: (nonce) => page?.replaceAll(nonceMark, nonce) ?? null,
    file: (path) => files.get(path) ?? null,
  };
}

function readPage(folder: string): string | null {
  try {
    return readFileSync(join(folder, 'index.html'), 'utf8');
  } catch {
    // Not built: the host says so on every page.
    return null;
  }
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}
