/**
 * Bodies whose `type` is missing or means something else, told apart by the fields they carry. HighLevel's documented
 * samples of invoices, products, prices, custom objects and relations name no event, and price events carry the type of
 * the price there (HighLevel docs: Webhook Events).
 */

export type JsonObject = Readonly<Record<string, unknown>>;

export type Shape = {
  /** The family (`Invoice`), or the event itself where the shape leaves no doubt (`VoiceAiCallEnd`). */
  readonly type: string;
  readonly category: string;
  /** True when the shape names the event itself and not only its family. */
  readonly exact: boolean;
};

type Rule = Shape & { readonly fields: readonly string[] };

/** The first rule whose fields are all there applies, so the more particular ones come first. */
const RULES: readonly Rule[] = [
  {
    type: 'VoiceAiCallEnd',
    category: 'Voice AI',
    exact: true,
    fields: ['agentId', 'transcript', 'duration'],
  },
  { type: 'SaasPlanCreate', category: 'SaaS', exact: true, fields: ['planId', 'saasProducts', 'planLevel'] },
  { type: 'Invoice', category: 'Invoices', exact: false, fields: ['altId', 'altType', 'invoiceNumber'] },
  {
    type: 'Order',
    category: 'Payments / Orders',
    exact: false,
    fields: ['altId', 'altType', 'fulfillmentStatus'],
  },
  {
    type: 'Price',
    category: 'Products / Prices',
    exact: false,
    fields: ['_id', 'product', 'currency', 'amount'],
  },
  { type: 'Product', category: 'Products', exact: false, fields: ['_id', 'productType'] },
  { type: 'Relation', category: 'Associations', exact: false, fields: ['firstRecordId', 'secondRecordId'] },
  {
    type: 'Association',
    category: 'Associations',
    exact: false,
    fields: ['associationType', 'firstObjectKey'],
  },
  {
    type: 'ObjectSchema',
    category: 'Custom objects',
    exact: false,
    fields: ['labels', 'primaryDisplayProperty'],
  },
  {
    type: 'Record',
    category: 'Custom objects',
    exact: false,
    fields: ['properties', 'owners', 'locationId'],
  },
  {
    type: 'WorkflowTriggerSubscription',
    category: 'Workflow custom trigger',
    exact: true,
    fields: ['triggerData', 'meta', 'extras'],
  },
  {
    type: 'WorkflowActionExecution',
    category: 'Workflow custom action',
    exact: true,
    fields: ['data', 'meta', 'extras'],
  },
];

/** What the fields of a body tell, or null. */
export function shapeOf(body: JsonObject): Shape | null {
  return RULES.find((rule) => rule.fields.every((field) => field in body)) ?? null;
}

/** Messages for a conversation provider carry the kind of message in `type` (HighLevel docs: Provider Outbound Message). */
export function isProviderMessage(body: JsonObject): boolean {
  return (body['type'] === 'SMS' || body['type'] === 'Email') && 'messageId' in body && 'contactId' in body;
}

/** The family that an event is told to belong to where its body does not name it: `Invoice` of `InvoicePaid`; else null. */
export function familyOf(type: string): string | null {
  return RULES.find((rule) => !rule.exact && type.startsWith(rule.type))?.type ?? null;
}
