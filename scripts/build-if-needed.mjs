// Plain JavaScript, so that any Node can begin here: it finds the bundled Node and builds what is missing or stale.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');

/** The Node that runs the programs: the bundled one, or this one where it is new enough. Null when neither will do. */
export function findNode() {
  const bundled = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(bundled)) return bundled;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 13) ? process.execPath : null;
}

/** Newest modification time below a path, in ms since the epoch. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let time = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'generated') continue;
    time = Math.max(time, newest(join(path, entry.name)));
  }
  return time;
}

/** True when every program is built and none of its sources is younger. */
export function isBuilt() {
  const outputs = [
    'out/main/cli.js',
    'out/main/electron.js',
    'out/preload/index.cjs',
    'out/renderer/index.html',
  ];
  if (outputs.some((file) => !existsSync(join(root, file)))) return false;
  const built = statSync(join(root, 'out/main/cli.js')).mtimeMs;
  const sources = [
    'src',
    'electron.vite.config.ts',
    'package-lock.json',
    'scripts/build-operations.ts',
    'scripts/notices',
  ];
  return sources.every((source) => newest(join(root, source)) <= built);
}

/** How long a build of another process is waited for before its lock is taken to be left over. */
const lockPatienceMs = 120_000;

/** One build at a time: several `hlc` started at once in a fresh clone must not write over each other. */
function withBuildLock(build) {
  const lock = join(root, '.cache', 'build.lock');
  mkdirSync(join(root, '.cache'), { recursive: true });
  const patience = Date.now() + lockPatienceMs;
  for (;;) {
    try {
      closeSync(openSync(lock, 'wx'));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const heldSince = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() > patience || Date.now() - heldSince > lockPatienceMs) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    return build();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Builds when needed. Returns a sentence when the build failed, null when all is well. Output goes to standard error. */
export function buildIfNeeded(node) {
  if (isBuilt()) return null;
  if (!existsSync(join(root, 'node_modules', 'electron-vite'))) {
    return 'The dependencies are not installed: run "npm install" first.';
  }
  return withBuildLock(() => {
    if (isBuilt()) return null;
    process.stderr.write('Building the companion, once …\n');
    for (const args of [
      [join(root, 'scripts', 'build-operations.ts')],
      [
        join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
        'build',
        '--logLevel',
        'error',
      ],
    ]) {
      const result = spawnSync(node, args, { cwd: root, stdio: ['ignore', 2, 2] });
      if (result.status !== 0) return 'The build failed; what it said stands above.';
    }
    return null;
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const failure = buildIfNeeded(findNode() ?? process.execPath);
  if (failure !== null) {
    process.stderr.write(`${failure}\n`);
    process.exit(1);
  }
}
