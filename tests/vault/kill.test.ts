import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openVault, temporaryFolder } from './support.ts';

it('loses nothing it has acknowledged when it is killed in the middle of writing', async () => {
  const dataDir = await temporaryFolder();
  let acknowledged = 0;
  for (let trial = 0; trial < 6; trial += 1) {
    const writer = spawn(
      process.execPath,
      [new URL('vault-writer.ts', import.meta.url).pathname, dataDir, String(acknowledged)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const exited = once(writer, 'exit');
    const target = acknowledged + 5 + trial;
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged = Number(line);
      if (acknowledged >= target) writer.kill('SIGKILL');
    }
    await exited;
    const vault = await openVault(dataDir);
    for (let number = 1; number <= acknowledged; number += 1) {
      expect(await vault.get(`token/location:acme:${number}`)).toBe(`value ${number}`);
    }
  }
  expect(acknowledged).toBeGreaterThanOrEqual(30);
});
