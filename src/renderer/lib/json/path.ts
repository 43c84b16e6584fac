/** JSON paths as RFC 9535 writes them: `$.contacts[0]['first name']`. */

/** A name that may follow a dot (RFC 9535 §2.5.1.1). */
const shorthand = /^[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*$/u;

export function jsonPath(steps: readonly (string | number)[]): string {
  return `$${steps.map(stepText).join('')}`;
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return shorthand.test(step) ? `.${step}` : `[${quoted(step)}]`;
}

function quoted(name: string): string {
  const escaped = JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
