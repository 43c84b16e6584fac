import { join } from 'node:path';
import type { Plugin } from 'vite';
import { collectNotices, type Notice } from './collect.ts';

const id = 'virtual:third-party-notices';

/**
 * Gives the window its notices as the module `virtual:third-party-notices`, and fails a build that takes in a package
 * without one.
 */
export function thirdPartyNotices(root: string): Plugin {
  let collected: Notice[] | null = null;
  const notices = (): Notice[] => (collected ??= collectNotices(root));
  return {
    name: 'third-party-notices',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (asked) =>
      asked === `\0${id}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(notices()))});` : null,
    generateBundle(_options, bundle) {
      const known = new Set(notices().map(({ name }) => name));
      const modules = Object.values(bundle).flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
      const unknown = modules
        .map((file) => packageIn(file, root))
        .find((name) => name !== null && !known.has(name));
      if (typeof unknown === 'string') this.error(`${unknown} is built in and has no third-party notice`);
    },
  };
}

/** The package of a module: of `node_modules/a/node_modules/@b/c/index.js` it is `@b/c`. */
function packageIn(file: string, root: string): string | null {
  const inside = file.replace(/^\0/, '').replaceAll('\\', '/');
  if (!inside.startsWith(join(root, 'node_modules').replaceAll('\\', '/'))) return null;
  return /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(inside)?.[1] ?? null;
}
