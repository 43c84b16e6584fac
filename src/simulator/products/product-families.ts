import { z } from 'zod';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import { familyOf } from '../collections/family.ts';
import type { Fields } from '../collections/serve.ts';
import { documentedPart } from '../webhooks/documented-part.ts';

const stamps = ['createdAt', 'updatedAt'] as const;

/** HighLevel's shop writes `_id` where the rest of the API writes `id`. */
export function shopAnswer({ id, ...row }: Document): Fields {
  return { _id: id, ...row };
}

const products = familyOf({
  rows: (world) => world.records.products,
  what: 'Product',
  stamps,
  answer: shopAnswer,
  complete: (row, call) => ({ availableInStore: row.availableInStore ?? false, userId: call.grant.userId }),
  removed(product, world) {
    for (const { id } of world.records.prices.having('product', product.id)) world.records.prices.remove(id);
  },
  events: {
    create: 'ProductCreate',
    change: 'ProductUpdate',
    remove: 'ProductDelete',
    fields: (row) => documentedPart('ProductCreate', shopAnswer(row)),
  },
});

const prices = familyOf({
  rows: (world) => world.records.prices,
  what: 'Price',
  stamps,
  within: { param: 'productId', field: 'product', rows: (world) => world.records.products, what: 'Product' },
  answer: shopAnswer,
  complete: (_row, call) => ({ userId: call.grant.userId }),
  events: {
    create: 'PriceCreate',
    change: 'PriceUpdate',
    remove: 'PriceDelete',
    // The type of the event stands where the price's own type would.
    fields: (row) => documentedPart('PriceCreate', { ...shopAnswer(row), priceType: row.type }),
  },
});

const productBody = { name: requiredText, productType: requiredText };
const priceBody = { name: requiredText, type: z.enum(['one_time', 'recurring']), amount: z.number() };

function isListed(row: Document, { productIds, availableInStore }: Fields): boolean {
  if (Array.isArray(productIds) && !productIds.includes(row.id)) return false;
  return typeof availableInStore !== 'boolean' || row.availableInStore === availableInStore;
}

export const productFamilies = [
  products.list('GET /products/', 'products', {
    page: 'offset',
    search: ['name', 'description'],
    only: isListed,
    newestFirst: true,
    total: (count) => ({ total: [{ total: count }] }),
  }),
  products.create('POST /products/', '', productBody),
  products.read('GET /products/{productId}', ''),
  products.change('PUT /products/{productId}', '', productBody),
  products.remove('DELETE /products/{productId}', { status: true }),
  prices.list('GET /products/{productId}/price', 'prices', { page: 'offset', total: 'total' }),
  prices.create('POST /products/{productId}/price', '', priceBody),
  prices.read('GET /products/{productId}/price/{priceId}', ''),
  prices.change('PUT /products/{productId}/price/{priceId}', '', priceBody),
  prices.remove('DELETE /products/{productId}/price/{priceId}', { status: true }),
];
