import { afterAll, beforeAll, expect, test } from 'vitest';
import { events } from '../../src/shared/highlevel/events.ts';
import type { PlatformEvent } from '../../src/shared/highlevel/events.ts';
import type { ExchangeSummary } from '../../src/shared/model/exchange.ts';
import { familyOf } from '../../src/main/core/webhooks/body-shapes.ts';
import type { TestCore } from '../contract/support.ts';
import { appId, openTriggerCore, profileId } from './support.ts';

let opened: TestCore;
beforeAll(async () => {
  opened = await openTriggerCore();
});
afterAll(() => opened.dispose());

async function trigger(event: string, withType = false): Promise<ExchangeSummary> {
  const { triggers } = opened.core;
  const draft = await triggers.draft({ profileId, event, withType });
  const body = JSON.stringify(draft.body);
  return triggers.send({ profileId, event, body, to: null, allowRemote: false });
}

/** What a receiver can know of an event that does not name itself: its family, or itself where no other looks alike. */
const recognisedAs = (event: PlatformEvent): string =>
  event.typeInBody === 'event' ? event.type : (familyOf(event.type) ?? event.type);

test('there are 72 documented events, and 22 of them do not name themselves', () => {
  expect(events).toHaveLength(72);
  expect(events.filter(({ typeInBody }) => typeInBody === 'none')).toHaveLength(22);
});

test.each(events.map((event) => [event.type, event] as const))(
  '%s triggers, arrives, verifies, classifies and matches its documented shape',
  async (type, event) => {
    const { core } = opened;
    const arrived = await trigger(type);
    expect(arrived).toMatchObject({
      purpose: 'webhook',
      direction: 'inbound',
      status: 200,
      url: '/webhooks',
      profileId,
      event: {
        type: recognisedAs(event),
        category: event.category,
        appId,
        webhookId: expect.stringMatching(/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/),
        duplicateOf: null,
        signature: { verdict: 'valid', scheme: 'ed25519', keyOwner: 'development' },
      },
    });
    const given = { location: event.locationField !== null, entity: event.idPath !== null };
    expect(arrived.event?.locationId ?? '').toMatch(given.location ? /^\w{20}$/ : /^/);
    expect(arrived.event?.entityId ?? '').toMatch(given.entity ? /^\w{20,24}$/ : /^/);

    const namesItself = event.typeInBody === 'event';
    const guesses = (arrived.event?.flags ?? []).filter((flag) => flag.includes('is guessed to'));
    expect(guesses).toHaveLength(namesItself ? 0 : 1);
    expect(arrived.event?.flags).toEqual(guesses);

    const shape = await core.webhooks.shape(arrived.id);
    expect(shape).toMatchObject({ documented: true, guessed: !namesItself, sentence: null });
    expect(shape.fields.filter(({ state }) => state !== 'as-documented')).toEqual([]);
    expect(shape.fields.length).toBeGreaterThanOrEqual(event.fields.length);
  },
);

test.each(events.filter(({ typeInBody }) => typeInBody !== 'event').map(({ type }) => type))(
  '%s names itself when it is asked to',
  async (type) => {
    const arrived = await trigger(type, true);
    expect(arrived.event).toMatchObject({ type, flags: [] });
    const shape = await opened.core.webhooks.shape(arrived.id);
    expect(shape).toMatchObject({ type, guessed: false });
    expect(shape.fields.filter(({ state }) => state !== 'as-documented')).toEqual([]);
  },
);

test.each(['SMS', 'Email'])('a provider delivery of %s goes to the route of the provider', async (type) => {
  const arrived = await trigger(type);
  expect(arrived).toMatchObject({
    purpose: 'inbound',
    url: '/provider',
    event: {
      type,
      category: 'Conversation provider',
      signature: { verdict: 'valid', keyOwner: 'development' },
      flags: [],
    },
  });
  const shape = await opened.core.webhooks.shape(arrived.id);
  expect(shape).toMatchObject({ type, documented: true, guessed: false });
  expect(shape.fields.filter(({ state }) => state !== 'as-documented')).toEqual([]);
});
