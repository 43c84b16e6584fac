// npm test: types, lint, unit and contract tests, then the end-to-end tests in a real Chromium.
// npm run check (--check): the same without the browser. The last line counts the tests that ran.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build-if-needed.mjs';
import { debianPackage } from './debian-package.mjs';
import { electronBinary } from './electron-binary.mjs';

const checkOnly = process.argv.includes('--check');
const results = join(root, 'test-results');
const unitReport = join(results, 'unit.json');
const endToEndReport = join(results, 'e2e.json');
const bin = (...parts) => join(root, 'node_modules', ...parts);

/** Runs one stage under this Node. Ends everything on failure when `fatal`. */
function stage(name, args, { fatal = true, env = {} } = {}) {
  const started = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  const { status, error } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    // Each program that a test starts compiles the same sources: what one has compiled the next one reads.
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache', 'node'), ...env },
  });
  const ok = status === 0;
  process.stdout.write(
    `== ${name}: ${ok ? 'ok' : 'FAILED'} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
  );
  if (error) process.stdout.write(`${error.message}\n`);
  if (!ok && fatal) process.exit(1);
  return ok;
}

/** What a vitest JSON report counted; all zero when it was never written. */
function countUnit() {
  if (!existsSync(unitReport)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(unitReport, 'utf8'));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

function countEndToEnd() {
  if (!existsSync(endToEndReport)) return { passed: 0, failed: 0, skipped: 0, flaky: 0 };
  const { stats } = JSON.parse(readFileSync(endToEndReport, 'utf8'));
  return { passed: stats.expected, failed: stats.unexpected, skipped: stats.skipped, flaky: stats.flaky };
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

stage('Operations table', [join(root, 'scripts', 'build-operations.ts')]);
stage('Format', [bin('oxfmt', 'bin', 'oxfmt'), '--check', '.']);
stage('Types', [bin('typescript', 'bin', 'tsc'), '-b']);
stage('Lint', [bin('oxlint', 'bin', 'oxlint'), '--type-aware', '--deny-warnings', '.']);

// Two tests count the disk syncs of a commit by their system calls.
const strace = process.platform === 'linux' && debianPackage('strace', 'strace');
const unitOk = stage(
  'Unit and contract tests',
  [
    bin('vitest', 'vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitReport}`,
  ],
  { fatal: false },
);

let endToEndOk = true;
if (!checkOnly) {
  stage('Build', [bin('electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn']);
  const { findChromium } = await import('./chromium.mjs');
  try {
    const chromium = findChromium();
    endToEndOk = stage(
      'End-to-end tests',
      [bin('@playwright', 'test', 'cli.js'), 'test', '--reporter=list,json'],
      { fatal: false, env: { COMPANION_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: endToEndReport } },
    );
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    endToEndOk = false;
  }
}

const unit = countUnit();
const endToEnd = countEndToEnd();
const secondTime = endToEnd.flaky === 0 ? '' : `, ${endToEnd.flaky} passed at the second attempt only`;
process.stdout.write('\n');
if (!checkOnly && electronBinary() === null) {
  process.stdout.write(
    'Not run: the desktop specs in tests/desktop, since there is no Electron binary here.\n',
  );
}
if (!strace) {
  process.stdout.write('Not run: the tests that count disk syncs, since there is no strace here.\n');
}
process.stdout.write(
  `Unit and contract tests: ${unit.passed} passed, ${unit.failed} failed, ${unit.skipped} skipped\n`,
);
if (!checkOnly) {
  process.stdout.write(
    `End-to-end tests in Chromium: ${endToEnd.passed} passed, ${endToEnd.failed} failed, ${endToEnd.skipped} skipped${secondTime}\n`,
  );
}
const passed = unit.passed + endToEnd.passed;
const failed = unit.failed + endToEnd.failed;
process.stdout.write(
  `${passed} passed, ${failed} failed, ${unit.skipped + endToEnd.skipped} skipped${secondTime}\n`,
);
// A run that executed nothing proves nothing.
process.exit(unitOk && endToEndOk && unit.passed > 0 && (checkOnly || endToEnd.passed > 0) ? 0 : 1);
