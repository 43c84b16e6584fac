import type { EntryName, Ports } from '../../core/ports.ts';

const names = ['captureWorker', 'deriveWorker', 'documentReader', 'tunnelAgent', 'simulator'] as const;

/** Beside the built host, all in `out/main`. */
const built: Readonly<Record<EntryName, string>> = {
  captureWorker: './capture-worker.js',
  deriveWorker: './derive-worker.js',
  documentReader: './document-reader.js',
  tunnelAgent: './tunnel-agent.js',
  simulator: './simulator.js',
};

/** From this file, where the sources run as they are. */
const sources: Readonly<Record<EntryName, string>> = {
  captureWorker: '../../core/exchanges/capture-worker.ts',
  deriveWorker: '../../core/exchanges/derive-worker.ts',
  documentReader: '../../core/catalogue/import/reader-worker.ts',
  tunnelAgent: '../../core/tunnel/agent/main.ts',
  simulator: '../../../simulator/main.ts',
};

const isSource = (url: string): boolean => new URL(url).pathname.endsWith('.ts');

/**
 * Where our further programs are.
 * @param hostEntry `import.meta.url` of the host's own entry file, which the build puts beside the others
 */
export function locateEntries(hostEntry: string): Ports['entries'] {
  const [paths, base] = isSource(hostEntry) ? [sources, import.meta.url] : [built, hostEntry];
  const located = names.map((name) => [name, new URL(paths[name], base)] as const);
  return Object.fromEntries(located) as Record<EntryName, URL>;
}

/** The folder of the built window. @param hostEntry as for `locateEntries` */
export function locateRenderer(hostEntry: string): URL {
  return isSource(hostEntry)
    ? new URL('../../../../out/renderer/', import.meta.url)
    : new URL('../renderer/', hostEntry);
}
