/** An environment as a file to be passed on: values of secrets are left out. Postman's files are read as well. */
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import {
  environmentName,
  variableName,
  variableValue,
  type Environment,
} from '../../../shared/model/environment.ts';

const kind = 'highlevel-companion-environment';

const ownFile = z.object({
  kind: z.literal(kind),
  format: z.literal(1),
  name: environmentName,
  variables: z.array(
    z.object({ name: variableName, value: variableValue.nullish(), secret: z.boolean().default(false) }),
  ),
});

/** The part of Postman's environments that means something here. */
const postmanFile = z.object({
  name: environmentName,
  values: z.array(
    z.object({
      key: z.string(),
      value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(),
      type: z.string().optional(),
      enabled: z.boolean().default(true),
    }),
  ),
});

export type ReadEnvironment = {
  readonly name: string;
  /** `value` is null where the file holds none. */
  readonly variables: readonly {
    readonly name: string;
    readonly value: string | null;
    readonly secret: boolean;
  }[];
};

export function writeEnvironment({ name, variables }: Environment): { fileName: string; content: string } {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const content = {
    kind,
    format: 1,
    name,
    variables: variables.map((one) =>
      one.secret ? { name: one.name, secret: true } : { name: one.name, value: one.value },
    ),
  };
  return {
    fileName: `${slug === '' ? 'environment' : slug}.environment.json`,
    content: `${JSON.stringify(content, null, 2)}\n`,
  };
}

/** @throws AppError `bad_input` saying what is wrong with the file */
export function readEnvironment(content: string): ReadEnvironment {
  const json = parsed(content);
  const own = ownFile.safeParse(json);
  if (own.success) {
    const { name, variables } = own.data;
    return { name, variables: variables.map((one) => ({ ...one, value: one.value ?? null })) };
  }
  const postman = postmanFile.safeParse(json);
  if (postman.success) return ofPostman(postman.data);
  const isOurs = typeof json === 'object' && json !== null && 'kind' in json && json.kind === kind;
  const issue = own.error.issues[0];
  throw new AppError(
    'bad_input',
    isOurs && issue !== undefined
      ? `The environment file is wrong at ${issue.path.join('.')}: ${issue.message}.`
      : 'The file is neither an environment of the companion nor one of Postman.',
  );
}

function ofPostman({ name, values }: z.infer<typeof postmanFile>): ReadEnvironment {
  const variables = values
    .filter(({ enabled, key }) => enabled && key.trim() !== '')
    .map(({ key, value, type }) => {
      const name = key.trim();
      if (!variableName.safeParse(name).success) {
        throw new AppError(
          'bad_input',
          `The variable "${name}" of the file cannot be taken: a variable is named with letters, digits, - and _.`,
        );
      }
      const text = value === undefined || value === null ? '' : String(value);
      const secret = type === 'secret';
      return { name, value: secret && text === '' ? null : text, secret };
    });
  return { name, variables };
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new AppError('bad_input', 'The file is not JSON.');
  }
}
