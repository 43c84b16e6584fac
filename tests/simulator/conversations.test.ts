import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FamilyWorld } from './family.ts';
import { allIds, createFamilyWorld } from './family.ts';
import { createReceiver, toRecord } from './receiver.ts';
import { toList } from './world.ts';

let world: FamilyWorld;
let contactId: string;
beforeEach(async () => {
  world = await createFamilyWorld();
  contactId = await newContact({ email: 'mia@talk.example', phone: '+13125559000' });
});
afterEach(() => world.dispose());

async function newContact(fields: Record<string, unknown>): Promise<string> {
  const body = { locationId: world.location, name: 'Mia Talk', ...fields };
  return String(toRecord((await world.ask('POST /contacts/', '', body))['contact'])['id']);
}

const sendSms = (message: string, more: Record<string, unknown> = {}): Promise<Record<string, unknown>> =>
  world.ask('POST /conversations/messages', '', { type: 'SMS', contactId, message, ...more });

async function conversation(id: unknown): Promise<Record<string, unknown>> {
  return world.ask('GET /conversations/{conversationId}', `/conversations/${String(id)}`);
}

describe('messages', () => {
  it('go out, change their conversation and are told', async () => {
    await world.events();
    const sent = await sendSms('See you at ten');
    const found = await world.ask(
      'GET /conversations/search',
      `?locationId=${world.location}&contactId=${contactId}`,
    );
    expect(found).toMatchObject({
      total: 1,
      conversations: [
        {
          id: sent['conversationId'],
          lastMessageBody: 'See you at ten',
          lastMessageType: 'TYPE_SMS',
          fullName: 'Mia Talk',
        },
      ],
    });
    const message = await world.ask(
      'GET /conversations/messages/{id}',
      `/conversations/messages/${String(sent['messageId'])}`,
    );
    expect(message).toMatchObject({ type: 2, direction: 'outbound', body: 'See you at ten', contactId });
    const events = await world.events();
    expect(events.get('OutboundMessage')).toMatchObject({
      messageId: sent['messageId'],
      conversationId: sent['conversationId'],
      contactId,
      messageType: 'SMS',
      messageTypeId: 2,
      messageTypeString: 'TYPE_SMS',
      body: 'See you at ten',
      direction: 'outbound',
      source: 'api',
    });
    expect(events.get('OutboundMessage')).not.toHaveProperty('id');
  });

  it('come in and count as unread until they are read', async () => {
    const { conversationId } = await sendSms('Hello');
    await world.events();
    const inbound = { type: 'SMS', conversationId, conversationProviderId: 'p', message: 'Hi!' };
    const taken = await world.ask('POST /conversations/messages/inbound', '', inbound);
    expect(taken).toMatchObject({ success: true, conversationId, contactId });
    expect(await conversation(conversationId)).toMatchObject({ unreadCount: 1 });
    const events = await world.events();
    expect(events.get('InboundMessage')).toMatchObject({
      body: 'Hi!',
      direction: 'inbound',
      messageId: taken['messageId'],
    });
    expect(events.get('ConversationUnreadUpdate')).toMatchObject({ id: conversationId, unreadCount: 1 });
    const path = `/conversations/${String(conversationId)}`;
    const read = { locationId: world.location, unreadCount: 0, starred: true };
    await world.ask('PUT /conversations/{conversationId}', path, read);
    expect(await conversation(conversationId)).toMatchObject({ unreadCount: 0, starred: true });
    expect((await world.events()).has('ConversationUnreadUpdate')).toBe(true);
  });

  it('are emails with a part of their own', async () => {
    const mail = {
      type: 'Email',
      contactId,
      subject: 'Offer',
      html: '<p>For you</p>',
      emailFrom: 'us@here.example',
    };
    const sent = await world.ask('POST /conversations/messages', '', mail);
    const path = `/conversations/messages/email/${String(sent['emailMessageId'])}`;
    expect(await world.ask('GET /conversations/messages/email/{id}', path)).toMatchObject({
      subject: 'Offer',
      to: ['mia@talk.example'],
      body: '<p>For you</p>',
      conversationId: sent['conversationId'],
    });
  });

  it('need somewhere to go, something to say, and no DND', async () => {
    const silent = await newContact({ email: 'quiet@talk.example', dnd: true });
    const body = { type: 'SMS', message: 'x' };
    const refusal = async (fields: Record<string, unknown>): Promise<unknown> => {
      const answer = await world.send('POST', '/conversations/messages', { ...body, contactId, ...fields });
      expect(answer.status).toBe(400);
      return answer.body['message'];
    };
    expect(await refusal({ contactId: silent })).toBe('Cannot send message as DND is active for SMS.');
    expect(await refusal({ contactId: 'nobody' })).toBe('Contact nobody was not found');
    expect(await refusal({ message: undefined })).toMatch(/no message or attachments/);
    const phoneless = await newContact({ email: 'no-phone@talk.example' });
    expect(await refusal({ contactId: phoneless })).toBe('Missing phone number');
  });

  it('wait for their time and can be called off', async () => {
    const sent = await sendSms('Later', { scheduledTimestamp: 1_900_000_000 });
    const path = `/conversations/messages/${String(sent['messageId'])}`;
    expect((await world.send('GET', path)).body).toMatchObject({ status: 'scheduled' });
    await world.ask('DELETE /conversations/messages/{messageId}/schedule', `${path}/schedule`);
    expect((await world.send('GET', path)).status).toBe(404);
  });
});

describe('conversation providers', () => {
  it('get what goes out, signed with the newer key alone, and say what came of it', async () => {
    const provider = await createReceiver();
    const providers = [{ name: 'Pigeon', type: 'SMS', deliveryUrl: provider.url }];
    const info = await world.control('PUT', 'app', { providers });
    const conversationProviderId = toList(info.body['providers'])[0]?.['id'];
    const sent = await sendSms('By pigeon', { conversationProviderId });
    expect(sent).toMatchObject({ status: 'pending' });
    await world.simulator.idle();
    expect(provider.received.map(({ body }) => body)).toEqual([
      {
        contactId,
        locationId: world.location,
        messageId: sent['messageId'],
        type: 'SMS',
        attachments: [],
        userId: expect.any(String) as unknown,
        phone: '+13125559000',
        message: 'By pigeon',
      },
    ]);
    const [delivery] = provider.received;
    expect(delivery?.headers).toHaveProperty('x-ghl-signature');
    expect(delivery?.headers).not.toHaveProperty('x-wh-signature');
    const path = `/conversations/messages/${String(sent['messageId'])}`;
    await world.ask('PUT /conversations/messages/{messageId}/status', `${path}/status`, { status: 'read' });
    expect((await world.send('GET', path)).body).toMatchObject({ status: 'read' });
    await provider.dispose();
  });
});

describe('conversations', () => {
  it('are one for each contact, and go with it', async () => {
    const body = { locationId: world.location, contactId };
    const made = toRecord((await world.ask('POST /conversations/', '', body))['conversation']);
    expect((await world.send('POST', '/conversations/', body)).status).toBe(400);
    const { conversationId } = await sendSms('Hello');
    expect(conversationId).toBe(made['id']);
    const path = `/conversations/${String(conversationId)}`;
    expect(await world.statusElsewhere('GET', path)).toBe(404);
    await world.ask('DELETE /contacts/{contactId}', `/contacts/${contactId}`);
    expect((await world.send('GET', path)).status).toBe(404);
    const left = await world.ask(
      'GET /conversations/messages/export',
      `?locationId=${world.location}&contactId=${contactId}`,
    );
    expect(left).toMatchObject({ messages: [], total: 0 });
  });

  it('page with startAfterDate, each once', async () => {
    const ids = await allIds(async (last) => {
      const after = last === undefined ? '' : `&startAfterDate=${String(last['sort'])}`;
      const path = `?locationId=${world.location}&limit=5${after}`;
      return toList((await world.ask('GET /conversations/search', path))['conversations']);
    });
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(12);
    const unread = await world.ask(
      'GET /conversations/search',
      `?locationId=${world.location}&status=unread`,
    );
    expect(unread['total']).toBeLessThan(12);
  });

  it('page through their messages with lastMessageId, and all messages with a cursor', async () => {
    const { conversationId } = await sendSms('1');
    for (const text of ['2', '3', '4', '5', '6', '7']) await sendSms(text);
    const route = 'GET /conversations/{conversationId}/messages';
    const said: unknown[] = [];
    let after = '';
    for (;;) {
      const page = await world.ask(
        route,
        `/conversations/${String(conversationId)}/messages?limit=3${after}`,
      );
      said.push(...toList(page['messages']).map(({ body }) => body));
      if (page['nextPage'] !== true) break;
      after = `&lastMessageId=${String(page['lastMessageId'])}`;
    }
    expect(said).toEqual(['7', '6', '5', '4', '3', '2', '1']);
    const exported: unknown[] = [];
    let total: unknown;
    let cursor: unknown = '';
    while (typeof cursor === 'string') {
      const query = `?locationId=${world.location}&limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = await world.ask('GET /conversations/messages/export', query);
      exported.push(...toList(page['messages']).map(({ id }) => id));
      ({ total, nextCursor: cursor } = page);
    }
    expect(exported).toHaveLength(Number(total));
    expect(new Set(exported).size).toBe(exported.length);
  });
});
