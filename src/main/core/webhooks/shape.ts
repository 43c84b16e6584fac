/** What the documentation says of an event against what came. */
import { documentedFields, envelopeFields } from '../../../shared/highlevel/event-fields.ts';
import type { FieldType } from '../../../shared/highlevel/event-fields.ts';
import type { ExchangeId } from '../../../shared/model/ids.ts';
import type { ShapeField } from '../../../shared/model/webhook.ts';
import { fieldsOfBody, parentOf } from './body-fields.ts';
import type { CameType } from './body-fields.ts';

/** A delivery whose fields were read before. */
export type Delivery = {
  readonly id: ExchangeId;
  /** ms since the epoch. */
  readonly at: number;
  readonly fields: ReadonlyMap<string, ReadonlySet<CameType>>;
};

type Expectation = { readonly type: FieldType; readonly envelope: boolean };

/**
 * Compares one body with the documented fields of its event. A field inside one that is missing or unknown is not
 * listed again, and neither is what stands in an object or array whose contents the docs leave open.
 *
 * @param type value of `type`, of a documented event; for any other the answer is empty
 * @param deliveries further deliveries of the type in any order, the compared one among them: from them come `firstSeen`
 * and `deliveries`
 */
export function compareShape(type: string, body: unknown, deliveries: readonly Delivery[]): ShapeField[] {
  const documented = documentedFields(type);
  if (documented === null) return [];
  const expected = new Map<string, Expectation>();
  for (const field of envelopeFields) expected.set(field.path, { type: field.type, envelope: true });
  for (const field of documented) expected.set(field.path, { type: field.type, envelope: false });
  const came = fieldsOfBody(body);
  const rows: ShapeField[] = [];
  for (const [path, types] of came) {
    const expectation = expected.get(path);
    if (expectation === undefined && !isNews(path, came, expected)) continue;
    rows.push(rowOf(path, expectation, types, deliveries));
  }
  for (const [path, expectation] of expected) {
    if (came.has(path) || expectation.envelope || !isMissed(path, came)) continue;
    rows.push({
      path,
      state: 'missing',
      documented: expectation.type,
      came: null,
      firstSeen: null,
      deliveries: deliveries.filter(({ fields }) => !fields.has(path)).length,
    });
  }
  return rows;
}

/** An unknown field counts where its parent is the body itself, or something whose contents are documented. */
function isNews(
  path: string,
  came: ReadonlyMap<string, unknown>,
  expected: ReadonlyMap<string, Expectation>,
): boolean {
  const parent = parentOf(path);
  if (parent === '') return true;
  if (!expected.has(parent) || !came.has(parent)) return false;
  return [...expected.keys()].some((known) => parentOf(known) === parent);
}

/** A documented field is missed where its parent came as something that could hold it. */
function isMissed(path: string, came: ReadonlyMap<string, ReadonlySet<CameType>>): boolean {
  const parent = parentOf(path);
  if (parent === '') return true;
  const types = came.get(parent);
  if (types === undefined) return false;
  if (!types.has('array')) return types.has('object');
  // An empty list says nothing of its entries.
  return [...came.keys()].some((known) => known.startsWith(`${parent}[]`));
}

function rowOf(
  path: string,
  expectation: Expectation | undefined,
  types: ReadonlySet<CameType>,
  deliveries: readonly Delivery[],
): ShapeField {
  const filled = [...types].filter((type) => type !== 'null');
  const state = stateOf(expectation, filled);
  const alike = deliveries
    .filter(({ fields }) => filled.every((type) => fields.get(path)?.has(type)) && fields.has(path))
    .toSorted((a, b) => a.at - b.at);
  const first = alike[0];
  return {
    path,
    state,
    documented: expectation?.type ?? null,
    came: [...types].join(' or '),
    firstSeen: state === 'as-documented' || first === undefined ? null : { at: first.at, id: first.id },
    deliveries: alike.length,
  };
}

function stateOf(expectation: Expectation | undefined, filled: readonly CameType[]): ShapeField['state'] {
  if (expectation === undefined) return 'unknown';
  if (filled.length === 0) return expectation.type === 'any' ? 'as-documented' : 'empty';
  if (expectation.type === 'any' || filled.every((type) => type === expectation.type)) return 'as-documented';
  return 'changed';
}
