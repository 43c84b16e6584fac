import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** Names of the packages that the sources below a folder import; those of Node itself are left out. */
export function usedPackages(folder: string): Set<string> {
  const names = new Set<string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    for (const specifier of specifiersOf(file)) {
      const name = packageOf(specifier);
      if (name !== null) names.add(name);
    }
  }
  return names;
}

function specifiersOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const { staticImports, staticExports, dynamicImports } = parseSync(file, source).module;
  const exported = staticExports.flatMap(({ entries }) =>
    entries.map(({ moduleRequest }) => moduleRequest?.value ?? ''),
  );
  const dynamic = dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start + 1, end - 1));
  return [...staticImports.map(({ moduleRequest }) => moduleRequest.value), ...exported, ...dynamic];
}

/** `@scope/name/part` belongs to `@scope/name`; a file of ours and a module of Node to none. */
function packageOf(specifier: string): string | null {
  const name = /^(?:@[\w.-]+\/)?[\w.-]+(?=$|\/)/.exec(specifier)?.[0] ?? null;
  return name === null || name.startsWith('.') || /^(?:node|virtual):/.test(specifier) ? null : name;
}
