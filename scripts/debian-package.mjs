// Programs that tests need and that root can install on a Debian machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const runs = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

/** True when the program is there, or could be installed from its Debian package. */
export function debianPackage(program, name) {
  if (runs(program)) return true;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: 'ignore', env });
  return runs(program);
}
