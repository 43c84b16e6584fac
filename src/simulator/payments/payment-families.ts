import { z } from 'zod';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import { locationOf, owned } from '../collections/owner.ts';
import type { Fields } from '../collections/serve.ts';
import { serve } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import { paymentAnswer } from './transaction.ts';

const list = {
  page: 'offset',
  limit: 10,
  total: 'totalCount',
  newestFirst: true,
  equal: ['contactId', 'entityId', 'subscriptionId', 'entitySourceType'],
} as const;

const transactions = familyOf({
  rows: (world) => world.records.transactions,
  what: 'Transaction',
  answer: paymentAnswer,
});

const subscriptions = familyOf({
  rows: (world) => world.records.subscriptions,
  what: 'Subscription',
  answer: paymentAnswer,
});

const coupons = familyOf({
  rows: (world) => world.records.coupons,
  what: 'Coupon',
  answer: couponAnswer,
  stamps: ['createdAt', 'updatedAt'],
  complete: (row, call) => ({
    ...COUPON_DEFAULTS,
    ...row,
    limitPerCustomer: Number(row.limitPerCustomer ?? 0),
    userId: call.grant.userId,
  }),
  check(row, world) {
    const same = world.records.coupons.having('code', textOf(row.code));
    if (same.some(({ id, locationId }) => id !== row.id && locationId === row.locationId)) {
      throw refuse(400, `A coupon with the code ${textOf(row.code)} already exists`);
    }
  },
});

export const COUPON_DEFAULTS = {
  usageCount: 0,
  limitPerCustomer: 0,
  applyToFuturePayments: true,
  applyToFuturePaymentsConfig: { type: 'forever' },
};

const couponBody = { name: requiredText, code: requiredText, discountValue: z.number() };

export const paymentFamilies = [
  transactions.list('GET /payments/transactions', 'data', list),
  transactions.read('GET /payments/transactions/{transactionId}', withSource),
  subscriptions.list('GET /payments/subscriptions', 'data', list),
  subscriptions.read('GET /payments/subscriptions/{subscriptionId}', withSource),
  coupons.list('GET /payments/coupon/list', 'data', {
    page: 'offset',
    limit: 10,
    total: 'totalCount',
    search: ['name', 'code'],
    only: (row, { status }) => status === undefined || statusOf(row) === status,
  }),
  coupons.create('POST /payments/coupon', '', couponBody),
  serve('GET /payments/coupon', {}, (call, world) => {
    const coupon = owned(world.records.coupons, textOf(call.query.id), call, 'Coupon');
    return couponAnswer(coupon, world);
  }),
  serve(
    'PUT /payments/coupon',
    { body: z.looseObject({ ...couponBody, id: requiredText }) },
    (call, world) => {
      const { id, altId: _altId, altType: _altType, ...changes } = call.body;
      const before = owned(world.records.coupons, id, call, 'Coupon');
      const limitPerCustomer = Number(changes.limitPerCustomer ?? before.limitPerCustomer);
      const after = { ...before, ...changes, limitPerCustomer, updatedAt: call.now };
      return couponAnswer(world.records.coupons.put(after), world);
    },
  ),
  serve('DELETE /payments/coupon', { body: z.looseObject({ id: requiredText }) }, (call, world) => {
    locationOf(call, world);
    world.records.coupons.remove(owned(world.records.coupons, call.body.id, call, 'Coupon').id);
    return { success: true };
  }),
];

function withSource(answer: object, row: Document): Fields {
  const { entitySourceType: type, entitySourceName: name, entitySourceId: id } = row;
  return { ...answer, entitySource: { type, id, name } };
}

function couponAnswer(row: Document, world: World): Fields {
  return { ...paymentAnswer(row, world), status: statusOf(row) };
}

/** Coupons run from their start to their end, by the clock of this computer's HighLevel at their last change. */
function statusOf(row: Document): string {
  const [start, end, at] = [row.startDate, row.endDate, row.updatedAt].map((date) =>
    Date.parse(textOf(date)),
  );
  if (start !== undefined && at !== undefined && start > at) return 'scheduled';
  return end !== undefined && at !== undefined && end < at ? 'expired' : 'active';
}
