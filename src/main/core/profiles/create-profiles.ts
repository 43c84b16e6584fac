import { operations as builtIn } from '../../../shared/highlevel/operations/index.ts';
import type { Operation } from '../../../shared/highlevel/operations/operation.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import { type ProfileId } from '../../../shared/model/ids.ts';
import {
  portalFacts,
  type Addresses,
  type ChecklistStep,
  type Profile,
  type ProfileDraft,
} from '../../../shared/model/profile.ts';
import type { DerivationContext } from '../exchanges/types.ts';
import type { IngressRoute } from '../ingress/types.ts';
import type { Ports } from '../ports.ts';
import type { Profiles } from '../services.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import { decryptUserContext } from '../sso/decrypt-user-context.ts';
import type { Vault } from '../vault/types.ts';
import { appOfDraft, keysOfDraft, readInstallLink, type AppFields } from './app-of-draft.ts';
import { derivationContextOf } from './derivation-context.ts';
import { dependantsOf } from './dependants.ts';
import { lintProfile } from './lint-profile.ts';
import { fileOf, foreignIn, previewOf, readProfileFile } from './profile-file.ts';
import { newProfileId } from './profile-id.ts';
import { callbackPathOf, freeRoutes, ingressRoutes, pathOf, routesOf } from './profile-routes.ts';
import {
  clientSecretName,
  createRemovedProfile,
  secretNames,
  ssoSecretName,
  type GivenSecrets,
} from './profile-secrets.ts';
import { createScopeKnowledge, scopeUseOf } from './scope-use.ts';
import {
  fetchSimulatorInfo,
  registerAddresses,
  simulatorOrigin,
  type SimulatorInfo,
} from './simulator-app.ts';

export type ProfilesDeps = {
  readonly ports: Pick<Ports, 'settings' | 'log' | 'now'>;
  readonly vault: Pick<Vault, 'get' | 'set' | 'delete' | 'names' | 'redactor'>;
  /** Where HighLevel reaches the ingress: the public address, or this machine's own while there is none. */
  baseUrl(): { readonly base: string; readonly public: boolean };
  /** Where a simulator on this machine reaches the ingress. Default: `http://localhost:<ingress port>`. */
  localBase?(): string;
  /**
   * Takes the tokens of a profile away: it is being removed, or is for another app now. What it answers puts them back,
   * should the removal be undone.
   */
  onRemoved?(id: ProfileId, why: 'removed' | 'another app'): Promise<TokensBack | undefined>;
  /** Tokens held for a profile; none where left out. */
  tokens?(id: ProfileId): readonly TokenSummary[];
  /** How many variables its requests have; none where left out. */
  variables?(id: ProfileId): number;
  /** Recorded exchanges, for what a profile is used for; none where left out. */
  readonly store?: Pick<ExchangeStore, 'page' | 'count'>;
  /** HighLevel's operations as they are now; left out, as they are built in. */
  readonly operations?: () => readonly Operation[];
  checklist?(profile: Profile, addresses: Addresses): Promise<ChecklistStep[]>;
};

/** Puts the tokens of a removed profile back. */
export type TokensBack = () => Promise<void>;

/** What the core may do with profiles beyond what the router sees. */
export type ProfileService = Profiles & {
  /** With `register: false` the simulator is not told this companion's addresses. */
  addSimulator(url: string, options?: { readonly register?: boolean }): Promise<Profile>;
  /** Tells a simulator profile's simulator the present addresses: worth doing before an install and when the port changed. */
  registerWithSimulator(id: ProfileId): Promise<void>;
  /** The route table for the ingress, to be set again after every change. */
  ingressRoutes(): IngressRoute[];
  derivationContext(): DerivationContext;
};

export { clientSecretName } from './profile-secrets.ts';

/** The developer's apps, kept in the settings; their secrets in the vault. Changes are made one after another. */
export function createProfiles(deps: ProfilesDeps): ProfileService {
  const { vault, operations = () => builtIn } = deps;
  const scopeKnowledge = createScopeKnowledge(operations);
  const { settings, now } = deps.ports;
  const listeners = new Set<(profiles: readonly Profile[]) => void>();

  const removed = createRemovedProfile({ vault, log: deps.ports.log });
  const holds = (name: string): boolean => vault.names(name).includes(name);
  const list = (): readonly Profile[] =>
    settings.get('profiles').map((profile) => ({
      ...profile,
      hasSecret: holds(clientSecretName(profile.id)),
      hasSsoSecret: holds(ssoSecretName(profile.id)),
    }));

  function get(id: ProfileId): Profile {
    const profile = list().find((candidate) => candidate.id === id);
    if (profile === undefined) throw new AppError('not_found', `There is no profile "${id}".`);
    return profile;
  }

  const othersThan = (id: ProfileId | null) => list().filter((profile) => profile.id !== id);

  let order: Promise<unknown> = Promise.resolve();
  function inOrder<T>(change: () => Promise<T>): Promise<T> {
    const result = order.then(change);
    order = result.catch(() => undefined);
    return result;
  }

  function store(profiles: readonly Profile[]): void {
    settings.set('profiles', profiles);
    const active = settings.get('activeProfile');
    if (active === null || !profiles.some(({ id }) => id === active)) {
      settings.set('activeProfile', profiles[0]?.id ?? null);
    }
    const present = list();
    for (const listener of listeners) listener(present);
  }

  /** Secrets first: a profile that says it has one must have it, whatever happens in between. */
  async function save(profile: Profile, secrets: GivenSecrets, before: Profile | null): Promise<Profile> {
    const given = secretNames(profile.id, secrets);
    for (const [name, value] of given) await (value === '' ? vault.delete(name) : vault.set(name, value));
    const others = settings.get('profiles');
    try {
      store(
        before === null
          ? [...others, profile]
          : others.map((candidate) => (candidate.id === profile.id ? profile : candidate)),
      );
    } catch (error) {
      if (before === null) for (const [name] of given) await vault.delete(name);
      throw error;
    }
    if (before !== null && before.appId !== profile.appId) await deps.onRemoved?.(profile.id, 'another app');
    return get(profile.id);
  }

  function addressesOf(profile: Profile): Addresses {
    const found =
      profile.environment === 'simulator'
        ? { base: deps.localBase?.() ?? `http://localhost:${settings.get('ingressPort')}`, public: false }
        : deps.baseUrl();
    const base = found.base.replace(/\/+$/, '');
    return {
      base,
      public: found.public,
      redirectUrl: profile.redirectUrl ?? base + pathOf(profile, 'callback'),
      webhookUrl: base + pathOf(profile, 'webhook'),
    };
  }

  function requireNewApp(
    app: Pick<AppFields, 'clientId'>,
    environment: Profile['environment'],
    id: ProfileId | null,
  ): void {
    const twin = othersThan(id).find(
      (other) => other.clientId === app.clientId && other.environment === environment,
    );
    if (twin !== undefined) {
      throw new AppError(
        'conflict',
        `The profile "${twin.name}" already has the client ID "${app.clientId}".`,
        {
          remedy: 'Change that profile, or remove it first.',
        },
      );
    }
  }

  const newId = (name: string): ProfileId => newProfileId(name, new Set(list().map((profile) => profile.id)));

  async function add(draft: ProfileDraft): Promise<Profile> {
    const app = appOfDraft(null, draft);
    requireNewApp(app, 'live', null);
    const name = nameOf(draft.name) ?? `App ${app.appId.slice(0, 8)}`;
    const id = newId(name);
    const callbackPath = draft.callbackPath ?? callbackPathOf(app.redirectUrl);
    const routes = routesOf(id, [], { ...draft, callbackPath }, othersThan(id));
    const profile: Profile = {
      id,
      name,
      environment: 'live',
      ...app,
      routes,
      keys: keysOfDraft([], draft.webhookKeys),
      portal: portalFacts.parse(draft.portal ?? {}),
      hasSecret: draft.clientSecret !== undefined,
      hasSsoSecret: Boolean(draft.ssoSecret),
      createdAt: now(),
    };
    return await save(profile, draft, null);
  }

  async function update(id: ProfileId, changes: Partial<ProfileDraft>): Promise<Profile> {
    const before = get(id);
    const app = appOfDraft(before, changes);
    if (app.clientId !== before.clientId) requireNewApp(app, before.environment, id);
    const moved = app.redirectUrl === before.redirectUrl ? undefined : callbackPathOf(app.redirectUrl);
    const callbackPath = changes.callbackPath ?? moved;
    const routes = routesOf(id, before.routes, { ...changes, callbackPath }, othersThan(id));
    const profile = {
      ...before,
      ...app,
      name: nameOf(changes.name) ?? before.name,
      routes,
      keys: keysOfDraft(before.keys, changes.webhookKeys),
      portal: portalFacts.parse({ ...before.portal, ...changes.portal }),
    };
    return await save(profile, changes, before);
  }

  function profileOfSimulator(
    origin: string,
    info: SimulatorInfo,
  ): { before: Profile | null; profile: Profile } {
    const simulators = list().filter(({ environment }) => environment === 'simulator');
    const before =
      simulators.find(({ clientId }) => clientId === info.clientId) ??
      simulators.find(({ hosts }) => hosts.api === origin) ??
      null;
    const id = before?.id ?? newId(info.name);
    const profile: Profile = {
      id,
      name: before?.name ?? info.name,
      environment: 'simulator',
      clientId: info.clientId,
      appId: info.appId,
      versionId: info.versionId,
      hosts: { api: origin, consent: origin },
      redirectUrl: before?.redirectUrl ?? null,
      scopes: info.scopes,
      installLink: null,
      routes: before?.routes ?? routesOf(id, [], {}, othersThan(id)),
      keys: [
        { scheme: 'ed25519', pem: info.ed25519PublicKey, owner: 'simulator' },
        { scheme: 'rsa', pem: info.rsaPublicKey, owner: 'simulator' },
      ],
      portal: before?.portal ?? portalFacts.parse({}),
      hasSecret: true,
      hasSsoSecret: before?.hasSsoSecret ?? false,
      createdAt: before?.createdAt ?? now(),
    };
    return { before, profile };
  }

  return {
    list,
    get,
    add: (draft) => inOrder(() => add(draft)),
    readLink: readInstallLink,
    addSimulator: (url, { register = true } = {}) =>
      inOrder(async () => {
        const origin = simulatorOrigin(url);
        const info = await fetchSimulatorInfo(origin);
        const { before, profile } = profileOfSimulator(origin, info);
        if (register) await registerAddresses(origin, info, addressesOf(profile));
        return await save(profile, { clientSecret: info.clientSecret }, before);
      }),
    async registerWithSimulator(id) {
      const profile = get(id);
      if (profile.environment !== 'simulator') return;
      const info = await fetchSimulatorInfo(profile.hosts.api);
      await registerAddresses(profile.hosts.api, info, addressesOf(profile));
    },
    update: (id, changes) => inOrder(() => update(id, changes)),
    remove: (id) =>
      inOrder(async () => {
        const profile = get(id);
        const undo = await removed.prepare(profile, {
          index: list().findIndex((each) => each.id === id),
          active: settings.get('activeProfile') === id,
        });
        for (const name of vault.names(`profile/${id}/`)) await vault.delete(name);
        const tokensBack = await deps.onRemoved?.(id, 'removed');
        store(settings.get('profiles').filter((each) => each.id !== id));
        removed.keep(undo, tokensBack);
      }),
    undoRemove: () =>
      inOrder(async () => {
        const { profile, index, active } = removed.last();
        const others = settings.get('profiles');
        if (others.some(({ id }) => id === profile.id)) {
          throw new AppError(
            'conflict',
            `There is a profile "${profile.id}" again, so the removed one stays removed.`,
          );
        }
        routesOf(profile.id, profile.routes, {}, list());
        await removed.restore();
        store(others.toSpliced(index, 0, profile));
        if (active) settings.set('activeProfile', profile.id);
        removed.forget();
        return get(profile.id);
      }),
    duplicate: (id, name) =>
      inOrder(async () => {
        const original = get(id);
        const copyName = nameOf(name) ?? `${original.name.slice(0, 115)} copy`;
        const copyId = newId(copyName);
        const secrets = {
          clientSecret: await vault.get(clientSecretName(id)),
          ssoSecret: await vault.get(ssoSecretName(id)),
        };
        const routes = freeRoutes(copyId, original.routes, list());
        const copy = { ...original, id: copyId, name: copyName, routes, createdAt: now() };
        return await save(copy, secrets, null);
      }),
    dependants: (id) => dependantsOf(get(id), deps.tokens?.(id) ?? [], deps.store, deps.variables?.(id) ?? 0),
    exportFile: (id) => fileOf(get(id), vault.redactor),
    readFile: (content) => previewOf(readProfileFile(content)),
    importFile: (content, { trustForeign }) =>
      inOrder(async () => {
        const { profile: file } = readProfileFile(content);
        const [foreign] = foreignIn(file);
        if (foreign !== undefined && !trustForeign) {
          throw new AppError('bad_input', foreign, {
            remedy: 'Add it only if you trust whoever made the file.',
          });
        }
        keysOfDraft([], file.keys);
        const appId = appOfDraft(null, { clientId: file.clientId }).appId;
        requireNewApp(file, file.environment, null);
        const id = newId(file.name);
        const routes = freeRoutes(id, file.routes, list());
        const added = { ...file, id, appId, routes, hasSecret: false, hasSsoSecret: false, createdAt: now() };
        return await save(added, {}, null);
      }),
    lint(id, link) {
      const profile = get(id);
      return lintProfile(profile, addressesOf(profile), deps.tokens?.(id) ?? [], link);
    },
    scopes: () => scopeKnowledge.rows(),
    scopeEndpoints: (name) => scopeKnowledge.endpointsOf(name),
    async scopeUse(id) {
      return await scopeUseOf(get(id), deps.tokens?.(id) ?? [], deps.store, scopeKnowledge);
    },
    async readUserContext(id, payload) {
      const profile = get(id);
      const secret = await vault.get(ssoSecretName(id));
      if (secret === null) {
        throw new AppError('secret_missing', `The app "${profile.name}" has no shared secret yet.`, {
          remedy:
            'Generate it in the portal (Advanced Settings, Auth), where it is shown once, and save it here.',
        });
      }
      return decryptUserContext(payload, secret);
    },
    addresses: (id) => addressesOf(get(id)),
    async checklist(id) {
      const profile = get(id);
      return (await deps.checklist?.(profile, addressesOf(profile))) ?? [];
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ingressRoutes: () => ingressRoutes(list()),
    derivationContext: () => derivationContextOf(list()),
  };
}

const nameOf = (name: string | undefined): string | undefined => name?.trim() || undefined;
