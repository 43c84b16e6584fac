/** Variables in code: filled in, or left by their names for the reader to fill in. */
import type { Variables } from '../requests/request-variables.ts';

export type CodeVariables = {
  /** A value for every name: its own, or a word that no encoding changes. */
  readonly variables: Variables;
  /** Makes `{{name}}` of the words again, and names them. */
  readonly restore: (code: string) => { readonly code: string; readonly left: string[] };
};

/** Of what has no value, what is secret or made of something secret, and with `named` of everything the name stays. */
export function codeVariables(known: Variables, how: 'filled' | 'named'): CodeVariables {
  const names: string[] = [];
  const wordFor = (name: string): string => {
    if (!names.includes(name)) names.push(name);
    return `hlcvariable${names.indexOf(name)}x`;
  };
  const forTheEye = new Map(known.list().map((one) => [one.name, one]));
  const open = (name: string): string | null => {
    const shown = forTheEye.get(name);
    if (how === 'named' || shown === undefined || shown.secret) return null;
    try {
      const value = known.value(name) ?? null;
      // For the eye a secret is masked, in whatever it stands.
      return shown.from === 'dynamic' || value === shown.value ? value : null;
    } catch {
      // What cannot be read now is for the reader to fill in.
      return null;
    }
  };
  return {
    variables: { ...known, value: (name) => open(name) ?? wordFor(name) },
    restore(code) {
      const left = new Set<string>();
      const restored = code.replaceAll(/hlcvariable(\d+)x/g, (whole, index: string) => {
        const name = names[Number(index)];
        if (name === undefined) return whole;
        left.add(name);
        return `{{${name}}}`;
      });
      return { code: restored, left: [...left] };
    },
  };
}
