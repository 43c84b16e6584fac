import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEnvironments } from '../../src/main/core/variables/create-environments.ts';
import type { Environments } from '../../src/main/core/variables/types.ts';
import { createVault } from '../../src/main/core/vault/create-vault.ts';
import type { Vault } from '../../src/main/core/vault/types.ts';
import { createKeyFileBox } from '../../src/main/hosts/node/key-file-box.ts';
import type { EnvironmentSet } from '../../src/shared/model/environment.ts';
import { profileId } from '../../src/shared/model/ids.ts';
import { filesBelow } from '../oauth/bench.ts';

const id = profileId.parse('acme');
const secret = 'sk_live_4711 /+"quoted"';

let dataDir: string;
let vault: Vault;
let environments: Environments;
const logged: string[] = [];

const open = async (): Promise<void> => {
  const log = (_level: string, message: string): void => void logged.push(message);
  vault = await createVault({ box: createKeyFileBox({ dataDir }), dataDir, log });
  environments = await createEnvironments({ dataDir, vault, log, now: () => Date.now() });
};

beforeEach(async () => {
  logged.length = 0;
  dataDir = await mkdtemp(join(tmpdir(), 'hlc-variables-'));
  await open();
});
afterEach(async () => {
  await vault.dispose();
  await rm(dataDir, { recursive: true, force: true });
});

const activeIn = (set: EnvironmentSet) => {
  if (set.active === null) throw new Error('No environment is active.');
  return { profileId: id, environmentId: set.active };
};
const file = () => join(dataDir, 'environments', 'acme.json');
const values = async (name?: string) =>
  (await environments.scope(id, name)).variables.map((one) => [one.name, one.value, one.from]);

describe('environments', () => {
  it('are there again after a restart, secrets in the vault alone', async () => {
    const place = activeIn(await environments.create(id, 'Staging'));
    await environments.set(place, { name: 'contactId', value: 'c1', secret: false });
    await environments.set(place, { name: 'apiKey', value: secret, secret: true });
    await environments.set(
      { ...place, environmentId: null },
      { name: 'contactId', value: 'all', secret: false },
    );
    await environments.set({ ...place, environmentId: null }, { name: 'region', value: 'eu', secret: false });

    const files = [...(await filesBelow(dataDir))];
    expect(files.filter(([, bytes]) => bytes.includes('sk_live_4711')).map(([path]) => path)).toEqual([]);
    await vault.dispose();
    await open();
    expect(environments.get(id)).toMatchObject({
      active: place.environmentId,
      problem: null,
      shared: [
        { name: 'contactId', value: 'all', secret: false },
        { name: 'region', value: 'eu', secret: false },
      ],
      environments: [
        {
          name: 'Staging',
          variables: [
            { name: 'contactId', value: 'c1', secret: false },
            { name: 'apiKey', value: null, secret: true },
          ],
        },
      ],
    });
    expect(await values()).toEqual([
      ['contactId', 'c1', 'environment'],
      ['apiKey', secret, 'environment'],
      ['contactId', 'all', 'shared'],
      ['region', 'eu', 'shared'],
    ]);
    expect(await environments.reveal(place, 'apiKey')).toBe(secret);
  });

  it('are renamed, copied with their secrets, chosen and deleted', async () => {
    const place = activeIn(await environments.create(id, 'Staging'));
    await environments.set(place, { name: 'apiKey', value: secret, secret: true });
    const copy = activeIn(await environments.create(id, 'Production', place.environmentId));
    await environments.rename(id, place.environmentId, 'Test');
    await environments.set(copy, { name: 'apiKey', value: 'another-secret', secret: true });
    expect(await values('Test')).toEqual([['apiKey', secret, 'environment']]);
    expect(await values()).toEqual([['apiKey', 'another-secret', 'environment']]);

    await expect(environments.create(id, 'TEST')).rejects.toMatchObject({ code: 'conflict' });
    await expect(environments.create(id, ' ')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(environments.scope(id, 'Nowhere')).rejects.toMatchObject({
      code: 'not_found',
      remedy: 'It has "Test", "Production".',
    });

    const left = await environments.remove(id, copy.environmentId);
    expect(left).toMatchObject({ active: null, environments: [{ name: 'Test' }] });
    expect(vault.names(`profile/${id}/variable/${copy.environmentId}/`)).toEqual([]);
    expect(await values()).toEqual([]);
  });

  it('rename a variable, turn it into a secret and back, and forget it', async () => {
    const place = activeIn(await environments.create(id, 'Staging'));
    await environments.set(place, { name: 'key', value: 'plain-value', secret: false });
    await environments.set(place, { name: 'apiKey', was: 'key', value: null, secret: true });
    expect(await readFile(file(), 'utf8')).not.toContain('plain-value');
    expect(await values()).toEqual([['apiKey', 'plain-value', 'environment']]);
    await environments.set(place, { name: 'renamed', was: 'apiKey', value: null, secret: true });
    expect(vault.names(`profile/${id}/`)).toHaveLength(1);
    await environments.set(place, { name: 'renamed', value: null, secret: false });
    expect(vault.names(`profile/${id}/`)).toEqual([]);
    expect(environments.get(id).environments[0]?.variables).toEqual([
      { name: 'renamed', value: 'plain-value', secret: false },
    ]);
    await environments.unset(place, 'renamed');
    await expect(environments.unset(place, 'renamed')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('refuse a secret too short to be cut out, and a name that no request could write', async () => {
    const place = activeIn(await environments.create(id, 'Staging'));
    const set = (name: string, value: string, isSecret: boolean) =>
      environments.set(place, { name, value, secret: isSecret });
    await expect(set('pin', '123', true)).rejects.toThrow(/"pin" needs a value of 4 characters/);
    await expect(set('contact.id', 'c1', false)).rejects.toThrow(/"contact.id" cannot be the name/);
    expect(environments.get(id).environments[0]?.variables).toEqual([]);
  });

  it.each(['{"format":1,"active"', '{"format":2,"active":null,"shared":[],"environments":[]}'])(
    'that cannot be read (%s) are said to be, and are never overwritten',
    async (content) => {
      await environments.create(id, 'Staging');
      await writeFile(file(), content);
      await vault.dispose();
      await open();
      const problem = expect.stringContaining('cannot be read from environments/acme.json');
      expect(environments.get(id)).toMatchObject({ environments: [], problem });
      expect(logged).toContainEqual(problem);
      await expect(environments.create(id, 'New')).rejects.toMatchObject({ code: 'data_folder_unusable' });
      const place = { profileId: id, environmentId: null };
      const taken = { variable: 'contactId', path: '$.id', value: 'c1', problem: null };
      expect(await environments.capture(place, [taken])).toMatchObject([{ value: null, problem }]);
      expect(await readFile(file(), 'utf8')).toBe(content);
    },
  );

  it('go to a file without secrets and come back from it, and from one of Postman', async () => {
    const place = activeIn(await environments.create(id, 'Staging EU'));
    await environments.set(place, { name: 'contactId', value: 'c1', secret: false });
    await environments.set(place, { name: 'apiKey', value: secret, secret: true });
    const { fileName, content } = environments.exportFile(id, place.environmentId);
    expect(fileName).toBe('staging-eu.environment.json');
    expect(content).not.toContain('sk_live');

    const again = await environments.importFile(id, content);
    expect(again.environments.map((one) => one.name)).toEqual(['Staging EU', 'Staging EU 2']);
    expect(await values()).toEqual([
      ['contactId', 'c1', 'environment'],
      ['apiKey', null, 'environment'],
    ]);

    const postman = {
      name: 'From Postman',
      values: [
        { key: 'contactId', value: 'c2', enabled: true },
        { key: 'apiKey', value: 'postman-secret', type: 'secret', enabled: true },
        { key: 'off', value: 'x', enabled: false },
      ],
    };
    await environments.importFile(id, JSON.stringify(postman));
    expect(await values()).toEqual([
      ['contactId', 'c2', 'environment'],
      ['apiKey', 'postman-secret', 'environment'],
    ]);
    expect(await readFile(file(), 'utf8')).not.toContain('postman-secret');

    const careless = {
      name: 'Careless',
      values: [
        { key: 'client_secret', value: 'typed-in-the-open', type: 'default' },
        { key: 'key', value: 'Bearer postman-secret', type: 'default' },
        { key: 'token_type', value: 'Bearer', type: 'default' },
      ],
    };
    const { environments: all } = await environments.importFile(id, JSON.stringify(careless));
    expect(all.at(-1)?.variables.map(({ name, secret }) => [name, secret])).toEqual([
      ['client_secret', true],
      ['key', true],
      ['token_type', false],
    ]);
    expect(await readFile(file(), 'utf8')).not.toMatch(/typed-in-the-open|postman-secret/);

    await expect(environments.importFile(id, '{"values":1}')).rejects.toThrow(/neither an environment/);
    await expect(environments.importFile(id, 'no')).rejects.toThrow('The file is not JSON.');
  });

  it('go with their app, and come back with it', async () => {
    const place = activeIn(await environments.create(id, 'Staging'));
    await environments.set(place, { name: 'contactId', value: 'c1', secret: false });
    const back = await environments.forgetProfile(id);
    expect(environments.list()).toEqual([]);
    await expect(readFile(file())).rejects.toMatchObject({ code: 'ENOENT' });
    await back();
    expect(await values()).toEqual([['contactId', 'c1', 'environment']]);
  });

  it('keep what was captured: as a secret what looks like one', async () => {
    const place = activeIn(await environments.create(id, 'Staging'));
    const taken = (variable: string, path: string, value: string) => ({
      variable,
      path,
      value,
      problem: null,
    });
    const captured = await environments.capture(place, [
      taken('contactId', '$.contact.id', 'c1'),
      taken('access', "$['access_token']", 'abcdefgh'),
      taken('password', '$.generated', 'hunter2'),
      { variable: 'gone', path: '$.gone', value: null, problem: 'The answer has nothing at $.gone.' },
    ]);
    expect(captured.map(({ value, problem }) => value ?? problem)).toEqual([
      'c1',
      '********',
      '********',
      'The answer has nothing at $.gone.',
    ]);
    expect(environments.get(id).environments[0]?.variables).toEqual([
      { name: 'contactId', value: 'c1', secret: false },
      { name: 'access', value: null, secret: true },
      { name: 'password', value: null, secret: true },
    ]);
    expect(await environments.reveal(place, 'access')).toBe('abcdefgh');
  });
});
