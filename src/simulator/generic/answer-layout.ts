import type { Field, Shape } from '../../shared/highlevel/operations/shapes/index.ts';
import { read } from './shape-reader.ts';

/**
 * Places in an answer are written as `posts`, or `data.posts` where they are wrapped; the empty one is the answer itself.
 */
export type Place = string;

/** How many names lead to a place, at most. */
const REACH = 2;

/** Where an answer lists objects, or undefined. Lists whose objects have ids come first, then those nearer to the top. */
export function listPlaceOf(shape: Shape, idName: string | undefined): Place | undefined {
  const lists = placesOf(shape).filter((place) => {
    const rules = read(place.shape);
    return rules.kind === 'list' && (place.path === '' || read(rules.item).kind === 'object');
  });
  const withIds = lists.filter((list) => itemShapeOf(list.shape, idName) !== undefined);
  return (withIds[0] ?? lists.find(({ path }) => !path.includes('.')))?.path;
}

/** Where an answer shows the object it is about: the nearest one to the top that has an id. */
export function itemPlaceOf(shape: Shape, idName: string | undefined): Place | undefined {
  return placesOf(shape).find((place) => hasId(place.shape, idName))?.path;
}

/** Whether an answer tells the id of an object: of the one it is about, or of those it lists. */
export function tellsId(shape: Shape, idName: string | undefined): boolean {
  return placesOf(shape).some(
    (place) => hasId(place.shape, idName) || itemShapeOf(place.shape, idName) !== undefined,
  );
}

/** Whether a field of an object holds its id. */
export function isIdName(name: string, idName: string | undefined): boolean {
  return name === 'id' || name === '_id' || name === idName;
}

/** The answer itself, its fields, then theirs. */
function placesOf(shape: Shape): { path: Place; shape: Shape }[] {
  const places = [{ path: '', shape }];
  let level = places;
  for (let depth = 0; depth < REACH; depth += 1) {
    level = level.flatMap((place) =>
      fieldsOf(place.shape).map((field) => ({
        path: place.path === '' ? field.name : `${place.path}.${field.name}`,
        shape: field.shape,
      })),
    );
    places.push(...level);
  }
  return places;
}

function fieldsOf(shape: Shape): readonly Field[] {
  const rules = read(shape);
  return rules.kind === 'object' ? rules.fields : [];
}

/** The shape of a list's objects, where they have ids. */
function itemShapeOf(list: Shape, idName: string | undefined): Shape | undefined {
  const rules = read(list);
  return rules.kind === 'list' && hasId(rules.item, idName) ? rules.item : undefined;
}

function hasId(shape: Shape, idName: string | undefined): boolean {
  return fieldsOf(shape).some((field) => {
    const rules = read(field.shape);
    return isIdName(field.name, idName) && rules.kind === 'value' && rules.type === 'string';
  });
}
