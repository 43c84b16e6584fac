import { fullName } from '../contacts/contact.ts';
import { COUPON_DEFAULTS } from '../payments/payment-families.ts';
import { totalsOf } from '../invoices/invoice.ts';
import { transactionOf } from '../payments/transaction.ts';
import type { Seeding } from './seeding.ts';

const PRODUCTS = [
  ['First consultation', 'SERVICE', 120, 'one_time'],
  ['Care plan', 'SERVICE', 39, 'recurring'],
  ['Gift card', 'DIGITAL', 50, 'one_time'],
] as const;

const STATES = ['paid', 'sent', 'draft'] as const;

/** Products with prices, orders and invoices in different states, their payments, a subscription and a coupon. */
export function addFirstSales({ records, location, contacts, user, random, ago }: Seeding): void {
  const locationId = location.id;
  const currency = 'USD';
  const sold = PRODUCTS.map(([name, productType, amount, type], index) => {
    const dates = { createdAt: ago(600 - index), updatedAt: ago(600 - index) };
    const product = records.products.put({
      id: random.hex(24),
      locationId,
      name,
      description: '',
      productType,
      availableInStore: true,
      userId: user.id,
      ...dates,
    });
    const recurring = type === 'recurring' ? { recurring: { interval: 'month', intervalCount: 1 } } : {};
    const price = records.prices.put({
      id: random.hex(24),
      locationId,
      product: product.id,
      name,
      type,
      currency,
      amount,
      userId: user.id,
      ...recurring,
      ...dates,
    });
    return { product, price, name, amount };
  });

  for (const [index, contact] of contacts.slice(0, 6).entries()) {
    const { product, price, name, amount } = sold[index % sold.length] ?? {};
    if (product === undefined || price === undefined || amount === undefined) continue;
    const isPaid = index % 2 === 0;
    const date = ago(index * 30 + 4);
    const order = records.orders.put({
      id: random.hex(24),
      locationId,
      contactId: contact.id,
      currency,
      amount,
      subtotal: amount,
      discount: 0,
      amountSummary: { subtotal: amount, discount: 0 },
      amountPaid: isPaid ? amount : 0,
      status: isPaid ? 'completed' : 'pending',
      paymentStatus: isPaid ? 'paid' : 'unpaid',
      fulfillmentStatus: 'unfulfilled',
      liveMode: false,
      sourceType: 'website',
      sourceName: 'Shop',
      sourceId: random.id(),
      source: { type: 'website', subType: 'store', id: random.id(), name: 'Shop' },
      items: [
        {
          name,
          qty: 1,
          product: { ...product, _id: product.id },
          price: { ...price, _id: price.id },
        },
      ],
      createdAt: date,
      updatedAt: date,
    });
    if (isPaid) addTransaction(contact.id, amount, 'order', order.id, date);
  }

  for (const [index, contact] of contacts.slice(0, 5).entries()) {
    const status = STATES[index % STATES.length] ?? 'draft';
    const items = [{ name: 'First consultation', currency, amount: 120, qty: 1 + index }];
    const { total, ...totalSummary } = totalsOf(items, undefined);
    const date = ago(index * 24 + 6);
    const invoice = records.invoices.put({
      id: random.hex(24),
      locationId,
      name: `Invoice for ${fullName(contact)}`,
      title: 'INVOICE',
      status,
      liveMode: false,
      currency,
      invoiceNumber: 1001 + index,
      businessDetails: { name: location.name, phoneNo: location.phone, website: location.website },
      contactDetails: {
        id: contact.id,
        name: fullName(contact),
        email: contact.email ?? '',
        phoneNo: contact.phone ?? '',
      },
      issueDate: date.slice(0, 10),
      dueDate: ago(index * 24 + 6 - 14 * 24).slice(0, 10),
      discount: { type: 'percentage', value: 0 },
      invoiceItems: items.map((item) => ({ ...item, _id: random.hex(24) })),
      total,
      totalSummary,
      amountPaid: status === 'paid' ? total : 0,
      amountDue: status === 'paid' ? 0 : total,
      createdAt: date,
      updatedAt: date,
    });
    if (status === 'paid') addTransaction(contact.id, total, 'invoice', invoice.id, date);
  }

  const [first] = contacts;
  const dates = { createdAt: ago(300), updatedAt: ago(300) };
  if (first !== undefined) {
    records.subscriptions.put({
      id: random.hex(24),
      locationId,
      contactId: first.id,
      currency,
      amount: 39,
      status: 'active',
      liveMode: false,
      entityType: 'order',
      entityId: random.hex(24),
      entitySourceType: 'website',
      entitySourceName: 'Shop',
      entitySourceId: random.id(),
      subscriptionId: `sub_${random.id()}`,
      ...dates,
    });
  }
  records.coupons.put({
    ...COUPON_DEFAULTS,
    id: random.hex(24),
    locationId,
    name: 'Welcome',
    code: 'WELCOME10',
    discountType: 'percentage',
    discountValue: 10,
    startDate: ago(400),
    userId: user.id,
    ...dates,
  });

  function addTransaction(
    contactId: string,
    amount: number,
    entityType: string,
    entityId: string,
    date: string,
  ): void {
    const [sourceType, sourceName] = entityType === 'invoice' ? ['invoice', 'Invoice'] : ['website', 'Shop'];
    const source = { entityType, entityId, sourceType, sourceName };
    const payment = { locationId, contactId, amount, currency, liveMode: false, ...source };
    records.transactions.put(transactionOf(payment, random.hex(24), date));
  }
}
