/** The services of the core, as the router sees them. `createCore` makes them from the ports. */
import type { SimulatorAction, SimulatorView } from '../../shared/model/simulator.ts';
import type { Vault } from './vault/types.ts';
import type { CollectionRunStart, CollectionRunStep } from '../../shared/model/collection-run.ts';
import type { SavedTransfer } from './collections/saved-transfer.ts';
import type { Collections } from './collections/types.ts';
import type { ExchangeStore } from './exchanges/types.ts';
import type { Answers } from './answers/types.ts';
import type { Code } from './code/types.ts';
import type { Forwarding } from './forwarding/types.ts';
import type { Tamper } from './tamper/types.ts';
import type { Triggers } from './triggers/types.ts';
import type { Ingress } from './ingress/types.ts';
import type { Notifications } from './notifications/types.ts';
import type { Log } from './ports.ts';
import type { Catalogues } from './catalogue/create-catalogues.ts';
import type { OperationOf } from './requests/operation-of.ts';
import type { RateMeters } from './requests/rate-meter.ts';
import type { RequestWaits } from './requests/request-waits.ts';
import type { DataRuns } from './data-runs/types.ts';
import type { Runs } from './runs/types.ts';
import type { Relations } from './relations/create-relations.ts';
import type { Transfer } from './transfer/types.ts';
import type { Environments } from './variables/types.ts';
import type { ExchangeId, ProfileId, TokenId } from '../../shared/model/ids.ts';
import type { ScopeEndpoint, ScopeRow } from '../../shared/highlevel/scope-catalogue.ts';
import type { KnownVariable } from '../../shared/model/environment.ts';
import type { LinkLint } from '../../shared/model/install-link.ts';
import type { ProfileFilePreview } from '../../shared/model/profile-file.ts';
import type {
  Addresses,
  ChecklistStep,
  Profile,
  ProfileDependants,
  ProfileDraft,
} from '../../shared/model/profile.ts';
import type {
  OperationDetail,
  OperationSummary,
  RequestDraft,
  RequestPreview,
  RequestResult,
} from '../../shared/model/request.ts';
import type {
  SelfTestResult,
  Settings,
  SimulatorState,
  SystemStatus,
  TunnelSettings,
  TunnelState,
} from '../../shared/model/system.ts';
import type { HealthCheck } from '../../shared/model/health.ts';
import type { ScopeUse } from '../../shared/model/scope.ts';
import type { UserContextReading } from '../../shared/model/user-context.ts';
import type {
  InstalledLocation,
  InstallProgress,
  MintProgress,
  TokenLineage,
  TokenSummary,
  Uninstalled,
  PrivateTokenInput,
} from '../../shared/model/token.ts';
import type {
  GeneratedTypes,
  SignatureExplanation,
  WebhookCoverage,
  WebhookShape,
} from '../../shared/model/webhook.ts';

/** Listens to changes; the returned function ends it. */
export type Subscribe<T> = (listener: (value: T) => void) => () => void;

export type Profiles = {
  list(): readonly Profile[];
  /** Rejects with `not_found`. */
  get(id: ProfileId): Profile;
  add(draft: ProfileDraft): Promise<Profile>;
  readLink(link: string): {
    clientId: string;
    appId: string;
    redirectUrl: string | null;
    scopes: string[];
    versionId: string | null;
    consentHost: string;
  };
  addSimulator(url: string): Promise<Profile>;
  update(id: ProfileId, changes: Partial<ProfileDraft>): Promise<Profile>;
  /** A second profile of the same app with its secrets, on paths of its own and without tokens. */
  duplicate(id: ProfileId, name?: string): Promise<Profile>;
  dependants(id: ProfileId): Promise<ProfileDependants>;
  remove(id: ProfileId): Promise<void>;
  /** Rejects with `not_found` when nothing was removed in this run, `conflict` when its place is taken. */
  undoRemove(): Promise<Profile>;
  exportFile(id: ProfileId): { fileName: string; content: string };
  readFile(content: string): ProfileFilePreview;
  importFile(content: string, options: { trustForeign: boolean }): Promise<Profile>;
  /** Without a link: the profile's own, pasted or built. */
  lint(id: ProfileId, link?: string): LinkLint;
  scopes(): ScopeRow[];
  scopeEndpoints(scope: string): ScopeEndpoint[];
  scopeUse(id: ProfileId): Promise<ScopeUse>;
  /** Rejects with `secret_missing` while the profile has no shared secret. */
  readUserContext(id: ProfileId, payload: string): Promise<UserContextReading>;
  addresses(id: ProfileId): Addresses;
  checklist(id: ProfileId): Promise<ChecklistStep[]>;
  onChange: Subscribe<readonly Profile[]>;
};

export type Install = {
  /** @param options.addScopes asked for beside those of the app's own link */
  begin(
    profileId: ProfileId,
    options: { openBrowser: boolean; addScopes?: readonly string[] | undefined },
  ): Promise<{ installUrl: string }>;
  cancel(): void;
  /** Exchanges the code that waits under this callback. Rejects with `not_found`, or as the exchange does. */
  confirm(id: ExchangeId): Promise<{ tokenId: TokenId }>;
  /** Forgets that code. */
  reject(id: ExchangeId): void;
  /** The failed exchange once more, with the code still held. Rejects with `not_found`, or as the exchange does. */
  retry(): Promise<{ tokenId: TokenId }>;
  /** Rejects with `bad_input` or `state_reused` for a text that cannot be exchanged, or as the exchange does. */
  paste(profileId: ProfileId, text: string): Promise<{ tokenId: TokenId }>;
  progress(): InstallProgress;
  onProgress: Subscribe<InstallProgress>;
};

export type Tokens = {
  list(profileId?: ProfileId): TokenSummary[];
  reveal(id: TokenId): Promise<string>;
  refresh(id: TokenId): Promise<TokenSummary>;
  /** Rejects with `not_found`. */
  lineage(id: TokenId): TokenLineage;
  /** Keeps a private integration token, which replaces the one of the same account. */
  addPrivate(input: PrivateTokenInput): Promise<TokenSummary>;
  forget(id: TokenId): Promise<void>;
  installedLocations(
    id: TokenId,
    query: { query?: string | undefined; skip: number; limit: number },
  ): Promise<{ items: InstalledLocation[]; count: number }>;
  mintLocation(id: TokenId, locationId: string): Promise<TokenSummary>;
  onChange: Subscribe<readonly TokenSummary[]>;
};

export type MintMany = (
  id: TokenId,
  options: { locationIds?: readonly string[] | undefined; signal?: AbortSignal | undefined },
) => AsyncGenerator<MintProgress, void>;

/** Location tokens minted when a sub-account's verified INSTALL webhook comes in. */
export type FutureLocations = {
  isOn(profileId: ProfileId): boolean;
  set(profileId: ProfileId, on: boolean): boolean;
};

export type Catalogue = {
  groups(): { catalogue: string; service: string; count: number }[];
  uses(): { use: string; count: number }[];
  search(query: {
    text: string;
    catalogue?: string | undefined;
    service?: string | undefined;
    use?: string | undefined;
    limit: number;
    offset: number;
  }): { total: number; items: OperationSummary[] };
  /** Throws `not_found`. */
  get(id: string): Promise<OperationDetail>;
  match(
    method: string,
    path: string,
  ): Promise<{ operation: OperationDetail; pathParams: Record<string, string> } | null>;
  /** The operation a request calls: the one it names, if it fits, else the one of its method and path. */
  operationOf: OperationOf;
};

export type SendOptions = {
  readonly signal?: AbortSignal | undefined;
  /** Waits until the call stays below the rate limit; left out, it goes out at once and is counted. */
  readonly pace?: { readonly waits: (ms: number | null) => void };
  /** Variables of this call alone; they stand before those of the environment and the token. */
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** The name of an environment; left out, the active one. */
  readonly environment?: string | undefined;
  /** Fields of a row of data, before all other variables; they are taken as they are. */
  readonly row?: Readonly<Record<string, string>>;
  /** Names the call among those that wait. */
  readonly callId?: string | undefined;
};

export type Requests = {
  preview(draft: RequestDraft, options?: Pick<SendOptions, 'row'>): Promise<RequestPreview>;
  /** What the draft can be filled in with, as it would be now. */
  variables(draft: RequestDraft): Promise<KnownVariable[]>;
  send(draft: RequestDraft, options?: SendOptions): Promise<RequestResult>;
};

export type Tunnel = {
  state(): TunnelState;
  configure(settings: Partial<TunnelSettings> & { authtoken?: string | undefined }): Promise<TunnelState>;
  start(): Promise<TunnelState>;
  stop(): Promise<TunnelState>;
  selfTest(): Promise<SelfTestResult>;
  onState: Subscribe<TunnelState>;
  dispose(): Promise<void>;
};

export type SimulatorControl = {
  state(): SimulatorState;
  start(): Promise<SimulatorState>;
  stop(): Promise<SimulatorState>;
  /** These reject with `simulator_failed` while it is off. */
  view(): Promise<SimulatorView>;
  act(action: SimulatorAction): Promise<SimulatorView>;
  privateToken(wanted: {
    locationId?: string | undefined;
    scopes: readonly string[];
  }): Promise<{ token: string }>;
  onState: Subscribe<SimulatorState>;
  dispose(): Promise<void>;
};

export type Webhooks = {
  /** Rejects with `not_found`, and with `bad_input` for what is no webhook. */
  explain(id: ExchangeId): Promise<SignatureExplanation>;
  shape(id: ExchangeId): Promise<WebhookShape>;
  /** Rejects with `not_found` where no such delivery is stored. */
  types(query: { type: string; profileId?: ProfileId | undefined; last: number }): Promise<GeneratedTypes>;
  coverage(profileId: ProfileId): Promise<WebhookCoverage>;
};

export type Core = {
  readonly profiles: Profiles;
  readonly install: Install;
  readonly tokens: Tokens;
  readonly mintMany: MintMany;
  readonly uninstall: (id: TokenId, reason?: string) => Promise<Uninstalled>;
  readonly futureLocations: FutureLocations;
  readonly exchanges: ExchangeStore;
  readonly forwarding: Forwarding;
  readonly triggers: Triggers;
  readonly tamper: Tamper;
  readonly ingress: Ingress;
  readonly answers: Answers;
  readonly notifications: Notifications;
  readonly catalogue: Catalogue;
  readonly catalogues: Catalogues;
  readonly requests: Requests;
  readonly environments: Environments;
  readonly collections: Collections;
  readonly code: Code;
  readonly savedTransfer: SavedTransfer;
  readonly runCollection: (
    start: CollectionRunStart,
    signal?: AbortSignal,
  ) => AsyncGenerator<CollectionRunStep, void>;
  readonly runs: Runs;
  readonly dataRuns: DataRuns;
  readonly rateMeters: Pick<RateMeters, 'list' | 'onChange'>;
  readonly requestWaits: Pick<RequestWaits, 'list' | 'onChange'>;
  readonly tunnel: Tunnel;
  readonly transfer: Transfer;
  readonly webhooks: Webhooks;
  readonly relations: Relations;
  readonly simulator: SimulatorControl;
  readonly vault: Pick<Vault, 'status' | 'unlock' | 'lock' | 'changeMode' | 'backup' | 'restore'>;
  readonly settings: {
    get(): Settings;
    /** Rejects with `port_busy` when the ingress cannot move to a new port; then nothing has changed. */
    set(changes: Partial<Settings>): Promise<Settings>;
  };
  /** The host's log behind the vault's redactor. */
  readonly log: Log;
  status(): Promise<SystemStatus>;
  /** Without an id, of the active profile. Rejects with `not_found`. */
  doctor(profileId?: ProfileId): Promise<HealthCheck[]>;
  /** Some part of `status()` has changed. Coalesced. */
  onStatus: Subscribe<void>;
  openExternal(url: string): Promise<void>;
  /** Stops accepting, closes the tunnel, drains the ingress, flushes the databases, releases the data folder; within 3 s. */
  dispose(): Promise<void>;
};
