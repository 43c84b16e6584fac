// npm start: the desktop app where there is an Electron binary for it, the same app in the browser where there is not.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildIfNeeded, findNode, root } from './build-if-needed.mjs';
import { electronBinary, fetchElectron } from './electron-binary.mjs';

/** Why the desktop window cannot be had here; null when it can. */
async function whyNoDesktop(node) {
  if (process.getuid?.() === 0) return 'Running as root, where Electron cannot keep its sandbox';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'There is no display here';
  }
  if (electronBinary() !== null) return null;
  process.stderr.write('Fetching the Electron binary (once, about 100 MB) …\n');
  switch (await fetchElectron(node, 15_000)) {
    case 'fetched':
      return null;
    case 'slow':
      return 'The Electron binary has not arrived after 15 s (the next start will use it)';
    case 'failed':
      return 'The Electron binary could not be fetched';
    // No default: fetchElectron answers one of these three.
  }
}

const node = findNode();
if (node === null) {
  process.stderr.write(
    `HighLevel Companion needs Node 22.13 or newer; this is ${process.versions.node}. Run "npm install" again: it brings its own.\n`,
  );
  process.exit(1);
}
const failure = buildIfNeeded(node);
if (failure !== null) {
  process.stderr.write(`${failure}\n`);
  process.exit(1);
}

const args = process.argv.slice(2);
const reason = await whyNoDesktop(node);
if (reason !== null) {
  process.stderr.write(`${reason}: the companion is served in your browser instead, at the address below.\n`);
}
const [command, commandArgs] =
  reason === null
    ? [electronBinary(), [join(root, 'out', 'main', 'electron.js'), ...args]]
    : [node, [join(root, 'out', 'main', 'cli.js'), 'serve', ...args]];
const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
// npm's shell does not pass a signal on: when it has gone, the companion is asked to end as well.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  child.kill('SIGTERM');
}, 1000);
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
