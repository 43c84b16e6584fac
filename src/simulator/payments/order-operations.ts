import { z } from 'zod';
import type { Call } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import type { Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import { owned } from '../collections/owner.ts';
import type { Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import { shopAnswer } from '../products/product-families.ts';
import { documentedPart } from '../webhooks/documented-part.ts';
import type { World } from '../world/world.ts';
import { contactSnapshot, transactionOf, paymentAnswer } from './transaction.ts';

const orders = familyOf({
  rows: (world) => world.records.orders,
  what: 'Order',
  answer(row, world) {
    const {
      items: _items,
      source: _source,
      amountSummary: _summary,
      ...order
    } = paymentAnswer(row, world) as Document;
    return { ...order, totalProducts: itemsOf(row).length };
  },
});

const paymentBody = z.looseObject({ amount: z.number().positive().optional() });
const fulfillmentBody = z.looseObject({
  trackings: z.array(z.unknown()),
  items: z.array(z.looseObject({ priceId: z.string(), qty: z.number() })),
});

/** What an order is paid and shipped by. HighLevel's API makes no orders: they come from shops and forms. */
export const orderOperations = [
  orders.list('GET /payments/orders', 'data', {
    page: 'offset',
    limit: 10,
    total: 'totalCount',
    equal: ['status', 'paymentStatus', 'contactId', 'sourceId'],
    newestFirst: true,
  }),
  serve('GET /payments/orders/{orderId}', {}, (call, world) => detailed(find(call, world), world)),
  serve('POST /payments/orders/{orderId}/record-payment', { body: paymentBody }, (call, world) => {
    const order = find(call, world);
    const total = Number(order.amount);
    const due = total - Number(order.amountPaid);
    const amount = call.body.amount ?? due;
    if (due <= 0) throw refuse(400, 'The order is already paid');
    if (amount > due) throw refuse(400, `The amount must not be greater than ${due}`);
    const amountPaid = total - due + amount;
    const isPaid = amountPaid >= total;
    const paid = world.records.orders.put({
      ...order,
      amountPaid,
      status: isPaid ? 'completed' : 'pending',
      paymentStatus: isPaid ? 'paid' : 'partially_paid',
      updatedAt: call.now,
    });
    const payment = {
      locationId: order.locationId,
      contactId: textOf(order.contactId),
      amount,
      currency: textOf(order.currency),
      liveMode: order.liveMode === true,
      entityType: 'order',
      entityId: order.id,
      sourceType: textOf(order.sourceType),
      sourceName: textOf(order.sourceName),
    };
    world.records.transactions.put(transactionOf(payment, world.random.hex(24), call.now));
    if (paid.status !== order.status)
      call.announce('OrderStatusUpdate', order.locationId, orderEvent(paid, world));
    return { success: true };
  }),
  serve('POST /payments/orders/{orderId}/fulfillments', { body: fulfillmentBody }, (call, world) => {
    const order = find(call, world);
    const items = call.body.items.map(({ priceId, qty }) => {
      const item = itemsOf(order).find(({ price }) => Reflect.get(Object(price), '_id') === priceId);
      if (item === undefined) throw refuse(400, `Price ${priceId} was not found in the order`);
      return { ...item, _id: world.random.hex(24), qty };
    });
    const fulfillment = world.records.fulfillments.put({
      id: world.random.hex(24),
      locationId: order.locationId,
      orderId: order.id,
      trackings: call.body.trackings,
      items,
      createdAt: call.now,
      updatedAt: call.now,
    });
    world.records.orders.change(order.id, { fulfillmentStatus: 'fulfilled', updatedAt: call.now });
    return { status: true, data: fulfillmentAnswer(fulfillment) };
  }),
  serve('GET /payments/orders/{orderId}/fulfillments', {}, (call, world) => ({
    status: true,
    data: world.records.fulfillments.having('orderId', find(call, world).id).map(fulfillmentAnswer),
  })),
];

function find(call: Call, world: World): Document {
  return owned(world.records.orders, param(call, 'orderId'), call, 'Order');
}

function itemsOf(order: Document): readonly Fields[] {
  return Array.isArray(order.items) ? (order.items as readonly Fields[]) : [];
}

function detailed(order: Document, world: World): Fields {
  const {
    sourceType: _type,
    sourceName: _name,
    sourceId: _id,
    contactName: _contact,
    contactEmail: _email,
    ...fields
  } = paymentAnswer(order, world) as Document;
  return { ...fields, contactSnapshot: contactSnapshot(order, world) };
}

function fulfillmentAnswer({ locationId, orderId: _orderId, ...row }: Document): Fields {
  return { ...shopAnswer({ ...row, locationId }), altId: locationId, altType: 'location' };
}

/** What OrderCreate and OrderStatusUpdate carry. */
function orderEvent(order: Document, world: World): Fields {
  return documentedPart('OrderStatusUpdate', { ...detailed(order, world), locationId: order.locationId });
}
