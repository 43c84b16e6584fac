/** One JSON value written in other ways that mean the same. Only who parses and writes it again sees other bytes. */
import type { TamperCaseId } from '../../../shared/model/tamper.ts';

type SpellingId = Extract<TamperCaseId, `spelling-${string}`>;

/** Part of the value that each of the spellings writes in its own way; keys like numbers move when JavaScript writes them. */
export const spelled = { '1': 100, '2': 'Café 24/7' };

const written = JSON.stringify(spelled);

/** From the body as JavaScript writes it to each other spelling of it. */
export const spellings: Readonly<Record<SpellingId, (text: string) => string>> = {
  'spelling-whitespace': (text) => JSON.stringify(JSON.parse(text), null, 2),
  'spelling-escape': (text) => text.replaceAll('é', String.raw`\u00e9`),
  'spelling-slash': (text) => text.replaceAll('/', String.raw`\/`),
  'spelling-number': (text) => text.replace(written, written.replace(':100,', ':1.0e2,')),
  'spelling-key-order': (text) => text.replace(written, '{"2":"Café 24/7","1":100}'),
  'spelling-newline': (text) => `${text}\n`,
};
