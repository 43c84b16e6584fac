import type { Account } from './account.ts';
import type { KnownIds } from './known-ids.ts';
import type { Hints } from './request.ts';

/** What a valid call needs beyond what the documents declare, by operation: states, relations, values used only once. */
export function hintsFor(operation: string, account: Account, ids: KnownIds): Hints {
  const [used, forConversation, forOpportunity] = account.freshContacts;
  const message = { contactId: used, message: 'Hello', html: '<p>Hello</p>', subject: 'Hello' };
  const association = { firstObjectLabel: 'Customer', secondObjectLabel: 'Companion' };
  switch (operation) {
    case 'POST /oauth/token':
      return {
        client_id: account.clientId,
        client_secret: account.clientSecret,
        clientId: account.clientId,
        clientSecret: account.clientSecret,
        grant_type: 'refresh_token',
        grantType: 'refresh_token',
        refresh_token: account.refreshToken,
        refreshToken: account.refreshToken,
      };
    // Its document declares an empty body.
    case 'POST /contacts/search':
      return { locationId: account.known.get('locationId') };
    case 'POST /contacts/bulk/business':
      return { ids: [used], businessId: ids.forField('businessId') };
    case 'POST /associations/':
      return { ...association, key: 'conformance', firstObjectKey: 'contact', secondObjectKey: 'contact' };
    case 'PUT /associations/{associationId}':
      return association;
    case 'GET /associations/key/{key_name}':
      return { key_name: 'conformance' };
    case 'POST /associations/relations':
      return {
        associationId: ids.allOf('/associations')[0],
        firstRecordId: used,
        secondRecordId: forConversation,
      };
    case 'POST /conversations/messages':
      return { ...message, type: 'Email' };
    case 'DELETE /conversations/messages/{messageId}/schedule':
      return { messageId: account.scheduled[0].messageId };
    case 'DELETE /conversations/messages/email/{emailMessageId}/schedule':
      return { emailMessageId: account.scheduled[1].emailMessageId };
    case 'POST /conversations/messages/inbound':
      return { ...message, type: 'SMS', conversationId: ids.forField('conversationId') };
    case 'GET /conversations/messages/email/{id}':
    case 'PUT /conversations/messages/email/{id}/status':
      return { id: ids.forField('emailMessageId') };
    case 'POST /conversations/':
      return { contactId: forConversation };
    case 'POST /opportunities/':
      return { contactId: forOpportunity };
    case 'POST /opportunities/upsert':
      return { contactId: used };
    case 'POST /users/':
      return { type: 'account', role: 'user' };
    case 'GET /calendars/events':
    case 'GET /calendars/blocked-slots':
      return { calendarId: ids.forField('calendarId') };
    case 'POST /locations/{locationId}/tags':
      return { name: 'Conformance' };
    case 'PUT /locations/{locationId}/tags/{tagId}':
      return { name: 'Conformance, renamed' };
    case 'GET /payments/coupon':
    case 'PUT /payments/coupon':
    case 'DELETE /payments/coupon':
      return { id: ids.allOf('/payments/coupon')[0] };
    case 'POST /calendars/events/block-slots':
      return { startTime: '2026-03-01T10:00:00Z', endTime: '2026-03-01T11:00:00Z' };
    // An invoice can be sent, paid or made void, not all of it.
    case 'POST /invoices/{invoiceId}/void':
      return { invoiceId: ids.allOf('/invoices')[1] };
    case 'POST /payments/orders/{orderId}/record-payment':
      return { orderId: ids.allOf('/payments/orders')[1] };
    default:
      return {};
  }
}
