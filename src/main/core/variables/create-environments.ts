import { AppError } from '../../../shared/model/app-error.ts';
import {
  environmentId,
  environmentName,
  variableName,
  type Environment,
  type EnvironmentId,
  type EnvironmentSet,
  type Variable,
} from '../../../shared/model/environment.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { CapturedValue } from '../../../shared/model/request.ts';
import { createUuidV7 } from '../exchanges/uuid-v7.ts';
import type { Log } from '../ports.ts';
import { placeholder } from '../vault/redaction/cuts.ts';
import { looksGenerated, secretField } from '../vault/redaction/field-names.ts';
import type { Vault } from '../vault/types.ts';
import { createEnvironmentFiles, noEnvironments, requireReadable } from './environment-file.ts';
import { readEnvironment, writeEnvironment } from './shared-file.ts';
import type { Environments, GivenVariable, Place, ScopedVariable, Taken } from './types.ts';

export type EnvironmentsDeps = {
  readonly dataDir: string;
  readonly vault: Pick<Vault, 'get' | 'set' | 'delete' | 'names' | 'redactor'>;
  readonly log: Log;
  /** ms since the epoch. */
  readonly now: () => number;
};

/** Shorter values cannot be told from other text, so that they could not be cut out of what is stored. */
const shortestSecret = 4;

/** The vault's name for a secret variable. It lies below the profile's, and goes and comes back with it. */
const secretName = ({ profileId, environmentId: id }: Place, name: string): string =>
  `profile/${profileId}/variable/${id ?? 'shared'}/${name}`;

/** The environments of the data folder. An app whose file cannot be read has none, and says so. */
export async function createEnvironments({
  dataDir,
  vault,
  log,
  now,
}: EnvironmentsDeps): Promise<Environments> {
  const files = createEnvironmentFiles(dataDir);
  const sets = new Map<ProfileId, EnvironmentSet>();
  const listeners = new Set<() => void>();
  const nextId = createUuidV7(now);

  try {
    for (const set of await files.load()) {
      sets.set(set.profileId, set);
      if (set.problem !== null) log('error', set.problem);
    }
  } catch (cause) {
    log('error', 'The variables of requests cannot be read.', { cause });
  }

  const get = (id: ProfileId): EnvironmentSet => sets.get(id) ?? { ...noEnvironments, profileId: id };

  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  let order: Promise<unknown> = Promise.resolve();
  /** Changes take effect one after the other, in the order they were asked for. */
  function inOrder<T>(task: () => Promise<T>): Promise<T> {
    const result = order.then(task);
    order = result.catch(() => undefined);
    return result;
  }

  const keep = async (set: EnvironmentSet): Promise<EnvironmentSet> => {
    requireReadable(set);
    await files.save(set);
    sets.set(set.profileId, set);
    changed();
    return set;
  };

  /** Secrets that belong to nothing any more. What the vault does not let go of is only logged: nobody reads it. */
  const dropSecrets = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      await vault.delete(name).catch((cause: unknown) => {
        log('warn', 'A secret variable that was removed is still in the vault.', { name, cause });
      });
    }
  };

  const set = async (place: Place, given: GivenVariable): Promise<EnvironmentSet> => {
    const own = get(place.profileId);
    requireReadable(own);
    const name = nameOf(given.name);
    const was = given.was ?? name;
    const variables = variablesIn(own, place.environmentId);
    const before = variables.find((one) => one.name === was);
    if (given.was !== undefined && before === undefined) throw noVariable(given.was);
    if (name !== was && variables.some((one) => one.name === name)) {
      throw new AppError('conflict', `There is a variable "${name}" here already.`);
    }
    const value = given.value ?? (await valueOf(place, before));
    if (given.secret) {
      requireSecretValue(name, value);
      await vault.set(secretName(place, name), value);
    }
    const variable: Variable = { name, value: given.secret ? null : value, secret: given.secret };
    const after =
      before === undefined
        ? [...variables, variable]
        : variables.map((one) => (one === before ? variable : one));
    const result = await keep(withVariables(own, place.environmentId, after));
    if (before?.secret === true && (name !== was || !given.secret)) {
      await dropSecrets([secretName(place, was)]);
    }
    return result;
  };

  const valueOf = async (place: Place, variable: Variable | undefined): Promise<string> => {
    if (variable === undefined) return '';
    if (!variable.secret) return variable.value ?? '';
    return (await vault.get(secretName(place, variable.name))) ?? '';
  };

  const scoped = async (
    place: Place,
    from: ScopedVariable['from'],
    { name, value, secret }: Variable,
  ): Promise<ScopedVariable> => {
    if (!secret) return { name, value, secret, from, failure: null };
    try {
      return { name, value: await vault.get(secretName(place, name)), secret, from, failure: null };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { name, value: null, secret, from, failure: error };
    }
  };

  /** Adds an environment with its values, secrets first, and makes it the active one. */
  const add = async (
    own: EnvironmentSet,
    name: string,
    variables: readonly { name: string; value: string | null; secret: boolean }[],
  ): Promise<EnvironmentSet> => {
    requireReadable(own);
    const id = environmentId.parse(nextId());
    const place = { profileId: own.profileId, environmentId: id };
    for (const one of variables) {
      if (!one.secret || one.value === null) continue;
      requireSecretValue(one.name, one.value);
      await vault.set(secretName(place, one.name), one.value);
    }
    const environment: Environment = {
      id,
      name,
      variables: variables.map((one) => ({ ...one, value: one.secret ? null : (one.value ?? '') })),
    };
    return keep({ ...own, active: id, environments: [...own.environments, environment] });
  };

  return {
    list: () => [...sets.values()],
    get,
    create: (id, wanted, from) =>
      inOrder(async () => {
        const own = get(id);
        const name = freeName(own, wanted, null);
        if (from === undefined) return add(own, name, []);
        const place = { profileId: id, environmentId: from };
        const copied = await Promise.all(
          variablesIn(own, from).map(async (one) => ({ ...one, value: await valueOf(place, one) })),
        );
        // A secret without a value stays one.
        return add(
          own,
          name,
          copied.map((one) => (one.secret && one.value === '' ? { ...one, value: null } : one)),
        );
      }),
    rename: (id, environment, wanted) =>
      inOrder(async () => {
        const own = get(id);
        requireEnvironment(own, environment);
        const name = freeName(own, wanted, environment);
        return keep({
          ...own,
          environments: own.environments.map((one) => (one.id === environment ? { ...one, name } : one)),
        });
      }),
    remove: (id, environment) =>
      inOrder(async () => {
        const own = get(id);
        requireEnvironment(own, environment);
        const result = await keep({
          ...own,
          active: own.active === environment ? null : own.active,
          environments: own.environments.filter((one) => one.id !== environment),
        });
        await dropSecrets(vault.names(secretName({ profileId: id, environmentId: environment }, '')));
        return result;
      }),
    activate: (id, environment) =>
      inOrder(async () => {
        const own = get(id);
        if (environment !== null) requireEnvironment(own, environment);
        return own.active === environment ? own : keep({ ...own, active: environment });
      }),
    set: (place, given) => inOrder(() => set(place, given)),
    unset: (place, name) =>
      inOrder(async () => {
        const own = get(place.profileId);
        requireReadable(own);
        const variables = variablesIn(own, place.environmentId);
        const before = variables.find((one) => one.name === name);
        if (before === undefined) throw noVariable(name);
        const rest = variables.filter((one) => one !== before);
        const result = await keep(withVariables(own, place.environmentId, rest));
        if (before.secret) await dropSecrets([secretName(place, name)]);
        return result;
      }),
    async reveal(place, name) {
      const own = get(place.profileId);
      const variable = variablesIn(own, place.environmentId).find((one) => one.name === name);
      if (variable === undefined) throw noVariable(name);
      if (!variable.secret) return variable.value ?? '';
      const value = await vault.get(secretName(place, name));
      if (value === null) throw new AppError('secret_missing', `The secret variable "${name}" has no value.`);
      return value;
    },
    exportFile(id, environment) {
      const { variables, ...own } = requireEnvironment(get(id), environment);
      return writeEnvironment({ ...own, variables: variables.map(secretWhereItLooksSo) });
    },
    importFile: (id, content) =>
      inOrder(async () => {
        const { name, variables } = readEnvironment(content);
        const own = get(id);
        const names = new Set<string>();
        for (const one of variables) {
          if (names.has(one.name)) {
            throw new AppError('bad_input', `The file has the variable "${one.name}" twice.`);
          }
          names.add(one.name);
        }
        return add(own, unusedName(own, name), variables.map(secretWhereItLooksSo));
      }),
    async scope(id, name) {
      const own = get(id);
      const chosen = name === undefined ? own.active : environmentNamed(own, name).id;
      const inEnvironment = { profileId: id, environmentId: chosen };
      const inAll = { profileId: id, environmentId: null };
      const variables = await Promise.all([
        ...(chosen === null ? [] : variablesIn(own, chosen)).map((one) =>
          scoped(inEnvironment, 'environment', one),
        ),
        ...own.shared.map((one) => scoped(inAll, 'shared', one)),
      ]);
      return { environmentId: chosen, variables, problem: own.problem };
    },
    async capture(place, taken) {
      const results: CapturedValue[] = [];
      for (const one of taken) {
        results.push(await inOrder(() => captureOne(place, one)));
      }
      return results;
    },
    forgetProfile: (id) =>
      inOrder(async () => {
        const own = sets.get(id);
        await files.remove(id);
        sets.delete(id);
        changed();
        return async () => {
          if (own !== undefined && own.problem === null) await inOrder(() => keep(own));
        };
      }),
    onChange(listener) {
      const heard = (): void => listener();
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
  };

  async function captureOne(place: Place, { variable, path, value, problem }: Taken): Promise<CapturedValue> {
    if (value === null) return { variable, path, value, problem };
    try {
      const own = get(place.profileId);
      const before = variablesIn(own, place.environmentId).find((one) => one.name === variable);
      const secret = before?.secret === true || isSecret(variable, path, value);
      await set(place, { name: variable, value, secret });
      return { variable, path, value: secret ? placeholder : value, problem: null };
    } catch (error) {
      if (!(error instanceof AppError)) log('error', 'a captured value could not be kept', { cause: error });
      const why = error instanceof AppError ? error.message : 'It could not be kept; the log says why.';
      return { variable, path, value: null, problem: why };
    }
  }

  /** Whoever wrote a file may not have said what is secret in it. */
  function secretWhereItLooksSo<T extends Variable>(one: T): T {
    return { ...one, secret: one.secret || (one.value !== null && isSecret(one.name, one.name, one.value)) };
  }

  /** By the name of the variable or of the field it comes from, or since the vault knows the value. */
  function isSecret(name: string, path: string, value: string): boolean {
    if (value.length < shortestSecret) return false;
    const lastName = /([\w-]+)['"]?\]?\s*$/.exec(path)?.[1] ?? '';
    const byName = [name, lastName].some((one) => {
      const field = secretField(one);
      return field !== null && (field.always || looksGenerated(value));
    });
    return byName || vault.redactor.text(value) !== value;
  }
}

function nameOf(name: string): string {
  const parsed = variableName.safeParse(name.trim());
  if (parsed.success) return parsed.data;
  throw new AppError(
    'bad_input',
    `"${name}" cannot be the name of a variable: it takes letters, digits, - and _, and begins with a letter.`,
  );
}

function requireSecretValue(name: string, value: string): void {
  if (Buffer.byteLength(value) >= shortestSecret) return;
  throw new AppError(
    'bad_input',
    `The secret variable "${name}" needs a value of ${shortestSecret} characters or more: a shorter one could not be cut out of what is stored.`,
  );
}

function environmentNamed(own: EnvironmentSet, name: string): Environment {
  const found = own.environments.find((one) => one.name === name);
  if (found !== undefined) return found;
  const names = own.environments.map((one) => `"${one.name}"`);
  throw new AppError('not_found', `This app has no environment "${name}".`, {
    remedy: names.length === 0 ? 'It has none yet.' : `It has ${names.join(', ')}.`,
  });
}

function requireEnvironment(own: EnvironmentSet, id: EnvironmentId): Environment {
  requireReadable(own);
  const found = own.environments.find((one) => one.id === id);
  if (found === undefined) throw new AppError('not_found', 'There is no such environment.');
  return found;
}

function variablesIn(own: EnvironmentSet, id: EnvironmentId | null): readonly Variable[] {
  return id === null ? own.shared : requireEnvironment(own, id).variables;
}

function withVariables(
  own: EnvironmentSet,
  id: EnvironmentId | null,
  variables: readonly Variable[],
): EnvironmentSet {
  if (id === null) return { ...own, shared: [...variables] };
  return {
    ...own,
    environments: own.environments.map((one) =>
      one.id === id ? { ...one, variables: [...variables] } : one,
    ),
  };
}

const isTaken = (own: EnvironmentSet, name: string, except: EnvironmentId | null): boolean =>
  own.environments.some((one) => one.id !== except && one.name.toLowerCase() === name.toLowerCase());

function freeName(own: EnvironmentSet, wanted: string, except: EnvironmentId | null): string {
  const parsed = environmentName.safeParse(wanted);
  if (!parsed.success) {
    throw new AppError('bad_input', 'An environment needs a name of 1 to 100 characters.');
  }
  if (!isTaken(own, parsed.data, except)) return parsed.data;
  throw new AppError('conflict', `There is an environment "${parsed.data}" already.`);
}

/** The name, numbered where it is taken. */
function unusedName(own: EnvironmentSet, name: string): string {
  for (let number = 1; ; number += 1) {
    const tried = number === 1 ? name : `${name.slice(0, 95)} ${number}`;
    if (!isTaken(own, tried, null)) return tried;
  }
}

const noVariable = (name: string): AppError =>
  new AppError('not_found', `There is no variable "${name}" here.`);
