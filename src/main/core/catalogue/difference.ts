/** What has changed between two states of an operation, in words. */
import type { OperationChange } from '../../../shared/model/catalogue.ts';
import type { OperationFacts, ValueFacts } from './operation-facts.ts';

/** The changes from one state to the next; those that may break a request first. */
export function changesBetween(before: OperationFacts, after: OperationFacts): OperationChange[] {
  const changes = [
    ...ofRules(before, after),
    ...ofParams(before.params, after.params),
    ...ofBody(before, after),
  ];
  return changes.sort((a, b) => Number(b.breaks) - Number(a.breaks));
}

function ofRules(before: OperationFacts, after: OperationFacts): OperationChange[] {
  const changes: OperationChange[] = [];
  const say = (what: string, breaks: boolean): void => void changes.push({ what, breaks });
  if (before.version !== after.version)
    say(`The Version was ${before.version ?? 'none'} and is ${after.version ?? 'none'} now.`, true);
  const wider = missing(after.scopes, before.scopes);
  const narrower = missing(before.scopes, after.scopes);
  if (wider.length > 0) say(`It needs ${plural('scope', wider)} ${wider.join(', ')} as well.`, true);
  if (narrower.length > 0)
    say(`It needs ${plural('scope', narrower)} ${narrower.join(', ')} no more.`, false);
  const refused = missing(before.access, after.access);
  const welcome = missing(after.access, before.access);
  if (refused.length > 0 && after.access.length > 0)
    say(`It takes the token of ${people(refused)} no more.`, true);
  if (refused.length > 0 && after.access.length === 0) say('It takes no token any more.', false);
  if (welcome.length > 0) say(`It takes the token of ${people(welcome)} now.`, before.access.length === 0);
  if (!before.oauthTokenOnly && after.oauthTokenOnly) say('It takes OAuth tokens only.', true);
  if (before.oauthTokenOnly && !after.oauthTokenOnly) say('It takes private integration tokens too.', false);
  if (!before.deprecated && after.deprecated) say('It is deprecated.', false);
  if (before.deprecated && !after.deprecated) say('It is no longer deprecated.', false);
  return changes;
}

function ofParams(
  before: ReadonlyMap<string, ValueFacts>,
  after: ReadonlyMap<string, ValueFacts>,
): OperationChange[] {
  // Names of path parameters are the document's own affair: the path has the same places.
  const isShown = (key: string): boolean => !key.startsWith('path ');
  const named = (key: string): string => {
    const at = key.indexOf(' ');
    const place = key.slice(0, at) === 'header' ? 'header' : 'query parameter';
    return `The ${place} "${key.slice(at + 1)}"`;
  };
  return ofValues(before, after, isShown, named);
}

function ofBody(before: OperationFacts, after: OperationFacts): OperationChange[] {
  if (before.contentType === null && after.contentType === null) return [];
  if (before.contentType === null) return [{ what: 'It takes a body now.', breaks: true }];
  if (after.contentType === null) return [{ what: 'It takes no body any more.', breaks: true }];
  const fields = ofValues(
    before.fields,
    after.fields,
    () => true,
    (path) => `The field "${path}"`,
  );
  if (before.contentType === after.contentType) return fields;
  const what = `The body was ${before.contentType} and is ${after.contentType} now.`;
  return [{ what, breaks: true }, ...fields];
}

function ofValues(
  before: ReadonlyMap<string, ValueFacts>,
  after: ReadonlyMap<string, ValueFacts>,
  isShown: (key: string) => boolean,
  named: (key: string) => string,
): OperationChange[] {
  const changes: OperationChange[] = [];
  for (const [key, now] of after) {
    if (!isShown(key)) continue;
    const then = before.get(key);
    if (then !== undefined) changes.push(...ofValue(named(key), then, now));
    // What is in a field that is new is new as well.
    else if (!hasParent(key, after, before)) {
      const what = `${named(key)} is new${now.required ? ' and required' : ''}.`;
      changes.push({ what, breaks: now.required });
    }
  }
  for (const key of before.keys()) {
    if (isShown(key) && !after.has(key) && !hasParent(key, before, after))
      changes.push({ what: `${named(key)} is gone.`, breaks: true });
  }
  return changes;
}

/** Whether the field that holds this one is on one side alone, too. */
function hasParent(
  key: string,
  here: ReadonlyMap<string, ValueFacts>,
  there: ReadonlyMap<string, ValueFacts>,
): boolean {
  const parent = key.slice(0, key.lastIndexOf('.')).replace(/(\[\])+$/, '');
  return key.includes('.') && here.has(parent) && !there.has(parent);
}

function ofValue(name: string, before: ValueFacts, after: ValueFacts): OperationChange[] {
  const changes: OperationChange[] = [];
  if (!before.required && after.required) changes.push({ what: `${name} is required now.`, breaks: true });
  if (before.required && !after.required)
    changes.push({ what: `${name} is no longer required.`, breaks: false });
  if (before.type !== null && after.type !== null && before.type !== after.type)
    changes.push({ what: `${name} was ${before.type} and is ${after.type} now.`, breaks: true });
  if (before.values !== null && after.values !== null) {
    const refused = missing(before.values, after.values);
    const welcome = missing(after.values, before.values);
    if (refused.length > 0)
      changes.push({ what: `${name} cannot be ${few(refused)} any more.`, breaks: true });
    if (welcome.length > 0) changes.push({ what: `${name} may be ${few(welcome)} now.`, breaks: false });
  }
  if (before.values === null && after.values !== null)
    changes.push({ what: `${name} must be one of ${few(after.values)} now.`, breaks: before.type !== null });
  if (before.values !== null && after.values === null && after.type !== null)
    changes.push({ what: `${name} may have any value now.`, breaks: false });
  return changes;
}

function missing(from: readonly string[], list: readonly string[]): string[] {
  return from.filter((one) => !list.includes(one));
}

function people(levels: readonly string[]): string {
  return levels.map((level) => (level === 'Agency' ? 'an agency' : 'a sub-account')).join(' and ');
}

function plural(word: string, list: readonly unknown[]): string {
  return list.length === 1 ? `the ${word}` : `the ${word}s`;
}

const shownValues = 8;

function few(values: readonly string[]): string {
  const shown = values.slice(0, shownValues).join(', ');
  return values.length > shownValues ? `${shown} and ${values.length - shownValues} more` : shown;
}
