/** Sets one secret after another and prints the number of each once it is acknowledged, until it is killed. */
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import { createKeyFileBox } from '../../src/main/hosts/node/secret-box.ts';

const [dataDir = '', from = '0'] = process.argv.slice(2);
const vault = await createVault({ box: createKeyFileBox({ dataDir }), dataDir, log: () => undefined });

for (let number = Number(from) + 1; ; number += 1) {
  await vault.set(`token/location:acme:${number}`, `value ${number}`);
  process.stdout.write(`${number}\n`);
}
