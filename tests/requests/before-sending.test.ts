import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseInstallLink } from '../../src/shared/highlevel/install-link.ts';
import type { RequestDraft } from '../../src/shared/model/request.ts';
import { createBench, simulated, type Bench } from '../oauth/bench.ts';

let bench: Bench;
let locationId: string;

beforeAll(async () => {
  bench = await createBench();
  locationId = (await simulated(bench.simulator)).locations[0]?.id ?? '';
  await bench.allow({ location: locationId });
});
afterAll(() => bench.dispose());

const preview = (fields: Omit<RequestDraft, 'profileId'>) =>
  bench.requests.preview({ profileId: bench.profile.id, ...fields });

test('an install with the scope that a token lacks is what the warning says it is', async () => {
  const files: Omit<RequestDraft, 'profileId'> = {
    method: 'GET',
    path: '/medias/files',
    query: [
      { name: 'altId', value: locationId },
      { name: 'altType', value: 'location' },
    ],
  };
  const lacking = await preview(files);
  expect(lacking.missingScopes).toEqual(['medias.readonly']);
  const { scopes } = bench.profiles.get(bench.profile.id);
  // The app must have it before a link may ask for it.
  bench.simulator.setScopes([...scopes, 'medias.readonly']);
  const begin = { openBrowser: false, addScopes: lacking.missingScopes };
  const { installUrl } = await bench.install.begin(bench.profile.id, begin);
  const asked = parseInstallLink(installUrl);
  expect(asked.ok && asked.link.scopes).toEqual([...scopes, 'medias.readonly']);
  await bench.callback(await bench.consent(installUrl, { location: locationId }));
  expect(await preview(files)).toMatchObject({ missingScopes: [] });
  expect(bench.profiles.get(bench.profile.id).scopes).toEqual(scopes);
});

test('a pasted link keeps what it asks for, and each scope once', async () => {
  const { installLink, scopes } = bench.profiles.get(bench.profile.id);
  const plain = await bench.install.begin(bench.profile.id, { openBrowser: false });
  await bench.profiles.update(bench.profile.id, { installLink: plain.installUrl });
  const addScopes = [scopes[0] ?? '', 'medias.write'];
  const { installUrl } = await bench.install.begin(bench.profile.id, { openBrowser: false, addScopes });
  const asked = parseInstallLink(installUrl);
  expect(asked.ok && asked.link.scopes).toEqual([...scopes, 'medias.write']);
  await bench.profiles.update(bench.profile.id, { installLink });
});

test('fields that a multipart body lacks are named, and those of a body that is not there', async () => {
  const lacking = 'The operation requires the field "locationId" in the body.';
  const upload = { method: 'POST', path: '/conversations/messages/upload', locationId };
  const parts = ['conversationId', 'contactId', 'attachmentUrls'].map((name) => ({ name, value: 'x' }));
  expect((await preview({ ...upload, bodyKind: 'multipart', parts })).warnings).toEqual([lacking]);
  const none = await preview({ method: 'POST', path: '/contacts/', locationId, bodyKind: 'none' });
  expect(none.warnings).toContain(lacking);
});
