/** Named sets of values for the variables of requests. */
import * as z from 'zod';
import { profileId } from './ids.ts';

export const environmentId = z.uuid().brand<'EnvironmentId'>();
export type EnvironmentId = z.infer<typeof environmentId>;

export const variableName = z
  .string()
  .regex(/^[A-Za-z_][\w-]{0,99}$/, 'a variable is named with letters, digits, - and _');

export const variableValue = z.string().max(100_000);

export const environmentName = z.string().trim().min(1).max(100);

/** The value of a secret is in the vault alone. */
export const variable = z.object({
  name: variableName,
  /** Null for a secret. It may refer to others: `Bearer {{key}}`. */
  value: variableValue.nullable(),
  secret: z.boolean(),
});
export type Variable = z.infer<typeof variable>;

export const environment = z.object({
  id: environmentId,
  name: environmentName,
  variables: z.array(variable),
});
export type Environment = z.infer<typeof environment>;

/** The environments of one app. */
export const environmentSet = z.object({
  profileId,
  /** The one whose variables count; null: only the shared ones do. */
  active: environmentId.nullable(),
  /** What holds in all of them; an environment's own variable of the same name counts first. */
  shared: z.array(variable),
  environments: z.array(environment),
  /** Why they cannot be read or changed; one sentence. */
  problem: z.string().nullable(),
});
export type EnvironmentSet = z.infer<typeof environmentSet>;

/**
 * Where a variable's value comes from, the first that has it: a row of data (taken as it is), the call, an environment,
 * the token, made anew.
 */
export const variableSource = z.enum(['row', 'call', 'environment', 'shared', 'token', 'dynamic']);
export type VariableSource = z.infer<typeof variableSource>;

/** A variable as a request would have it now. */
export const knownVariable = z.object({
  name: z.string(),
  /** Secrets masked, other variables put in; null where it has none here. */
  value: z.string().nullable(),
  secret: z.boolean(),
  from: variableSource,
});
export type KnownVariable = z.infer<typeof knownVariable>;
