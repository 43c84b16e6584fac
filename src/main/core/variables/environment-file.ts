/** The environments of an app on disk: `environments/<profile>.json`. Values of secrets are not in it. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import {
  environmentId,
  environmentName,
  variableName,
  variableValue,
  type EnvironmentSet,
} from '../../../shared/model/environment.ts';
import { profileId, type ProfileId } from '../../../shared/model/ids.ts';
import { errorCode, storageError, writeDurably } from '../vault/durable-file.ts';

const variables = z.array(
  z.object({
    name: variableName,
    value: variableValue.nullable().default(null),
    secret: z.boolean().default(false),
  }),
);

const fileSchema = z.object({
  format: z.literal(1),
  active: environmentId.nullable(),
  shared: variables,
  environments: z.array(z.object({ id: environmentId, name: environmentName, variables })),
});

export type EnvironmentFiles = {
  /** Of every app that has a file. One that cannot be read says so in `problem`. */
  load(): Promise<EnvironmentSet[]>;
  /** Rejects with `disk_full` or `data_folder_unusable`; the file is then as it was. */
  save(set: EnvironmentSet): Promise<void>;
  remove(id: ProfileId): Promise<void>;
};

export function createEnvironmentFiles(dataDir: string): EnvironmentFiles {
  const folder = join(dataDir, 'environments');
  const pathOf = (id: ProfileId): string => join(folder, `${id}.json`);

  return {
    async load() {
      const names = await readdir(folder).catch((error: unknown): string[] => {
        if (errorCode(error) === 'ENOENT') return [];
        throw storageError(error, 'environments');
      });
      const ids = names.flatMap((name) => {
        const id = profileId.safeParse(name.replace(/\.json$/, ''));
        return name.endsWith('.json') && id.success ? [id.data] : [];
      });
      return Promise.all(ids.map(async (id) => ({ ...(await readOne(pathOf(id), id)), profileId: id })));
    },
    save({ active, shared, environments, profileId: id }) {
      const content = { format: 1, active, shared, environments };
      return writeDurably(pathOf(id), `${JSON.stringify(content, null, 2)}\n`);
    },
    async remove(id) {
      await rm(pathOf(id), { force: true }).catch((error: unknown) => {
        throw storageError(error, `environments/${id}.json`);
      });
    },
  };
}

export const noEnvironments: Omit<EnvironmentSet, 'profileId'> = {
  active: null,
  shared: [],
  environments: [],
  problem: null,
};

async function readOne(path: string, id: ProfileId): Promise<Omit<EnvironmentSet, 'profileId'>> {
  try {
    return { ...fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))), problem: null };
  } catch (error) {
    const why =
      error instanceof SyntaxError || error instanceof z.ZodError
        ? 'its content is not what the companion writes there'
        : storageError(error, 'it').message;
    return {
      ...noEnvironments,
      problem: `The variables of this app cannot be read from environments/${id}.json: ${why}.`,
    };
  }
}

/** A set that cannot be read is not changed either: that would overwrite what is there. */
export function requireReadable({ problem }: EnvironmentSet): void {
  if (problem === null) return;
  throw new AppError('data_folder_unusable', problem, {
    remedy: 'Repair the file or move it away, then start the companion again.',
  });
}
