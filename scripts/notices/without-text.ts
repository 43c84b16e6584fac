/** Packages that carry no licence text, with what stands in its place. A package that is not here fails the build. */
const reasons: readonly { readonly name: RegExp; readonly licence: string; readonly reason: string }[] = [
  {
    name: /^@ngrok\/ngrok-/,
    licence: 'MIT',
    reason: 'The build of @ngrok/ngrok for one system; the licence text stands with that package.',
  },
  {
    name: /^quicktype-core$/,
    licence: 'Apache-2.0',
    reason:
      'Copyright the contributors of quicktype. Licensed under the Apache License, Version 2.0: https://www.apache.org/licenses/LICENSE-2.0',
  },
  {
    name: /^is-regexp$/,
    licence: 'MIT',
    reason:
      'Copyright Sindre Sorhus (https://sindresorhus.com). Licensed under the MIT License: https://opensource.org/license/mit',
  },
];

/** What stands in the place of a missing text; null where the package is not listed, or now declares another licence. */
export function withoutText(name: string, licence: string): string | null {
  const listed = reasons.find((one) => one.name.test(name) && one.licence === licence);
  return listed === undefined ? null : `The package carries no licence text. ${listed.reason}`;
}
