import type { UserContextReading } from '../../../shared/model/user-context.ts';

type Fields = Extract<UserContextReading, { ok: true }>['fields'];

/** What each field means (HighLevel docs: User Context in Marketplace Apps). */
const explanations: readonly (readonly [name: string, explanation: string])[] = [
  ['userId', 'The user who opened the page.'],
  ['companyId', 'The agency (company) the user belongs to.'],
  ['role', 'The role of the user in HighLevel.'],
  [
    'type',
    'Documented as agency or location, but it says agency in a sub-account as well: trust activeLocation.',
  ],
  [
    'activeLocation',
    'The sub-account (location) the page was opened in; absent when it was opened in the agency view.',
  ],
  ['userName', 'The name of the user, for display.'],
  ['email', 'The e-mail address of the user.'],
  ['isAgencyOwner', 'Whether the user owns the agency.'],
  ['versionId', 'The version of the app that is installed there.'],
  ['appStatus', 'The state of that version, as HighLevel names it.'],
  ['whitelabelDetails.domain', 'The domain of the agency under its own brand.'],
  ['whitelabelDetails.logoUrl', 'The logo of the agency.'],
];

/** The documented fields in their order, absent ones included, and then whatever else was there. */
export function explainFields(context: Readonly<Record<string, unknown>>): Fields {
  const flat = new Map(flatten(context));
  const documented = explanations.map(([name, explanation]) => ({
    name,
    value: flat.get(name) ?? null,
    explanation,
    documented: true,
  }));
  const known = new Set(explanations.map(([name]) => name));
  const others = [...flat]
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => ({ name, value, explanation: 'Not documented.', documented: false }));
  return [...documented, ...others];
}

function flatten(context: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(context).flatMap(([name, value]): [string, string][] => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return [[name, JSON.stringify(value)]];
    return Object.entries(value).map(([inner, each]) => [`${name}.${inner}`, JSON.stringify(each)]);
  });
}
