import { refuseLocation } from '../api/enforcement.ts';
import type { Call, OperationRules } from '../api/operation.ts';
import { param } from '../api/operation.ts';
import { refuse } from '../http/refusal.ts';
import type { World } from '../world/world.ts';
import type { Contact } from './contact.ts';

/** The contact the path names. @throws Refusal 404 where there is none, 403 where it is another location's */
export function findContact(call: Call, world: World): Contact {
  const contact = world.contacts.get(param(call, 'contactId'));
  if (contact === undefined) throw refuse(404, 'Contact not found');
  if (contact.locationId !== call.grant.locationId) throw refuseLocation();
  return contact;
}

/** The rules of an operation that reads contacts. */
export function reading(method: 'GET' | 'POST', path: string): OperationRules {
  return {
    method,
    path,
    access: ['Location-Access'],
    scopes: ['contacts.readonly'],
    surface: 'every version',
  };
}

/** The rules of an operation that changes contacts. */
export function writing(method: 'POST' | 'PUT' | 'DELETE', path: string): OperationRules {
  return { method, path, access: ['Location-Access'], scopes: ['contacts.write'], surface: 'every version' };
}
