#!/usr/bin/env node
// hlc in a clone: builds what is missing or stale, and runs under the bundled Node where the system's is too old.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildIfNeeded, findNode, root } from '../scripts/build-if-needed.mjs';

function fail(sentence) {
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ error: { code: 'unsupported', message: sentence } })}\n`);
  }
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

if (!existsSync(join(root, 'node_modules', 'commander'))) {
  fail('The dependencies are not installed: run "npm install" first.');
}
const node = findNode();
if (node === null) {
  fail(
    `hlc needs Node 22.13 or newer; this is ${process.versions.node}. Run "npm install" again: it brings its own.`,
  );
}
const failure = buildIfNeeded(node);
if (failure !== null) fail(failure);

const program = join(root, 'out', 'main', 'cli.js');
const [major, minor] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 13)) {
  await import(pathToFileURL(program).href);
} else {
  const child = spawn(node, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}
