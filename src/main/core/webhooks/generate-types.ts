/** TypeScript, zod and JSON Schema from what really arrived, by quicktype (docs/adr/0007-quicktype.md). */
import type { GeneratedTypes } from '../../../shared/model/webhook.ts';

type Generated = Pick<GeneratedTypes, 'typescript' | 'zod' | 'jsonSchema'>;

/** Values are never looked at for their meaning: no enums, dates or ids, which would carry customers' data into code. */
const SHAPES_ONLY = {
  inferEnums: false,
  inferMaps: false,
  inferDateTimes: false,
  inferUuids: false,
  inferIntegerStrings: false,
  inferBooleanStrings: false,
} as const;

/**
 * The union of some bodies as types; a field that some of them lack is optional.
 *
 * @param name of the type, made from the event's: `ContactCreate`
 * @param samples JSON texts, at least one, each an object or a list of objects
 */
export async function generateTypes(name: string, samples: readonly string[]): Promise<Generated> {
  // Loaded when it is first asked for: it is large, and most runs never need it.
  const { InputData, jsonInputForTargetLanguage, quicktype } = await import('quicktype-core');
  const write = async (
    lang: 'typescript' | 'typescript-zod' | 'json-schema',
    rendererOptions: Readonly<Record<string, boolean>>,
  ): Promise<string> => {
    const input = jsonInputForTargetLanguage(lang);
    await input.addSource({ name, samples: [...samples] });
    const inputData = new InputData();
    inputData.addInput(input);
    const { lines } = await quicktype({ inputData, lang, ...SHAPES_ONLY, rendererOptions });
    return `${lines.join('\n').trim()}\n`;
  };
  return {
    typescript: await write('typescript', { 'just-types': true }),
    zod: await write('typescript-zod', {}),
    jsonSchema: await write('json-schema', {}),
  };
}

/** A name fit for code: `INSTALL` is `Install`, `PLAN_CHANGE` is `PlanChange`. */
export function typeNameOf(type: string): string {
  const words = type.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const joined = words
    .map((word) => (/^[A-Z0-9]+$/.test(word) ? `${word.slice(0, 1)}${word.slice(1).toLowerCase()}` : word))
    .map((word) => word.replace(/^./, (first) => first.toUpperCase()))
    .join('');
  return /^[A-Za-z]/.test(joined) ? joined : `Webhook${joined}`;
}
