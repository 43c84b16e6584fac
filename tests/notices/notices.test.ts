import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { collectNotices } from '../../scripts/notices/collect.ts';

const root = join(import.meta.dirname, '../..');

test('there is a notice with a text for what the window, the core and the desktop are made of', () => {
  const notices = collectNotices(root);
  const byName = new Map(notices.map((one) => [one.name, one]));
  const some = [
    'react',
    '@base-ui/react',
    '@codemirror/view',
    'got',
    'zod',
    '@readme/httpsnippet',
    'electron',
  ];
  const wanted = [...some, '@fontsource-variable/inter', '@gohighlevel/api-client'];
  expect(wanted.filter((name) => (byName.get(name)?.text.length ?? 0) < 200)).toEqual([]);
  // Needed by others only, and needed by nobody who runs it.
  expect(byName.get('scheduler')?.licence).toBe('MIT');
  expect(byName.has('vitest')).toBe(false);
  expect(notices.filter(({ licence }) => licence === 'not declared')).toEqual([]);
});

/** A project of one package, with what that package carries. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hlc-notices-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const write = async (name: string, content: string): Promise<void> => {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  const packageOf = (name: string, more: object = {}): string =>
    JSON.stringify({ name, version: '1.0.0', license: 'MIT', ...more });
  await write('package.json', packageOf('own', { devDependencies: { one: '1.0.0' } }));
  await write('src/main.ts', `export { thing } from 'one/part';`);
  for (const name of ['electron', '@gohighlevel/api-client']) {
    await write(`node_modules/${name}/package.json`, packageOf(name));
    await write(`node_modules/${name}/LICENSE`, 'text');
  }
  await write('node_modules/one/package.json', packageOf('one', { dependencies: { two: '1.0.0' } }));
  await write('node_modules/one/LICENCE.md', 'the text of one');
  await write('node_modules/two/package.json', packageOf('two'));
  for (const [name, content] of Object.entries(files)) await write(`node_modules/${name}`, content);
  return folder;
}

test('a package without a licence text is named, unless its description holds the whole licence', async () => {
  const bare = await project({});
  expect(() => collectNotices(bare)).toThrow('no licence text in two 1.0.0 (MIT)');
  const described = await project({
    'two/README.md': '# two\n\n## License\n\n(The MIT License)\n\nPermission is hereby granted, ...',
  });
  expect(collectNotices(described).map(({ name, text }) => [name, text])).toEqual([
    ['@gohighlevel/api-client', 'text'],
    ['electron', 'text'],
    ['one', 'the text of one'],
    ['two', '(The MIT License)\n\nPermission is hereby granted, ...'],
  ]);
});
