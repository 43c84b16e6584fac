import { contactLinks } from '../contacts/contact-links.ts';
import { contactOperations } from '../contacts/contact-operations.ts';
import { noteOperations } from '../contacts/note-operations.ts';
import { tagOperations } from '../contacts/tag-operations.ts';
import { taskOperations } from '../contacts/task-operations.ts';
import { businessFamilies } from '../businesses/business-families.ts';
import { companyOperations } from '../companies/company-operations.ts';
import { appointmentOperations } from '../calendars/appointment-operations.ts';
import { appointmentNoteOperations } from '../calendars/appointment-notes.ts';
import { calendarFamilies } from '../calendars/calendar-families.ts';
import { invoiceOperations } from '../invoices/invoice-operations.ts';
import { orderOperations } from '../payments/order-operations.ts';
import { paymentFamilies } from '../payments/payment-families.ts';
import { productFamilies } from '../products/product-families.ts';
import { associationOperations } from '../associations/association-operations.ts';
import { formOperations } from '../marketing/form-operations.ts';
import { marketingFamilies } from '../marketing/marketing-families.ts';
import { objectOperations } from '../objects/object-operations.ts';
import { recordOperations } from '../objects/record-operations.ts';
import { snapshotOperations } from '../snapshots/snapshot-operations.ts';
import { conversationOperations } from '../conversations/conversation-operations.ts';
import { messageOperations } from '../conversations/message-operations.ts';
import { opportunityOperations } from '../opportunities/opportunity-operations.ts';
import { opportunitySearch } from '../opportunities/opportunity-search.ts';
import { customFieldFamilies } from '../locations/custom-field-families.ts';
import { locationFamilies } from '../locations/location-families.ts';
import { locationOperations } from '../locations/location-operations.ts';
import { installationOperations } from '../oauth/installation-operations.ts';
import { locationTokenOperations } from '../oauth/location-token-operations.ts';
import { contracts } from '../../shared/highlevel/operations/shapes/index.ts';
import { createGenericOperations } from '../generic/generic-operation.ts';
import type { Route } from './match-operation.ts';
import { userOperations } from '../users/user-operations.ts';
import type { Operation } from './operation.ts';
import { createRoutes, routeKey } from './routes.ts';

/** The operations with state of their own. */
export const operations: readonly Operation[] = [
  ...contactOperations,
  ...tagOperations,
  ...noteOperations,
  ...taskOperations,
  ...contactLinks,
  ...locationOperations,
  ...locationFamilies,
  ...customFieldFamilies,
  ...userOperations,
  ...businessFamilies,
  ...companyOperations,
  ...opportunitySearch,
  ...opportunityOperations,
  ...conversationOperations,
  ...messageOperations,
  ...calendarFamilies,
  ...appointmentOperations,
  ...appointmentNoteOperations,
  ...productFamilies,
  ...orderOperations,
  ...paymentFamilies,
  ...invoiceOperations,
  ...formOperations,
  ...marketingFamilies,
  ...snapshotOperations,
  ...objectOperations,
  ...recordOperations,
  ...associationOperations,
  ...locationTokenOperations,
  ...installationOperations,
];

/** Every operation of HighLevel's API: what is not listed above is answered by its published shape. */
export function catalogueRoutes(): Route[] {
  const readers = new Map(operations.map((row) => [routeKey(row.method, row.path), row]));
  const generic = createGenericOperations(contracts, (key) => readers.get(key));
  return createRoutes(operations, contracts, generic);
}
