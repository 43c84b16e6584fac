/** Changes the vault's mode over and over and says on standard output when it is ready to be killed. */
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import { createNodeSecretBox, createSecretBoxes } from '../../src/main/hosts/node/secret-box.ts';

const [dataDir = '', passphrase = ''] = process.argv.slice(2);
const box = createNodeSecretBox({ dataDir });
const boxes = createSecretBoxes({ dataDir, cost: 10 });
const vault = await createVault({ box, boxes, dataDir, log: () => undefined });
if ((await vault.status()).locked) await vault.unlock(passphrase);

for (let round = 0; ; round += 1) {
  const { kind } = await vault.status();
  const leave = kind === 'passphrase' && round % 2 === 1;
  await vault.changeMode(leave ? 'key-file' : 'passphrase', {
    passphrase: leave ? null : passphrase,
    current: kind === 'passphrase' ? passphrase : null,
  });
  process.stdout.write('changed\n');
}
