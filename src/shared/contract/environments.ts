import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { environmentId, environmentSet, variableValue } from '../model/environment.ts';
import { profileId } from '../model/ids.ts';
import { procedure } from './base.ts';

const ofProfile = z.object({ profileId });
const one = ofProfile.extend({ id: environmentId });
/** With null, the variables shared by all environments of the app. */
const place = ofProfile.extend({ environmentId: environmentId.nullable() });
const name = z.string().max(200);

/** Named sets of values for the variables of requests, one of them active for each app. */
export const environments = {
  get: procedure.input(ofProfile).output(environmentSet),
  /** Those of every app that has some. */
  watch: procedure.output(eventIterator(z.array(environmentSet))),
  /** Makes it the active one; with `from` a copy of that one, secrets included. */
  create: procedure.input(ofProfile.extend({ name, from: environmentId.optional() })).output(environmentSet),
  rename: procedure.input(one.extend({ name })).output(environmentSet),
  remove: procedure.input(one).output(environmentSet),
  activate: procedure.input(ofProfile.extend({ id: environmentId.nullable() })).output(environmentSet),
  /** Adds or changes a variable: `was` is its name before, a value of null keeps the one it has. */
  set: procedure
    .input(place.extend({ name, was: name.optional(), value: variableValue.nullable(), secret: z.boolean() }))
    .output(environmentSet),
  unset: procedure.input(place.extend({ name })).output(environmentSet),
  reveal: procedure.input(place.extend({ name })).output(z.object({ value: z.string() })),
  /** Without the values of secrets. */
  export: procedure.input(one).output(z.object({ fileName: z.string(), content: z.string() })),
  /** Adds the environment of a file, one of ours or of Postman's, and makes it the active one. */
  import: procedure.input(ofProfile.extend({ content: z.string().max(5_000_000) })).output(environmentSet),
};
