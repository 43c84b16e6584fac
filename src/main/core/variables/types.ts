import type { AppError } from '../../../shared/model/app-error.ts';
import type { EnvironmentId, EnvironmentSet, VariableSource } from '../../../shared/model/environment.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { CapturedValue, RequestCapture } from '../../../shared/model/request.ts';

/** What a capture found; `value` is null where it found nothing, and `problem` then says why in a sentence. */
export type Taken = RequestCapture &
  ({ readonly value: string; readonly problem: null } | { readonly value: null; readonly problem: string });

/** Which variables: those of an environment, or with null those shared by all of the app's. */
export type Place = { readonly profileId: ProfileId; readonly environmentId: EnvironmentId | null };

export type GivenVariable = {
  readonly name: string;
  /** Its name before; left out, a variable of this name is set or added. */
  readonly was?: string | undefined;
  /** Null keeps the value it has. */
  readonly value: string | null;
  readonly secret: boolean;
};

/** A variable with its value, secrets opened. */
export type ScopedVariable = {
  readonly name: string;
  /** Null where it has none, or where it cannot be read. */
  readonly value: string | null;
  readonly secret: boolean;
  readonly from: VariableSource;
  /** Why a secret cannot be read. */
  readonly failure: AppError | null;
};

/** What a request may be filled in with: the environment's variables before the shared ones. */
export type VariableScope = {
  readonly environmentId: EnvironmentId | null;
  readonly variables: readonly ScopedVariable[];
  /** Why variables are missing; one sentence. */
  readonly problem: string | null;
};

/** Changes reject with `not_found`, `bad_input`, `conflict` for a name that is taken, or as the vault and the disk do. */
export type Environments = {
  list(): readonly EnvironmentSet[];
  get(id: ProfileId): EnvironmentSet;
  /** Makes it the active one. @param from the environment that is copied, secrets included */
  create(id: ProfileId, name: string, from?: EnvironmentId): Promise<EnvironmentSet>;
  rename(id: ProfileId, environment: EnvironmentId, name: string): Promise<EnvironmentSet>;
  remove(id: ProfileId, environment: EnvironmentId): Promise<EnvironmentSet>;
  activate(id: ProfileId, environment: EnvironmentId | null): Promise<EnvironmentSet>;
  set(place: Place, given: GivenVariable): Promise<EnvironmentSet>;
  unset(place: Place, name: string): Promise<EnvironmentSet>;
  /** The value of a secret. */
  reveal(place: Place, name: string): Promise<string>;
  exportFile(id: ProfileId, environment: EnvironmentId): { fileName: string; content: string };
  /** Adds the environment of a file, and makes it the active one. */
  importFile(id: ProfileId, content: string): Promise<EnvironmentSet>;
  /** @param name of the environment; left out, the active one. Rejects with `not_found` naming those that exist */
  scope(id: ProfileId, name?: string): Promise<VariableScope>;
  /** Sets what an answer gave, in an environment or among the shared variables. Never rejects. */
  capture(place: Place, taken: readonly Taken[]): Promise<CapturedValue[]>;
  /** @returns brings them back; the vault's part comes back with the profile's secrets */
  forgetProfile(id: ProfileId): Promise<() => Promise<void>>;
  onChange(listener: () => void): () => void;
};
