/** The licences of everything that is built in: read from the packages themselves. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { usedPackages } from './used-packages.ts';
import { withoutText } from './without-text.ts';

export type Notice = {
  readonly name: string;
  readonly version: string;
  /** As the package declares it: `MIT`. */
  readonly licence: string;
  readonly address: string | null;
  readonly text: string;
};

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  homepage: z.string().optional(),
  repository: z.union([z.string(), z.object({ url: z.string() })]).optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});
type Manifest = z.infer<typeof manifest>;

/** By themselves: what the desktop runs in, and what the table of operations was read from. What they need is not built in. */
const besides = ['electron', '@gohighlevel/api-client'];

/**
 * Notices of the packages that the project's sources import, of those it depends on when it runs, and of all that
 * these need; by name and version. `root` is the folder of the project.
 *
 * @throws Error naming the packages without a licence text that are not listed in `without-text.ts`
 */
export function collectNotices(root: string): Notice[] {
  const own = readManifest(root);
  const used = usedPackages(join(root, 'src'));
  const built = Object.keys(own.devDependencies).filter((name) => used.has(name) && !besides.includes(name));
  const folders = new Set<string>();
  for (const name of [...Object.keys(own.dependencies), ...built]) visit(name, root, folders);
  for (const name of besides) folders.add(folderOf(name, root) ?? missing(name));
  const notices = new Map<string, Notice>();
  const silent: string[] = [];
  for (const folder of folders) {
    const { name, version, ...facts } = readManifest(folder);
    const licence = facts.license ?? 'not declared';
    const text = textIn(folder) ?? withoutText(name, licence);
    if (text === null) silent.push(`${name} ${version} (${licence})`);
    else notices.set(`${name} ${version}`, { name, version, licence, address: addressOf(facts), text });
  }
  if (silent.length > 0) {
    throw new Error(`no licence text in ${silent.join(', ')}: name them in scripts/notices/without-text.ts`);
  }
  return [...notices.values()].sort(
    (a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'),
  );
}

function missing(name: string): never {
  throw new Error(`the package ${name} is not installed; run "npm install"`);
}

/** Adds the folder of a package and of all it needs. */
function visit(name: string, from: string, folders: Set<string>): void {
  const folder = folderOf(name, from) ?? missing(name);
  if (folders.has(folder)) return;
  folders.add(folder);
  const { dependencies, optionalDependencies } = readManifest(folder);
  for (const needed of Object.keys(dependencies)) {
    // npm repeats optional ones among the others; those of other systems are not there.
    if (optionalDependencies[needed] === undefined) visit(needed, folder, folders);
  }
  for (const needed of Object.keys(optionalDependencies)) {
    if (folderOf(needed, folder) !== null) visit(needed, folder, folders);
  }
}

/** Where Node finds a package, asked from a folder. */
function folderOf(name: string, from: string): string | null {
  const folder = join(from, 'node_modules', name);
  if (existsSync(join(folder, 'package.json'))) return folder;
  return dirname(from) === from ? null : folderOf(name, dirname(from));
}

function readManifest(folder: string): Manifest {
  return manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

/** Licence and notice files, else the section of the description that holds the whole licence. */
function textIn(folder: string): string | null {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(?:licen[cs]e|copying|notice)(?:$|[.-])/i.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8').trim())
    .filter((text) => text !== '');
  if (files.length > 0) return files.join('\n\n');
  const readme = readdirSync(folder).find((name) => /^readme\.md$/i.test(name));
  const described = readme === undefined ? '' : readFileSync(join(folder, readme), 'utf8');
  const section = /^#*\s*licen[cs]e\s*\n(?:[-=]+\n)?(.*)/ims.exec(described)?.[1]?.trim();
  return section?.includes('Permission is hereby granted') === true ? section : null;
}

function addressOf({ homepage, repository }: Pick<Manifest, 'homepage' | 'repository'>): string | null {
  const given = homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? '';
  const address = given
    .replace(/^git\+/, '')
    .replace(/^git:/, 'https:')
    .replace(/\.git$/, '');
  return /^https?:\/\//.test(address) ? address : null;
}
