import { z } from 'zod';
import { requiredText } from '../api/validation.ts';
import type { Document } from '../collections/family.ts';
import type { Fields } from '../collections/serve.ts';
import { textOf } from '../collections/text.ts';
import { documentedPart } from '../webhooks/documented-part.ts';

export const invoiceItem = z.looseObject({
  name: requiredText,
  currency: requiredText,
  amount: z.number(),
  qty: z.number(),
  taxes: z.array(z.looseObject({ rate: z.number() })).optional(),
});

export const discountShape = z.looseObject({
  type: z.enum(['percentage', 'fixed']),
  value: z.number().optional(),
});

type Item = z.infer<typeof invoiceItem>;
type Discount = z.infer<typeof discountShape>;

export interface Totals {
  readonly subTotal: number;
  readonly discount: number;
  readonly tax: number;
  readonly total: number;
}

/** Sums up in the currency's own unit, to two digits. Taxes come on top of each item. */
export function totalsOf(items: readonly Item[], discount: Discount | undefined): Totals {
  const subTotal = items.reduce((sum, { amount, qty }) => sum + amount * qty, 0);
  const tax = items.reduce((sum, { amount, qty, taxes = [] }) => {
    const rate = taxes.reduce((rates, one) => rates + one.rate, 0);
    return sum + (amount * qty * rate) / 100;
  }, 0);
  const off =
    discount?.type === 'percentage' ? (subTotal * (discount.value ?? 0)) / 100 : (discount?.value ?? 0);
  const lowered = Math.min(off, subTotal);
  return {
    subTotal: cents(subTotal),
    discount: cents(lowered),
    tax: cents(tax),
    total: cents(subTotal - lowered + tax),
  };
}

export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** An invoice as the API answers it. */
export function invoiceAnswer({ id, locationId, ...row }: Document): Fields {
  return { _id: id, altId: locationId, altType: 'location', ...row };
}

/** What every invoice event carries. */
export function invoiceEvent(invoice: Document): Fields {
  const answer = { ...invoiceAnswer(invoice), invoiceNumber: textOf(invoice.invoiceNumber) };
  return documentedPart('InvoiceCreate', answer);
}

/** What an invoice owes by, and how much of that is paid. */
export function stateOf(total: number, amountPaid: number): { amountDue: number; status: string } {
  const amountDue = cents(total - amountPaid);
  return { amountDue, status: amountDue <= 0 ? 'paid' : 'partially_paid' };
}
