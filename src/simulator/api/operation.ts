import { z } from 'zod';
import type { ContractAccess, ContractSurface } from '../../shared/highlevel/operations/shapes/index.ts';
import type { Incoming, Reply } from '../http/messages.ts';
import type { Consent } from '../oauth/grants.ts';
import type { World } from '../world/world.ts';
import { validate } from './validation.ts';

/**
 * Who may call, in the names of HighLevel's security schemes. `Location-Access` and `Agency-Access` also take private
 * integration tokens; the `-Only` schemes take OAuth tokens alone.
 */
export type Access = ContractAccess;

/** Under which `Version` values a path exists: all of them, those before `v3`, or `v3` alone. */
export type Surface = ContractSurface;

/** What a call must satisfy: one row of the operations table, plain data. */
export interface OperationRules {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** `/contacts/{contactId}`: braces mark parameters. */
  readonly path: string;
  readonly access: readonly Access[];
  /** The token must hold all of them. */
  readonly scopes: readonly string[];
  readonly surface: Surface;
}

/** A call that has passed the rules of its row. */
export interface Call {
  readonly request: Incoming;
  /** Whose token it is. */
  readonly grant: Consent;
  /** Path parameters by name. */
  readonly params: ReadonlyMap<string, string>;
  /** Set where another operation looks the object up on the way; the fields of the call are that one's then. */
  readonly isWithin?: boolean;
}

export interface Operation extends OperationRules {
  /** Left out, the body is read as an object of fields before `run`, and refused where it is none. */
  readonly readsOwnBody?: boolean;
  readonly run: (
    call: Call,
    fields: { query: Readonly<Record<string, unknown>>; body: Readonly<Record<string, unknown>> },
    world: World,
  ) => Reply;
}

/** Completes a row with the shape of its query and body and the work it does. Fields are checked before the work. */
export function operation<Query extends object, Body extends object>(
  rules: OperationRules,
  query: z.ZodType<Query>,
  body: z.ZodType<Body>,
  handle: (call: Call & { readonly query: Query; readonly body: Body }, world: World) => Reply,
): Operation {
  return {
    ...rules,
    run: (call, fields, world) =>
      handle({ ...call, query: validate(query, fields.query), body: validate(body, fields.body) }, world),
  };
}

/** For operations that read no query, or no body. */
export const nothing = z.object({});

/** A path parameter the row's path declares. */
export function param(call: Call, name: string): string {
  const value = call.params.get(name);
  if (value === undefined) throw new Error(`The path of this operation has no {${name}}.`);
  return value;
}
