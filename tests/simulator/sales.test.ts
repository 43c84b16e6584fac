import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FamilyWorld } from './family.ts';
import { allIds, createFamilyWorld } from './family.ts';
import { toRecord } from './receiver.ts';
import { toList } from './world.ts';

let world: FamilyWorld;
let alt: string;
beforeEach(async () => {
  world = await createFamilyWorld();
  alt = `altId=${world.location}&altType=location`;
});
afterEach(() => world.dispose());

const owner = (): Record<string, unknown> => ({ altId: world.location, altType: 'location' });

describe('products and prices', () => {
  it('are made, changed and deleted, with an event for each', async () => {
    const { location: locationId } = world;
    const body = { locationId, name: 'Night cream', productType: 'PHYSICAL' };
    const product = await world.ask('POST /products/', '', body);
    const path = `/products/${String(product['_id'])}`;
    const priceBody = { locationId, name: 'Jar', type: 'one_time', currency: 'EUR', amount: 19.5 };
    const price = await world.ask('POST /products/{productId}/price', `${path}/price`, priceBody);
    expect(price).toMatchObject({ product: product['_id'], amount: 19.5 });
    const pricePath = `${path}/price/${String(price['_id'])}`;
    await world.ask('PUT /products/{productId}/price/{priceId}', pricePath, { ...priceBody, amount: 21 });
    const read = await world.ask(
      'GET /products/{productId}/price/{priceId}',
      `${pricePath}?locationId=${locationId}`,
    );
    expect(read).toMatchObject({ amount: 21, currency: 'EUR' });
    await world.ask('PUT /products/{productId}', path, { ...body, name: 'Day cream' });
    const found = await world.ask('GET /products/', `?locationId=${locationId}&search=day cream`);
    expect(found).toMatchObject({ products: [{ name: 'Day cream' }], total: [{ total: 1 }] });
    expect((await world.send('POST', '/products/none/price', priceBody)).status).toBe(404);
    expect(await world.statusElsewhere('GET', path)).not.toBe(200);
    await world.ask('DELETE /products/{productId}', `${path}?locationId=${locationId}`);
    expect((await world.send('GET', `${pricePath}?locationId=${locationId}`)).status).toBe(404);
    const events = await world.events();
    expect([...events.keys()].toSorted()).toEqual([
      'PriceCreate',
      'PriceUpdate',
      'ProductCreate',
      'ProductDelete',
      'ProductUpdate',
    ]);
    expect(events.get('PriceUpdate')).toMatchObject({
      product: product['_id'],
      priceType: 'one_time',
      amount: 21,
    });
  });

  it('page with offset', async () => {
    const ids = await allIds(async (_last, offset) =>
      toList(
        (await world.ask('GET /products/', `?locationId=${world.location}&limit=2&offset=${offset}`))[
          'products'
        ],
      ),
    );
    expect(new Set(ids).size).toBe(3);
    expect(ids).toHaveLength(3);
  });
});

describe('invoices', () => {
  async function newInvoice(): Promise<Record<string, unknown>> {
    const [contact] = toList(
      (await world.send('GET', `/contacts/?locationId=${world.location}`)).body['contacts'],
    );
    return world.ask('POST /invoices/', '', {
      ...owner(),
      name: 'Roof repair',
      businessDetails: { name: 'Roofs Ltd' },
      currency: 'USD',
      items: [
        { name: 'Tiles', currency: 'USD', amount: 10, qty: 3, taxes: [{ _id: 't', name: 'VAT', rate: 20 }] },
      ],
      discount: { type: 'percentage', value: 10 },
      contactDetails: { id: contact?.['id'], name: 'X', phoneNo: '+1', email: 'x@y.example' },
      issueDate: '2030-01-01',
      sentTo: { email: ['x@y.example'] },
      liveMode: false,
    });
  }

  it('are sent and paid in parts, with an event and a transaction for each', async () => {
    const invoice = await newInvoice();
    expect(invoice).toMatchObject({ status: 'draft', total: 33, amountDue: 33, invoiceNumber: 1006 });
    const path = `/invoices/${String(invoice['_id'])}`;
    const send = { ...owner(), userId: 'u', action: 'email', liveMode: false };
    const sent = await world.ask('POST /invoices/{invoiceId}/send', `${path}/send`, send);
    expect(sent['invoice']).toMatchObject({ status: 'sent' });
    const pay = (amount: number): Promise<Record<string, unknown>> => {
      const body = {
        ...owner(),
        mode: 'cash',
        notes: 'Thanks',
        amount,
        card: { brand: 'visa', last4: '4242' },
        cheque: { number: '1' },
      };
      return world.ask('POST /invoices/{invoiceId}/record-payment', `${path}/record-payment`, body);
    };
    expect((await pay(13))['invoice']).toMatchObject({ status: 'partially_paid', amountDue: 20 });
    expect((await pay(20))['invoice']).toMatchObject({ status: 'paid', amountDue: 0 });
    const read = await world.ask('GET /invoices/{invoiceId}', `${path}?${alt}`);
    expect(read).toMatchObject({ amountPaid: 33, totalSummary: { subTotal: 30, discount: 3, tax: 6 } });
    const query = `?${alt}&entityId=${String(invoice['_id'])}`;
    const payments = await world.ask('GET /payments/transactions', query);
    expect(new Set(toList(payments['data']).map(({ amount }) => amount))).toEqual(new Set([13, 20]));
    expect((await world.send('POST', `${path}/void`, owner())).status).toBe(400);
    expect(await world.statusElsewhere('GET', path)).not.toBe(200);
    const events = await world.events();
    expect([...events.keys()].toSorted()).toEqual([
      'InvoiceCreate',
      'InvoicePaid',
      'InvoicePartiallyPaid',
      'InvoiceSent',
    ]);
    expect(events.get('InvoicePaid')).toMatchObject({
      altId: world.location,
      altType: 'location',
      total: 33,
      status: 'paid',
    });
  });

  it('are changed, made void and deleted', async () => {
    const invoice = await newInvoice();
    const path = `/invoices/${String(invoice['_id'])}`;
    const body = {
      ...owner(),
      name: 'Roof repair',
      currency: 'USD',
      issueDate: '2030-01-01',
      dueDate: '2030-02-01',
      invoiceItems: [{ name: 'Tiles', currency: 'USD', amount: 10, qty: 1 }],
    };
    expect(await world.ask('PUT /invoices/{invoiceId}', path, body)).toMatchObject({
      total: 9,
      amountDue: 9,
    });
    await world.ask('POST /invoices/{invoiceId}/void', `${path}/void`, owner());
    await world.ask('DELETE /invoices/{invoiceId}', `${path}?${alt}`);
    expect((await world.send('GET', `${path}?${alt}`)).status).toBe(404);
    expect([...(await world.events()).keys()].toSorted()).toEqual([
      'InvoiceCreate',
      'InvoiceDelete',
      'InvoiceUpdate',
      'InvoiceVoid',
    ]);
  });

  it('are listed by status and contact, a page at a time', async () => {
    const all = await allIds(async (_last, offset) =>
      toList((await world.ask('GET /invoices/', `?${alt}&limit=2&offset=${offset}`))['invoices']),
    );
    expect(new Set(all).size).toBe(5);
    const paid = await world.ask('GET /invoices/', `?${alt}&limit=10&offset=0&status=paid`);
    expect(paid['total']).toBe(2);
    const [first] = toList(paid['invoices']);
    const contactId = String(toRecord(first?.['contactDetails'])['id']);
    const own = await world.ask('GET /invoices/', `?${alt}&limit=10&offset=0&contactId=${contactId}`);
    expect(own['total']).toBe(1);
    const next = await world.ask('GET /invoices/generate-invoice-number', `?${alt}`);
    expect(next['invoiceNumber']).toBe(1006);
  });

  it('come from templates', async () => {
    const body = {
      ...owner(),
      name: 'Yearly',
      businessDetails: {},
      currency: 'USD',
      items: [{ name: 'Check', currency: 'USD', amount: 80, qty: 2 }],
    };
    const template = await world.ask('POST /invoices/template', '', body);
    expect(template).toMatchObject({ total: 160 });
    const list = await world.ask('GET /invoices/template', `?${alt}&limit=10&offset=0`);
    expect(list).toMatchObject({ totalCount: 1, data: [{ name: 'Yearly' }] });
    const path = `/invoices/template/${String(template['_id'])}?${alt}`;
    await world.ask('DELETE /invoices/template/{templateId}', path);
    expect((await world.send('GET', path)).status).toBe(404);
  });
});

describe('payments', () => {
  it('complete an order, which is told', async () => {
    const { data, totalCount } = await world.ask(
      'GET /payments/orders',
      `?altId=${world.location}&paymentStatus=unpaid`,
    );
    expect(totalCount).toBe(3);
    const [order] = toList(data);
    expect(order).toMatchObject({ status: 'pending', totalProducts: 1 });
    const path = `/payments/orders/${String(order?.['_id'])}`;
    await world.ask('POST /payments/orders/{orderId}/record-payment', `${path}/record-payment`, {
      ...owner(),
      mode: 'cash',
    });
    const paid = await world.ask('GET /payments/orders/{orderId}', `${path}?altId=${world.location}`);
    expect(paid).toMatchObject({ status: 'completed', contactSnapshot: { id: order?.['contactId'] } });
    expect((await world.events()).get('OrderStatusUpdate')).toMatchObject({
      _id: order?.['_id'],
      altId: world.location,
      locationId: world.location,
      status: 'completed',
    });
    const item = toList(paid['items'])[0];
    const priceId = toRecord(item?.['price'])['_id'];
    const body = { ...owner(), trackings: [], items: [{ priceId, qty: 1 }], notifyCustomer: false };
    await world.ask('POST /payments/orders/{orderId}/fulfillments', `${path}/fulfillments`, body);
    const list = await world.ask(
      'GET /payments/orders/{orderId}/fulfillments',
      `${path}/fulfillments?${alt}`,
    );
    expect(toList(list['data'])).toHaveLength(1);
  });

  it('are listed and read one by one', async () => {
    const { data } = await world.ask('GET /payments/transactions', `?${alt}`);
    const [first] = toList(data);
    const path = `/payments/transactions/${String(first?.['_id'])}?${alt}`;
    expect(await world.ask('GET /payments/transactions/{transactionId}', path)).toMatchObject({
      amount: first?.['amount'],
    });
    const subscriptions = await world.ask('GET /payments/subscriptions', `?${alt}`);
    const [subscription] = toList(subscriptions['data']);
    const one = `/payments/subscriptions/${String(subscription?.['_id'])}?${alt}`;
    await world.ask('GET /payments/subscriptions/{subscriptionId}', one);
  });

  it('are lowered by coupons', async () => {
    const body = {
      ...owner(),
      name: 'Spring',
      code: 'SPRING',
      discountType: 'amount',
      discountValue: 5,
      startDate: '2020-01-01T00:00:00Z',
    };
    const coupon = await world.ask('POST /payments/coupon', '', body);
    expect(coupon).toMatchObject({ status: 'active', usageCount: 0 });
    expect((await world.send('POST', '/payments/coupon', body)).status).toBe(400);
    const changed = await world.ask('PUT /payments/coupon', '', { ...body, id: coupon['_id'], name: 'May' });
    expect(changed).toMatchObject({ name: 'May', code: 'SPRING' });
    const list = await world.ask('GET /payments/coupon/list', `?${alt}&search=may`);
    expect(list).toMatchObject({ totalCount: 1 });
    await world.ask('DELETE /payments/coupon', '', { ...owner(), id: coupon['_id'] });
    const gone = await world.send('GET', `/payments/coupon?${alt}&id=${String(coupon['_id'])}&code=SPRING`);
    expect(gone.status).toBe(404);
  });
});
