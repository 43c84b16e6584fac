/** `{{locationId}}` and the like: what they stand for in a request, and putting them in. */
import { randomInt, randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/model/app-error.ts';
import type { KnownVariable } from '../../../shared/model/environment.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { ScopedVariable } from '../variables/types.ts';
import { placeholder } from '../vault/redaction/cuts.ts';

export type Variables = {
  /**
   * The value, the variables it refers to put in. Null: it has none here; undefined: there is no such variable.
   *
   * @throws AppError `bad_input` where it refers to itself or to what has no value, or as the vault said
   */
  value(name: string): string | null | undefined;
  /** Each name once, as it counts, for the eye. */
  list(): KnownVariable[];
  /** The same without their values. */
  origins(): Pick<KnownVariable, 'name' | 'from'>[];
  /** Said where a variable is not found: why some are missing. */
  readonly problem: string | null;
};

type TokenFacts = Pick<TokenSummary, 'locationId' | 'companyId' | 'userId'>;

/** The variables of a profile and the token chosen; null where neither tells. */
export function factsOf(
  profile: Profile,
  token: TokenFacts | null,
  locationId: string | null,
): ScopedVariable[] {
  const facts = {
    locationId: locationId ?? token?.locationId ?? null,
    companyId: token?.companyId ?? null,
    userId: token?.userId ?? null,
    appId: profile.appId,
    clientId: profile.clientId,
    versionId: profile.versionId,
  };
  return Object.entries(facts).map(([name, value]) => scopedValue(name, value, 'token'));
}

/** Variables of one call; those of a row are data, in which no variables are looked for. */
export const valuesOfCall = (
  values: Readonly<Record<string, string>>,
  from: 'call' | 'row' = 'call',
): ScopedVariable[] => Object.entries(values).map(([name, value]) => scopedValue(name, value, from));

const scopedValue = (name: string, value: string | null, from: ScopedVariable['from']): ScopedVariable => ({
  name,
  value,
  secret: false,
  from,
  failure: null,
});

/** Made anew at each place they stand. */
const dynamic: Readonly<Record<string, (now: number) => string>> = {
  $uuid: () => randomUUID(),
  $guid: () => randomUUID(),
  $timestamp: (now) => String(Math.floor(now / 1000)),
  $isoTimestamp: (now) => new Date(now).toISOString(),
  $randomInt: () => String(randomInt(0, 1001)),
};

const pattern = /\{\{\s*(\$?[\w.-]+)\s*\}\}/g;

/** HighLevel's own merge fields (`{{contact.first_name}}`) have a dot in their names; no variable does. */
const isMergeField = (name: string): boolean => name.includes('.');

/** In one variable, over those in them. */
const mostOthers = 1000;

/**
 * @param known the first of a name counts
 * @param now ms since the epoch
 */
export function createVariables(
  known: readonly ScopedVariable[],
  { now, problem }: { readonly now: () => number; readonly problem: string | null },
): Variables {
  const byName = new Map<string, ScopedVariable>();
  for (const one of known) if (!byName.has(one.name)) byName.set(one.name, one);

  /** Of the variable that is asked for: those that hold each other twice would multiply without end. */
  let others = 0;
  const expanded = (one: ScopedVariable, path: readonly string[], masked: boolean): string | null => {
    if (masked && one.secret) return placeholder;
    if (one.failure !== null) throw one.failure;
    if (one.value === null || one.from === 'token' || one.from === 'row') return one.value;
    return one.value.replaceAll(pattern, (whole, name: string) => {
      if (isMergeField(name)) return whole;
      if (name === one.name || path.includes(name)) {
        const circle = [...path, one.name, name].map((each) => `{{${each}}}`).join(' → ');
        throw new AppError('bad_input', `The variable {{${name}}} refers to itself: ${circle}.`, {
          remedy: 'Give one of them a value of its own.',
        });
      }
      others += 1;
      if (others > mostOthers) {
        throw new AppError(
          'bad_input',
          `The variable {{${path[0] ?? one.name}}} holds more than ${mostOthers} others.`,
        );
      }
      const where = `the variable "${one.name}"`;
      return settled(name, valueOf(name, [...path, one.name], masked), where, variables);
    });
  };

  function valueOf(name: string, path: readonly string[], masked: boolean): string | null | undefined {
    const make = Object.hasOwn(dynamic, name) ? dynamic[name] : undefined;
    if (make !== undefined) return make(now());
    const one = byName.get(name);
    return one === undefined ? undefined : expanded(one, path, masked);
  }

  const forTheEye = (one: ScopedVariable): string | null => {
    others = 0;
    try {
      return expanded(one, [], true);
    } catch {
      // Where it leads nowhere, what was typed says more.
      return one.value;
    }
  };

  const variables: Variables = {
    value(name) {
      others = 0;
      return valueOf(name, [], false);
    },
    list: () => [
      ...[...byName.values()].map((one) => ({
        name: one.name,
        value: forTheEye(one),
        secret: one.secret,
        from: one.from,
      })),
      ...Object.entries(dynamic).map(([name, make]) => ({
        name,
        value: make(now()),
        secret: false,
        from: 'dynamic' as const,
      })),
    ],
    origins: () => [
      ...[...byName.values()].map(({ name, from }) => ({ name, from })),
      ...Object.keys(dynamic).map((name) => ({ name, from: 'dynamic' as const })),
    ],
    problem,
  };
  return variables;
}

/**
 * Puts the variables into a text.
 *
 * @param where named in the error: `the query parameter "limit"`
 * @throws AppError `bad_input` naming a variable that is unknown or has no value
 */
export function fillVariables(text: string, variables: Variables, where: string): string {
  return text.replaceAll(pattern, (_whole, name: string) =>
    settled(name, variables.value(name), where, variables),
  );
}

/** The same for a body. Merge fields stay as they are; in JSON the values are escaped. */
export function fillBody(text: string, variables: Variables, isJson: boolean): string {
  return text.replaceAll(pattern, (whole, name: string) => {
    if (isMergeField(name)) return whole;
    const value = settled(name, variables.value(name), 'the body', variables);
    return isJson ? JSON.stringify(value).slice(1, -1) : value;
  });
}

/** The text without its variables: what is left was typed. */
export const withoutVariables = (text: string): string => text.replaceAll(pattern, '');

/** The text with all of its variables put in; null where one is unknown or has no value. */
export function fillIfKnown(text: string, variables: Variables): string | null {
  try {
    return fillVariables(text, variables, 'it');
  } catch {
    return null;
  }
}

function settled(
  name: string,
  value: string | null | undefined,
  where: string,
  variables: Variables,
): string {
  if (value !== null && value !== undefined) return value;
  // Not the list: its values may lead to what is missing as well.
  const known = variables.origins();
  if (value === undefined) {
    throw new AppError('bad_input', `{{${name}}} in ${where} is not a variable the companion knows.`, {
      remedy: [variables.problem, `The variables are ${known.map((one) => one.name).join(', ')}.`]
        .filter((one) => one !== null)
        .join(' '),
    });
  }
  const isFact = known.some((one) => one.name === name && one.from === 'token');
  throw new AppError('bad_input', `{{${name}}} in ${where} has no value here.`, {
    remedy: isFact
      ? 'Choose a token or a sub-account that settles it, or type the value.'
      : 'Give it a value in its environment.',
  });
}
