import { GHLNotFoundError, GHLValidationError } from '@gohighlevel/api-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sdk, SdkWorld } from './sdk.ts';
import { createSdkWorld } from './sdk.ts';

let world: SdkWorld;
let sdk: Sdk;
let locationId: string;
/** What the SDK needs to find the session of a call that names its sub-account in no parameter. */
let named: { headers: Record<string, string> };

beforeEach(async () => {
  world = await createSdkWorld();
  ({ sdk, locationId } = await world.installedClient());
  named = { headers: { locationId } };
});
afterEach(() => world.dispose());

async function newContact(email: string): Promise<string> {
  const { contact } = await sdk.contacts.createContact({
    locationId,
    firstName: 'Rita',
    lastName: 'Lane',
    email,
    phone: '+13125559901',
    tags: ['vip'],
  });
  return String(contact?.id);
}

describe('the official SDK on', () => {
  it('contacts: made, read, changed, tagged, noted, with a task, deleted', async () => {
    const contactId = await newContact('rita@mail.example');
    await sdk.contacts.updateContact({ contactId }, { city: 'Reno' }, named);
    await sdk.contacts.addTags({ contactId }, { tags: ['spring'] }, named);
    await sdk.contacts.createNote({ contactId }, { body: 'Called' }, named);
    const task = { title: 'Call', dueDate: '2030-01-07T10:00:00Z', completed: false };
    await sdk.contacts.createTask({ contactId }, task, named);
    const { contact } = await sdk.contacts.getContact({ contactId }, named);
    expect(contact).toMatchObject({ id: contactId, city: 'Reno', tags: ['vip', 'spring'] });
    expect((await sdk.contacts.getAllNotes({ contactId }, named)).notes).toMatchObject([{ body: 'Called' }]);
    expect((await sdk.contacts.getAllTasks({ contactId }, named)).tasks).toMatchObject([{ title: 'Call' }]);
    await sdk.contacts.deleteContact({ contactId }, named);
    const gone = await sdk.contacts.getContact({ contactId }, named).catch((error: unknown) => error);
    expect(gone).toBeInstanceOf(GHLNotFoundError);
    await world.simulator.idle();
    expect(world.receiver.types()).toEqual(
      expect.arrayContaining([
        'ContactCreate',
        'ContactTagUpdate',
        'NoteCreate',
        'TaskCreate',
        'ContactDelete',
      ]),
    );
  });

  it('contacts: every page by startAfter and startAfterId, and how many a search finds', async () => {
    const ids: string[] = [];
    let after: { startAfter?: number; startAfterId?: string } = {};
    for (let more = true; more;) {
      const page = await sdk.contacts.getContacts({ locationId, limit: 10, ...after });
      const contacts = page.contacts ?? [];
      ids.push(...contacts.map(({ id }) => String(id)));
      const meta = (page as { meta?: { startAfter?: number; startAfterId?: string } }).meta;
      after = { startAfter: meta?.startAfter ?? 0, startAfterId: meta?.startAfterId ?? '' };
      more = contacts.length === 10;
    }
    expect(new Set(ids).size).toBe(24);
    const found = await sdk.contacts.searchContactsAdvanced({ locationId, page: 1, pageLimit: 10 });
    expect(found).toMatchObject({ total: 24 });
  });

  it('contacts: a refused body with the messages of the answer', async () => {
    const refused = await sdk.contacts
      .createContact({ locationId, email: 'no address' })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GHLValidationError);
    expect(refused).toMatchObject({ statusCode: 422, message: expect.stringContaining('email') });
  });

  it('conversations: a message sent, found in its conversation, another one received', async () => {
    const contactId = await newContact('talks@mail.example');
    const sent = await sdk.conversations.sendANewMessage(
      { type: 'SMS', subType: undefined, contactId, message: 'Hello', status: 'pending' },
      named,
    );
    const { conversations } = await sdk.conversations.searchConversation({ locationId, contactId });
    expect(conversations).toMatchObject([{ contactId, lastMessageBody: 'Hello' }]);
    const { conversationId } = sent;
    await sdk.conversations.addAnInboundMessage(
      { type: 'SMS', contactId, conversationId, message: 'Hi there', conversationProviderId: 'none' },
      named,
    );
    const page = await sdk.conversations.getMessages({ conversationId }, named);
    expect(JSON.stringify(page)).toContain('Hi there');
  });

  it('opportunities: made in a pipeline, moved, won, searched, deleted', async () => {
    const { pipelines } = await sdk.opportunities.getPipelines({ locationId });
    const [pipeline] = pipelines as unknown as { id: string; stages: { id: string }[] }[];
    const contactId = await newContact('deal@mail.example');
    const { opportunity } = await sdk.opportunities.createOpportunity({
      pipelineId: String(pipeline?.id),
      locationId,
      contactId,
      name: 'A new roof',
      status: 'open',
      monetaryValue: 900,
    });
    const id = String(opportunity?.id);
    const pipelineStageId = String(pipeline?.stages[1]?.id);
    await sdk.opportunities.updateOpportunity({ id }, { pipelineStageId }, named);
    await sdk.opportunities.updateOpportunityStatus({ id }, { status: 'won' }, named);
    const found = await sdk.opportunities.searchOpportunity({ locationId, contactId });
    expect(found.opportunities).toMatchObject([{ id, status: 'won', pipelineStageId }]);
    await sdk.opportunities.deleteOpportunity({ id }, named);
    await expect(sdk.opportunities.getOpportunity({ id }, named)).rejects.toBeInstanceOf(GHLNotFoundError);
  });

  it('calendars: free slots, an appointment in one of them, and its cancellation', async () => {
    const { calendars } = await sdk.calendars.getCalendars({ locationId });
    const [calendar] = calendars as unknown as { id: string }[];
    const calendarId = String(calendar?.id);
    const startDate = Date.parse('2030-01-07T00:00:00-06:00');
    const days: unknown = await sdk.calendars.getSlots(
      { calendarId, startDate, endDate: startDate + 86_400_000 },
      named,
    );
    const [startTime] = Object.values(days as Record<string, { slots?: string[] }>)[0]?.slots ?? [];
    const contactId = await newContact('slot@mail.example');
    const appointment = await sdk.calendars.createAppointment({
      calendarId,
      locationId,
      contactId,
      startTime: String(startTime),
    });
    const eventId = appointment.id;
    await sdk.calendars.editAppointment({ eventId }, { appointmentStatus: 'cancelled' }, named);
    const read = await sdk.calendars.getAppointment({ eventId }, named);
    expect(read).toMatchObject({ event: { id: eventId, appointmentStatus: 'cancelled' } });
  });

  it('invoices: made, listed and read for the sub-account', async () => {
    const account = { altId: locationId, altType: 'location' };
    const contactId = await newContact('invoice@mail.example');
    const made = await sdk.invoices.createInvoice(
      {
        ...account,
        name: 'A new roof',
        businessDetails: { name: 'Northside' },
        currency: 'USD',
        items: [{ name: 'Roof', currency: 'USD', amount: 900, qty: 1 }],
        discount: { type: 'percentage', value: 0 },
        contactDetails: {
          id: contactId,
          name: 'Rita Lane',
          email: 'invoice@mail.example',
          phoneNo: '+13125559901',
        },
        issueDate: '2030-01-07',
        sentTo: { email: ['invoice@mail.example'] },
        liveMode: false,
      },
      named,
    );
    const invoiceId = made._id;
    const read = await sdk.invoices.getInvoice({ invoiceId, ...account }, named);
    expect(read).toMatchObject({ _id: invoiceId, name: 'A new roof' });
    const list = await sdk.invoices.listInvoices({ ...account, limit: '10', offset: '0' }, named);
    expect(list.invoices.map(({ _id }) => _id)).toContain(invoiceId);
  });
});
