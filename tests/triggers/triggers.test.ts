import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eventNamed } from '../../src/shared/highlevel/event-payload.ts';
import { highlevelKeys } from '../../src/shared/highlevel/signature-keys.ts';
import { readAssignment, setPath } from '../../src/main/hosts/cli/set-path.ts';
import type { TestCore } from '../contract/support.ts';
import { startReceiver } from '../forwarding/receiver.ts';
import { openTriggerCore, profileId } from './support.ts';

let opened: TestCore;
beforeEach(async () => {
  opened = await openTriggerCore();
});
afterEach(() => opened.dispose());

const draftOf = (event: string) => opened.core.triggers.draft({ profileId, event, withType: false });

test('events are found under each of their names, whatever the case', () => {
  expect(eventNamed('contactcreate')).toBe('ContactCreate');
  expect(eventNamed('AppInstall')).toBe('INSTALL');
  expect(eventNamed('SaaSPlanCreate')).toBe('SaasPlanCreate');
  expect(eventNamed('sms')).toBe('SMS');
  expect(eventNamed('FormSubmitted')).toBeNull();
});

test('an event nobody documents is refused by name', async () => {
  await expect(draftOf('FormSubmitted')).rejects.toMatchObject({
    code: 'not_found',
    message: 'HighLevel documents no event "FormSubmitted".',
  });
});

test('a delivery to another server is signed over its bytes, and recorded as a forward', async () => {
  const { core } = opened;
  const receiver = await startReceiver();
  const body = '{ "type": "ContactCreate", "note": "é \\u00e9" }\n';
  const sent = await core.triggers.send({
    profileId,
    event: 'ContactCreate',
    body,
    to: `${receiver.url}/hooks?tenant=1`,
    allowRemote: false,
  });
  const [request] = await receiver.take(1);
  expect(sent).toMatchObject({
    purpose: 'forward',
    direction: 'outbound',
    status: 202,
    causeId: null,
    profileId,
  });
  expect(request?.head).toMatch(/^POST \/hooks\?tenant=1 HTTP/);
  expect(String(request?.body)).toBe(body);
  const stored = await core.exchanges.get(sent.id);
  const signature = stored.requestHeaders.find(([name]) => name === 'X-GHL-Signature')?.[1] ?? '';
  expect(request?.lines).toContain(`X-GHL-Signature: ${signature}`);
  const { pem } = await core.forwarding.developmentKey();
  expect(verify(null, Buffer.from(body), createPublicKey(pem), Buffer.from(signature, 'base64'))).toBe(true);
});

test('addresses follow the rules of forwarding; the companion itself may be named', async () => {
  const { core } = opened;
  const send = (to: string) =>
    core.triggers.send({ profileId, event: 'INSTALL', body: '{"type":"INSTALL"}', to, allowRemote: false });
  await expect(send('https://example.com/hooks')).rejects.toMatchObject({ code: 'bad_input' });
  await expect(send('ftp://127.0.0.1/')).rejects.toMatchObject({ code: 'bad_input' });
  expect((await core.exchanges.page({})).items).toEqual([]);
  expect(await send(`${core.ingress.status().url}/webhooks`)).toMatchObject({
    purpose: 'webhook',
    event: { type: 'INSTALL', signature: { keyOwner: 'development' } },
  });
});

test('on a live profile the development key is named and refused', async () => {
  const { core } = opened;
  const live = await core.profiles.add({ name: 'Live', clientId: '65f0c0ffee65f0c0ffee65f9-lx1a2b3c' });
  const sent = await core.triggers.send({
    profileId: live.id,
    event: 'ContactCreate',
    body: '{"type":"ContactCreate"}',
    to: null,
    allowRemote: false,
  });
  expect(sent).toMatchObject({
    profileId: live.id,
    event: { signature: { verdict: 'invalid', keyOwner: 'development' } },
  });
  expect(sent.event?.signature.reason).toContain('does not count on a live profile');
  expect(highlevelKeys.some(({ fingerprint }) => fingerprint === sent.event?.signature.keyFingerprint)).toBe(
    false,
  );
});

test('ids come from what is stored, and are offered by field', async () => {
  const { core } = opened;
  const contact = {
    id: 'contact0000000000001',
    locationId: 'location000000000001',
    assignedTo: 'user0000000000000001',
  };
  await core.triggers.send({
    profileId,
    event: 'ContactCreate',
    body: JSON.stringify({ type: 'ContactCreate', ...contact }),
    to: null,
    allowRemote: false,
  });
  const draft = await draftOf('OpportunityCreate');
  expect(draft.body).toMatchObject({
    type: 'OpportunityCreate',
    contactId: contact.id,
    locationId: contact.locationId,
    assignedTo: contact.assignedTo,
  });
  expect(draft.ids['contactId']).toEqual([{ value: contact.id, source: 'exchange', label: null }]);
  expect(draft.idOf).toMatchObject({ id: 'opportunityId', assignedTo: 'userId', contactId: 'contactId' });
  expect(draft.ids['appId']?.[0]).toMatchObject({ source: 'profile' });
  expect((await draftOf('ContactUpdate')).body).toMatchObject({ id: contact.id });
});

test('the same body sent again repeats its webhookId', async () => {
  const { core } = opened;
  const { body } = await draftOf('NoteCreate');
  const send = () =>
    core.triggers.send({
      profileId,
      event: 'NoteCreate',
      body: JSON.stringify(body),
      to: null,
      allowRemote: false,
    });
  const first = await send();
  const second = await send();
  expect(second.id).not.toBe(first.id);
  expect(second.event?.duplicateOf).toBe(first.id);
});

test('the companion that does not listen says so', async () => {
  const { core } = opened;
  await core.ingress.dispose();
  const sent = core.triggers.send({ profileId, event: 'INSTALL', body: '{}', to: null, allowRemote: false });
  await expect(sent).rejects.toMatchObject({ code: 'request_failed' });
  expect((await draftOf('INSTALL')).ownUrl).toBeNull();
});

test('paths set fields, entries of lists, and what is not there yet', () => {
  const body: Record<string, unknown> = {
    name: 'a',
    total: 1,
    tags: ['x'],
    customFields: [{ id: 'f', value: 'v' }],
  };
  for (const text of [
    'name=42',
    'total=99.5',
    'tags:=["vip"]',
    'customFields[0].value=a=b',
    'meta.pages[0].url=x',
    'dnd=true',
    'word=hello',
    '__proto__.polluted=1',
  ]) {
    const assignment = readAssignment(text);
    if (assignment === null) throw new Error(text);
    setPath(body, assignment);
  }
  expect(JSON.parse(JSON.stringify(body))).toEqual(
    JSON.parse(
      '{"name":"42","total":99.5,"tags":["vip"],"customFields":[{"id":"f","value":"a=b"}],"meta":{"pages":[{"url":"x"}]},"dnd":true,"word":"hello","__proto__":{"polluted":1}}',
    ),
  );
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(readAssignment('no value')).toBeNull();
  const set =
    (path: string, text = '1', isJson = false) =>
    () =>
      setPath(body, { path, text, isJson });
  expect(set('tags.name')).toThrow('tags.name asks for the field "name" of a list');
  expect(set('name[0]')).not.toThrow();
  expect(set('tags[9]')).toThrow('asks for entry 9 of a list that has 1');
  expect(set('a..b')).toThrow('"a..b" is not the path of a field.');
  expect(set('total', '{', true)).toThrow('The value of total is not JSON');
});
