import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { requiredText } from '../api/validation.ts';
import type { AnyCall, Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import { locationOf, owned, requireRow } from '../collections/owner.ts';
import type { FamilyCall, Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import { transactionOf } from '../payments/transaction.ts';
import type { World } from '../world/world.ts';
import {
  cents,
  discountShape,
  invoiceAnswer,
  invoiceEvent,
  invoiceItem,
  stateOf,
  totalsOf,
} from './invoice.ts';

const written = {
  name: requiredText,
  currency: requiredText,
  issueDate: requiredText,
  dueDate: z.string().optional(),
  discount: discountShape.optional(),
  contactDetails: z.looseObject({ id: requiredText }),
};
const createBody = z.looseObject({ ...written, items: z.array(invoiceItem) });
const changeBody = z.looseObject({
  ...written,
  invoiceItems: z.array(invoiceItem),
  contactDetails: written.contactDetails.optional(),
});
const text2payBody = createBody.extend({ id: z.string().optional(), action: z.enum(['draft', 'send']) });
const paymentBody = z.looseObject({ amount: z.number().positive().optional() });

type Writing = Pick<FamilyCall<Fields, Fields>, 'now' | 'announce'>;

const invoices = familyOf({
  rows: (world) => world.records.invoices,
  what: 'Invoice',
  answer: invoiceAnswer,
  events: { remove: 'InvoiceDelete', fields: invoiceEvent },
});

const templates = familyOf({
  rows: (world) => world.records.invoiceTemplates,
  what: 'Template',
  answer: invoiceAnswer,
  stamps: ['createdAt', 'updatedAt'],
  complete(row) {
    const items = z.array(invoiceItem).parse(row.items);
    return { total: totalsOf(items, discountShape.optional().parse(row.discount)).total };
  },
});
const templateBody = { name: requiredText, currency: requiredText, items: z.array(invoiceItem) };

export const invoiceOperations = [
  templates.list('GET /invoices/template', 'data', { page: 'offset', total: 'totalCount', search: ['name'] }),
  templates.create('POST /invoices/template', '', templateBody),
  templates.read('GET /invoices/template/{templateId}', ''),
  templates.change('PUT /invoices/template/{templateId}', '', templateBody),
  templates.remove('DELETE /invoices/template/{templateId}', { success: true }),
  invoices.list('GET /invoices/', 'invoices', {
    page: 'offset',
    total: 'total',
    equal: ['status'],
    search: ['name', 'title'],
    newestFirst: true,
    only: ({ contactDetails }, { contactId }) =>
      contactId === undefined || Reflect.get(Object(contactDetails), 'id') === contactId,
  }),
  serve('GET /invoices/generate-invoice-number', {}, (call, world) => ({
    invoiceNumber: nextNumber(locationOf(call, world), world),
  })),
  serve('POST /invoices/', { body: createBody }, (call, world) =>
    invoiceAnswer(create(call, call.body, world)),
  ),
  serve('POST /invoices/text2pay', { body: text2payBody }, (call, world) => {
    const { id, action } = call.body;
    const before = id === undefined ? undefined : owned(world.records.invoices, id, call, 'Invoice');
    const { items, ...rest } = call.body;
    const drafted =
      before === undefined
        ? create(call, call.body, world)
        : change(before, { ...rest, invoiceItems: items }, call, world);
    const invoice = action === 'send' ? moved(drafted, 'sent', 'InvoiceSent', call, world) : drafted;
    return { invoice: invoiceAnswer(invoice), invoiceUrl: `${world.url}/invoice/${invoice.id}` };
  }),
  invoices.read('GET /invoices/{invoiceId}', ''),
  serve('PUT /invoices/{invoiceId}', { body: changeBody }, (call, world) =>
    invoiceAnswer(change(find(call, world), call.body, call, world)),
  ),
  invoices.remove('DELETE /invoices/{invoiceId}', invoiceAnswer),
  serve('POST /invoices/{invoiceId}/send', {}, (call, world) => {
    const invoice = find(call, world);
    if (invoice.status === 'void') throw refuse(400, 'A void invoice cannot be sent');
    const status = invoice.status === 'draft' ? 'sent' : textOf(invoice.status);
    return {
      invoice: invoiceAnswer(moved(invoice, status, 'InvoiceSent', call, world)),
      smsData: {},
      emailData: {},
    };
  }),
  serve('POST /invoices/{invoiceId}/void', {}, (call, world) => {
    const invoice = find(call, world);
    if (invoice.status === 'paid') throw refuse(400, 'A paid invoice cannot be made void');
    return invoiceAnswer(moved(invoice, 'void', 'InvoiceVoid', call, world));
  }),
  serve('POST /invoices/{invoiceId}/record-payment', { body: paymentBody }, (call, world) => {
    const invoice = find(call, world);
    if (invoice.status === 'void') throw refuse(400, 'A void invoice cannot be paid');
    const due = Number(invoice.amountDue);
    const amount = call.body.amount ?? due;
    if (due <= 0) throw refuse(400, 'The invoice is already paid');
    if (amount > due) throw refuse(400, `The amount must not be greater than ${due}`);
    const amountPaid = cents(Number(invoice.amountPaid) + amount);
    const state = stateOf(Number(invoice.total), amountPaid);
    const paid = world.records.invoices.put({ ...invoice, ...state, amountPaid, updatedAt: call.now });
    const payment = {
      locationId: invoice.locationId,
      contactId: textOf(Reflect.get(Object(invoice.contactDetails), 'id')),
      amount,
      currency: textOf(invoice.currency),
      liveMode: invoice.liveMode === true,
      entityType: 'invoice',
      entityId: invoice.id,
      sourceType: 'invoice',
      sourceName: textOf(invoice.name),
    };
    world.records.transactions.put(transactionOf(payment, world.random.hex(24), call.now));
    const event = state.status === 'paid' ? 'InvoicePaid' : 'InvoicePartiallyPaid';
    call.announce(event, invoice.locationId, invoiceEvent(paid));
    return { success: true, invoice: invoiceAnswer(paid) };
  }),
];

function find(call: Call, world: World): Document {
  return owned(world.records.invoices, param(call, 'invoiceId'), call, 'Invoice');
}

function create(call: AnyCall, body: z.infer<typeof createBody>, world: World): Document {
  const locationId = locationOf(call, world);
  requireRow(world.records.contacts, body.contactDetails.id, locationId, 'Contact');
  const {
    items,
    altId: _altId,
    altType: _altType,
    sentTo: _sentTo,
    id: _id,
    action: _action,
    userId: _userId,
    ...fields
  } = body as typeof body & Fields;
  const { total, ...totalSummary } = totalsOf(items, body.discount);
  const invoice = world.records.invoices.put({
    title: 'INVOICE',
    businessDetails: { name: world.directory.location(locationId)?.name ?? '' },
    liveMode: false,
    ...fields,
    id: world.random.hex(24),
    locationId,
    status: 'draft',
    invoiceNumber: nextNumber(locationId, world),
    dueDate: body.dueDate ?? body.issueDate,
    invoiceItems: items.map((item) => ({ ...item, _id: world.random.hex(24) })),
    total,
    totalSummary,
    amountPaid: 0,
    amountDue: total,
    createdAt: call.now,
    updatedAt: call.now,
  });
  call.announce('InvoiceCreate', locationId, invoiceEvent(invoice));
  return invoice;
}

function change(before: Document, body: z.infer<typeof changeBody>, call: Writing, world: World): Document {
  if (before.status !== 'draft' && before.status !== 'sent') {
    throw refuse(400, `An invoice that is ${textOf(before.status)} cannot be changed`);
  }
  if (body.contactDetails !== undefined) {
    requireRow(world.records.contacts, body.contactDetails.id, before.locationId, 'Contact');
  }
  const { name, title, currency, issueDate, dueDate, discount, contactDetails, invoiceItems } = body;
  const known = discount ?? discountShape.optional().parse(before.discount);
  const { total, ...totalSummary } = totalsOf(invoiceItems, known);
  const after = world.records.invoices.put({
    ...before,
    name,
    title: title ?? before.title,
    currency,
    issueDate,
    dueDate: dueDate ?? before.dueDate,
    discount: known,
    contactDetails: contactDetails ?? before.contactDetails,
    invoiceItems: invoiceItems.map((item) => ({ _id: world.random.hex(24), ...item })),
    total,
    totalSummary,
    amountDue: cents(total - Number(before.amountPaid)),
    updatedAt: call.now,
  });
  call.announce('InvoiceUpdate', before.locationId, invoiceEvent(after));
  return after;
}

function moved(invoice: Document, status: string, event: string, call: Writing, world: World): Document {
  const after = world.records.invoices.put({ ...invoice, status, updatedAt: call.now });
  call.announce(event, invoice.locationId, invoiceEvent(after));
  return after;
}

/** One more than the highest number in the sub-account, from 1001. */
function nextNumber(locationId: string, world: World): number {
  const numbers = world.records.invoices
    .inLocation(locationId)
    .map(({ invoiceNumber }) => Number(invoiceNumber));
  return Math.max(1000, ...numbers.filter(Number.isFinite)) + 1;
}
