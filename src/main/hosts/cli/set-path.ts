import { AppError } from '../../../shared/model/app-error.ts';

/** One `--set`: where, and what as it was typed. */
export type Assignment = { readonly path: string; readonly text: string; readonly isJson: boolean };

/** `contact.name=Ada` is text where text is expected; `contact.tags:=["a"]` is JSON whatever is expected. */
export function readAssignment(argument: string): Assignment | null {
  const at = argument.indexOf('=');
  if (at < 1) return null;
  const isJson = argument[at - 1] === ':';
  const path = argument.slice(0, isJson ? at - 1 : at).trim();
  return path === '' ? null : { path, text: argument.slice(at + 1), isJson };
}

/**
 * Puts a value into a body: fields by name, entries of lists by number (`customFields[0].value`). What stands in the
 * way is made, a list for a number and an object for a name. A value takes the place of text as text, and is JSON
 * where it can be read as that otherwise. Throws `bad_input`.
 */
export function setPath(body: Record<string, unknown>, { path, text, isJson }: Assignment): void {
  const keys = keysOf(path);
  const last = keys.pop();
  if (last === undefined) throw unreadable(path);
  let place: unknown = body;
  for (const [index, key] of keys.entries()) {
    const inner = read(place, key, path);
    if (typeof inner === 'object' && inner !== null) place = inner;
    else {
      const next = typeof (keys[index + 1] ?? last) === 'number' ? [] : {};
      write(place, key, next, path);
      place = next;
    }
  }
  write(place, last, valueOf({ path, text, isJson }, read(place, last, path)), path);
}

function keysOf(path: string): (string | number)[] {
  if (!/^[^.[\]]+(\[\d{1,4}\])*(\.[^.[\]]+(\[\d{1,4}\])*)*$/.test(path)) throw unreadable(path);
  return [...path.matchAll(/([^.[\]]+)|\[(\d+)\]/g)].map(([, name, number]) => name ?? Number(number));
}

function valueOf({ path, text, isJson }: Assignment, before: unknown): unknown {
  if (!isJson && typeof before === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (!isJson) return text;
    throw new AppError('bad_input', `The value of ${path} is not JSON: ${text.slice(0, 100)}`);
  }
}

function read(place: unknown, key: string | number, path: string): unknown {
  if (Array.isArray(place)) {
    if (typeof key === 'number') return place[key];
    throw new AppError(
      'bad_input',
      `${path} asks for the field "${key}" of a list; entries are numbered: [0].`,
    );
  }
  if (typeof key === 'number')
    throw new AppError('bad_input', `${path} asks for entry ${key} of something that is no list.`);
  return Object.hasOwn(place as object, key) ? (place as Record<string, unknown>)[key] : undefined;
}

function write(place: unknown, key: string | number, value: unknown, path: string): void {
  if (Array.isArray(place) && typeof key === 'number') {
    if (key > place.length)
      throw new AppError('bad_input', `${path} asks for entry ${key} of a list that has ${place.length}.`);
    place[key] = value;
    return;
  }
  // Defined and not assigned: `__proto__` is a name like any other here.
  Object.defineProperty(place, key, { value, writable: true, enumerable: true, configurable: true });
}

function unreadable(path: string): AppError {
  return new AppError('bad_input', `"${path}" is not the path of a field.`, {
    remedy: 'Write one such as contact.name or customFields[0].value.',
  });
}
