/** Plausible values for the documented fields of webhooks, by field name; made up, none of them HighLevel's samples. */
import type { FieldType } from './event-fields.ts';

/** A JSON value. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

/** Where a value stands. */
export type ValuePlace = {
  /** Dotted, as documented: `appointment.startTime`. */
  readonly path: string;
  readonly type: FieldType;
  /** Value of `type` of the event: `ContactCreate`. */
  readonly event: string;
  /** What the event is about: `contact`. */
  readonly entity: string;
  /** The moment the event tells of. */
  readonly now: Date;
};

/** Values of single events or kinds of them, and of fields whose meaning depends on where they stand; looked up before `byName`. */
const byPath: Readonly<Record<string, JsonValue>> = {
  'InvoicePaid status': 'paid',
  'InvoicePartiallyPaid status': 'partially_paid',
  'InvoiceSent status': 'sent',
  'InvoiceVoid status': 'void',
  'InvoiceCreate status': 'draft',
  'InvoiceUpdate status': 'draft',
  'InvoiceDelete status': 'draft',
  'InvoicePaid amountPaid': 240,
  'InvoicePaid amountDue': 0,
  'InvoicePartiallyPaid amountPaid': 100,
  'InvoicePartiallyPaid amountDue': 140,
  'OrderCreate status': 'pending',
  'OrderStatusUpdate status': 'completed',
  'OrderStatusUpdate fulfillmentStatus': 'fulfilled',
  'InboundMessage direction': 'inbound',
  'InboundMessage status': 'delivered',
  'OutboundMessage direction': 'outbound',
  'OutboundMessage status': 'sent',
  'CampaignStatusUpdate status': 'active',
  'OpportunityStatusUpdate status': 'won',
  'ConversationUnreadUpdate deleted': false,
  'KnowledgeBaseDelete deleted': true,
  'KnowledgeBaseFaqChange assetType': 'faq',
  'KnowledgeBaseFileChange assetType': 'file',
  'KnowledgeBaseRichTextChange assetType': 'rich_text',
  'KnowledgeBaseTableFileChange assetType': 'table_file',
  'KnowledgeBaseTrainedUrlChange assetType': 'trained_url',
  'contact name': 'Ada Lovelace',
  'invoice name': 'Website relaunch',
  'invoice title': 'Invoice',
  'knowledge-base name': 'Opening hours and prices',
  'location name': 'Harbour Dental',
  'opportunity name': 'Website relaunch',
  'opportunity status': 'open',
  'price name': 'Medium',
  'product name': 'Harbour mug',
  'saas-plan title': 'Pro',
  'task title': 'Call Ada back',
  'contactSnapshot.name': 'Ada Lovelace',
  'invoiceItems[].name': 'First instalment',
  'items[].name': 'Harbour mug',
  'items[].product.name': 'Harbour mug',
  'contactDetails.name': 'Ada Lovelace',
  'businessDetails.name': 'Harbour Dental',
  'taxSummary[].name': 'Sales tax',
  'taxSummary[].amount': 0,
  'taxSummary[].rate': 0,
  'source.name': 'Web store',
  'source.type': 'website',
  'source.subType': 'store',
  'source.meta.domain': 'shop.example.com',
  'source.meta.pageUrl': '/checkout',
  'discount.type': 'percentage',
  'discount.value': 0,
  'contactDetails.address.countryCode': 'US',
  'businessDetails.address': '12 Quay Street, Portland, OR 97201',
  'appointment.address': 'https://meet.example.com/ada',
  'appointment.title': 'First consultation',
  'appointment.source': 'booking_widget',
  'appointment.notes': 'Asked for a morning.',
  'medias[].type': 'image',
  'medias[].title': 'Front view',
  'medias[].url': 'https://example.com/front.jpg',
  'items[].price.type': 'one_time',
  'items[].price.name': 'Standard',
  'items[].product.taxes': [],
  'variants[].name': 'Size',
  'variants[].options[].name': 'Medium',
  'prices[].amount': 97,
  'prices[].billingInterval': 'month',
  'webhookPayload.event': 'delivered',
  'webhookPayload.log-level': 'info',
  'webhookPayload.message.headers.from': 'Harbour Dental <hello@example.com>',
  'webhookPayload.message.headers.to': 'ada.lovelace@example.com',
  'webhookPayload.message.size': 1480,
  'webhookPayload.delivery-status.code': 250,
  'webhookPayload.delivery-status.message': 'OK',
  'webhookPayload.delivery-status.description': 'Accepted for delivery',
  'webhookPayload.delivery-status.session-seconds': 0.12,
  'webhookPayload.delivery-status.i-first-delivery-attempt-seconds': 0.08,
  'webhookPayload.tags': [],
  'translation.language': 'en',
  'actionParameters.transferToType': 'number',
  'actionParameters.transferToValue': '+15035550142',
  'membershipOffers[].label': 'Course access',
  'membershipOffers[].value': 'course-access',
  'properties[].key': 'pet_name',
  'properties[].valueString': 'Biscuit',
  'customFields[].value': 'Blue',
};

const byName: Readonly<Record<string, JsonValue>> = {
  action: 'created',
  actionName: 'Transfer the call',
  actionType: 'CALL_TRANSFER',
  active: true,
  address1: '12 Quay Street',
  addressLine1: '12 Quay Street',
  addressLine2: 'Floor 2',
  altType: 'location',
  amount: 240,
  amountDue: 240,
  amountPaid: 0,
  appointmentStatus: 'confirmed',
  associationType: 'USER_DEFINED',
  'attempt-no': 1,
  authType: 'oauth2',
  availableInStore: true,
  availableQuantity: 25,
  body: 'Called and agreed on next steps.',
  calculation: 'exclusive',
  callDuration: 95,
  callStatus: 'completed',
  city: 'Portland',
  code: '100',
  companyName: 'Harbour Dental',
  compareAtPrice: 260,
  contactLimit: 5000,
  contentType: 'text/plain',
  country: 'US',
  currency: 'USD',
  dateOfBirth: '1990-12-10',
  deleted: false,
  description: 'Made with HighLevel Companion',
  discount: 0,
  dnd: false,
  domain: 'app.example.com',
  duration: 95,
  emailFrom: 'hello@example.com',
  emailTo: ['ada.lovelace@example.com'],
  'enhanced-code': '2.0.0',
  extension: '101',
  firstName: 'Ada',
  firstObjectKey: 'contact',
  firstObjectLabel: 'Owner',
  firstObjectToSecondObjectCardinality: 'MANY_TO_MANY',
  from: '+15035550142',
  fromNumber: '+15035550142',
  fulfillmentStatus: 'unfulfilled',
  html: '<p>See you on Monday.</p>',
  'i-ip-pool-name': 'shared',
  image: 'https://example.com/front.jpg',
  inbox: true,
  interval: 'month',
  intervalCount: 1,
  invoiceNumber: '1042',
  isFeatured: true,
  isSaaSV2: true,
  isWhitelabelCompany: false,
  key: 'custom_objects.pet',
  label: 'Owner',
  lastName: 'Lovelace',
  liveMode: false,
  logoUrl: 'https://example.com/logo.png',
  message: 'See you on Monday.',
  'message-id': '<1042.companion@example.com>',
  messageType: 'SMS',
  messageTypeId: 2,
  messageTypeString: 'TYPE_SMS',
  monetaryValue: 2400,
  'mx-host': 'mx.example.com',
  name: 'Example',
  objectType: 'USER_DEFINED',
  onTrial: true,
  phone: '+15035550142',
  phoneNo: '+15035550142',
  phoneNumber: '+15035550142',
  planLevel: 2,
  plural: 'Pets',
  postalCode: '97201',
  priceType: 'one_time',
  primaryDisplayProperty: 'custom_objects.pet.pet_name',
  productType: 'PHYSICAL',
  qty: 1,
  rate: 10,
  recipient: 'ada.lovelace@example.com',
  'recipient-domain': 'example.com',
  'recipient-provider': 'Other',
  replied: 'no',
  role: 'user',
  saasProducts: ['contacts', 'opportunities'],
  scopes: ['contacts.readonly'],
  searchableProperties: ['custom_objects.pet.pet_name'],
  secondObjectKey: 'custom_objects.pet',
  secondObjectLabel: 'Pet',
  secondObjectToFirstObjectCardinality: 'MANY_TO_MANY',
  sender: 'hello@example.com',
  'sending-ip': '192.0.2.10',
  shipping: 0,
  singular: 'Pet',
  source: 'companion',
  starred: false,
  state: 'OR',
  statementDescriptor: 'HARBOUR',
  status: 'active',
  subTotal: 240,
  subject: 'Your appointment',
  subtotal: 240,
  summary: 'Asked for an appointment on Monday and got one.',
  symbol: '$',
  tags: ['lead'],
  targets: 'ada.lovelace@example.com',
  tax: 0,
  title: 'Follow up',
  to: '+15035550101',
  total: 240,
  trackInventory: true,
  transcript: 'Hello, is there time on Monday?',
  transport: 'smtp',
  trialCall: false,
  trialDuration: 14,
  trialPeriod: 14,
  triggerMessage: 'One moment, please.',
  triggerPrompt: 'The caller asks for a person.',
  type: 'one_time',
  unreadCount: 1,
  url: 'https://example.com',
  userLimit: 10,
  utf8: true,
  website: 'https://example.com',
};

const HOUR = 3_600_000;

/** Moments relative to the event's, in ms. */
const moments: Readonly<Record<string, number>> = {
  dateAdded: -1000,
  dateUpdated: -1000,
  createdAt: -1000,
  updatedAt: -1000,
  executedAt: -30_000,
  triggerReceivedAt: -31_000,
  trialStartDate: -HOUR,
  issueDate: 0,
  timestamp: 0,
  startTime: 24 * HOUR,
  endTime: 25 * HOUR,
  dueDate: 7 * 24 * HOUR,
};

/** A value of the documented type. Ids are not among them: `event-payload.ts` knows whose they are. */
export function valueFor({ path, type, event, entity, now }: ValuePlace): JsonValue {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const moment = moments[name];
  if (moment !== undefined) {
    const at = now.getTime() + moment;
    return type === 'number' ? Math.floor(at / 1000) : new Date(at).toISOString();
  }
  const known = byPath[`${event} ${path}`] ?? byPath[`${entity} ${path}`] ?? byTail(path) ?? byName[name];
  if (known !== undefined && fits(known, type)) return copyOf(known);
  return fallback(name, type);
}

/** The tables are shared; whoever gets a list may change it. */
function copyOf(value: JsonValue): JsonValue {
  return Array.isArray(value) ? [...value] : value;
}

/** The longest end of a path that the table has: `contactSnapshot.address.city` may be told by `address.city`. */
function byTail(path: string): JsonValue | undefined {
  for (let rest = path; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    const known = byPath[rest];
    if (known !== undefined) return known;
  }
  return undefined;
}

function fits(value: JsonValue, type: FieldType): boolean {
  if (type === 'any') return true;
  if (type === 'array') return Array.isArray(value);
  return typeof value === type;
}

function fallback(name: string, type: FieldType): JsonValue {
  switch (type) {
    case 'number':
      return 1;
    case 'boolean':
      // Permissions of a user, and flags that say something went its usual way.
      return /Enabled$|^is-(authenticated|routed)$/.test(name);
    case 'array':
      return [];
    case 'object':
      return {};
    case 'string':
    case 'any':
      return /email/i.test(name) ? 'ada.lovelace@example.com' : 'example';
  }
}
