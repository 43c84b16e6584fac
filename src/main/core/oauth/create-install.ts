/** One install from the link to the stored token: state, callback, code exchange, and the words for each way it can end. */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeId, ProfileId } from '../../../shared/model/ids.ts';
import { idleInstall, type InstallProgress, type TokenSummary } from '../../../shared/model/token.ts';
import type { CallbackPage, CapturedCallback } from '../ingress/types.ts';
import type { Log } from '../ports.ts';
import type { Install, Profiles } from '../services.ts';
import { createAttribution, type Attribution } from './callback-attribution.ts';
import {
  confirmPage,
  failedPage,
  failureFrom,
  failures,
  installedPage,
  type InstallFailure,
} from './callback-pages.ts';
import type { TokenService } from './create-tokens.ts';
import { installAddress } from './install-address.ts';
import { readPastedCallback } from './paste-callback.ts';
import { createPendingInstalls } from './pending-installs.ts';
import { nameOf } from './token-record.ts';
import { createUnconfirmedCodes } from './unconfirmed-codes.ts';

export type InstallDeps = {
  readonly profiles: Pick<Profiles, 'get' | 'list' | 'addresses'>;
  readonly tokens: Pick<TokenService, 'accept' | 'endpoint'>;
  /** Done before a link is handed out, such as telling a simulator the present addresses. A failure is only a warning. */
  readonly prepare?: (profileId: ProfileId) => Promise<void>;
  readonly openExternal: (url: string) => Promise<void>;
  readonly log: Log;
  readonly now: () => number;
};

export type InstallService = Install & {
  /** Never rejects: whatever happens is a page. Resolves when the token is durable or the reason is known. */
  handleCallback(callback: CapturedCallback): Promise<CallbackPage>;
};

/** How a code came here; `exchangeId` is null for one given by hand. */
type Arrival = { readonly exchangeId: ExchangeId | null; readonly receivedAt: number };

type Outcome =
  | { readonly ok: true; readonly token: TokenSummary }
  | {
      readonly ok: false;
      readonly status: number;
      readonly failure: InstallFailure;
      readonly cause: AppError;
    };

export function createInstall(deps: InstallDeps): InstallService {
  const { profiles, tokens, openExternal, log, now } = deps;
  const installs = createPendingInstalls();
  const unconfirmed = createUnconfirmedCodes();
  const whose = createAttribution({ profiles, installs });
  const listeners = new Set<(progress: InstallProgress) => void>();
  let progress = idleInstall;
  /** The state of the install that `progress` speaks of. */
  let shown: string | null = null;
  /** Counts the installs that `progress` has spoken of, so that an earlier one does not speak for a later one. */
  let turn = 0;
  /** The last code on which HighLevel gave no verdict; in memory only. */
  let undecided: { readonly arrival: Arrival; readonly owner: Attribution; readonly code: string } | null =
    null;

  const set = (changes: Partial<InstallProgress>): void => {
    progress = { ...progress, ...changes, confirmations: unconfirmed.list() };
    if (progress.phase !== 'failed') progress = { ...progress, canRetry: false };
    for (const listener of listeners) listener(progress);
  };

  /** A refused callback ends no install that is still waiting for its own: it is only said beside it. */
  const refuse = (callback: CapturedCallback, failure: InstallFailure): CallbackPage => {
    log('warn', 'A callback was refused.', { code: failure.code, exchangeId: callback.exchangeId });
    if (progress.phase === 'waiting') set({ error: failure });
    else if (progress.phase === 'done' || progress.phase === 'exchanging') {
      if (!progress.warnings.includes(failure.message))
        set({ warnings: [...progress.warnings, failure.message] });
    } else {
      turn += 1;
      set({
        ...idleInstall,
        phase: 'failed',
        profileId: callback.profileId,
        callbackExchangeId: callback.exchangeId,
        finishedAt: now(),
        error: failure,
      });
    }
    return failedPage(400, 'The callback was refused', failure);
  };

  const beginExchange = (arrival: Arrival, { pending, profileId, warnings }: Attribution): number => {
    const ours = pending !== null && pending.state === shown;
    turn += 1;
    set({
      ...(ours ? progress : idleInstall),
      phase: 'exchanging',
      profileId,
      installUrl: pending?.installUrl ?? null,
      startedAt: pending?.startedAt ?? arrival.receivedAt,
      callbackExchangeId: arrival.exchangeId,
      warnings: [...(ours ? progress.warnings : []), ...warnings],
      error: null,
    });
    shown = pending?.state ?? null;
    return turn;
  };

  const exchange = async (arrival: Arrival, owner: Attribution, code: string): Promise<Outcome> => {
    const mine = beginExchange(arrival, owner);
    const report = (changes: Partial<InstallProgress>): void => {
      if (mine === turn) set(changes);
    };
    const failed = (status: number, error: unknown): Outcome => {
      const failure = failureFrom(error);
      report({ phase: 'failed', finishedAt: now(), error: failure });
      const cause = error instanceof AppError ? error : new AppError('internal', failure.message);
      return { ok: false, status, failure, cause };
    };
    try {
      const profile = profiles.get(owner.profileId);
      const result = await tokens.endpoint.exchangeCode(profile, code, owner.redirectUri);
      if (!result.ok) {
        const noVerdict = result.error.code !== 'token_endpoint_refused' || result.error.retryable;
        if (noVerdict) installs.releaseCode(code);
        if (mine === turn) undecided = noVerdict ? { arrival, owner, code } : null;
        const outcome = failed(502, result.error);
        report({ tokenExchangeId: result.exchangeId, canRetry: noVerdict });
        return outcome;
      }
      const token = await tokens.accept(owner.profileId, result);
      const tokenExchangeId = result.answer.exchangeId;
      report({ phase: 'done', finishedAt: now(), tokenExchangeId, tokenId: token.id });
      return { ok: true, token };
    } catch (error) {
      if (!(error instanceof AppError)) log('error', 'An install failed.', { cause: error });
      return failed(500, error);
    }
  };

  const answered = (outcome: Outcome): { tokenId: TokenSummary['id'] } => {
    if (!outcome.ok) throw outcome.cause;
    return { tokenId: outcome.token.id };
  };

  const prepare = async (profileId: ProfileId): Promise<string[]> => {
    try {
      await deps.prepare?.(profileId);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) log('error', 'An install could not be prepared.', { cause: error });
      return [failureFrom(error).message];
    }
  };

  /** A callback nobody here asked for, on an app that is live: it might be someone else's grant. */
  const askFirst = (callback: CapturedCallback, owner: Attribution, code: string): CallbackPage => {
    const { profileId, redirectUri, otherWaiting } = owner;
    const { exchangeId: id, receivedAt } = callback;
    if (!unconfirmed.has(code)) {
      unconfirmed.add({ asked: { id, profileId, receivedAt, redirectUri, otherWaiting }, code });
      log('warn', 'A callback without a state waits for a confirmation in the window.', { exchangeId: id });
      set({});
    }
    return confirmPage(profiles.get(profileId).name);
  };

  const handleCallback = async (callback: CapturedCallback): Promise<CallbackPage> => {
    const owner = whose.ofCallback(callback);
    if ('code' in owner) return refuse(callback, owner);
    const refusal = callback.query.get('error');
    if (refusal !== null) {
      const failure = refusal === 'access_denied' ? failures.denied : failures.consentError;
      if (owner.pending === null) return refuse(callback, failure);
      beginExchange(callback, owner);
      set({ phase: 'failed', finishedAt: now(), error: failure });
      return failedPage(400, 'The app is not installed', failure);
    }
    const code = callback.query.get('code') ?? '';
    if (code === '') return refuse(callback, failures.noCode);
    const { environment } = profiles.get(owner.profileId);
    if (unconfirmed.has(code)) return askFirst(callback, owner, code);
    if (!installs.spendCode(code)) return refuse(callback, failures.usedCode);
    if (owner.pending === null && environment === 'live') return askFirst(callback, owner, code);
    if (owner.pending !== null) installs.take(owner.pending.state);
    const outcome = await exchange(callback, owner, code);
    return outcome.ok
      ? installedPage(nameOf(outcome.token), owner.warnings)
      : failedPage(outcome.status, 'The app is not installed', outcome.failure);
  };

  return {
    async begin(profileId, { openBrowser, addScopes }) {
      const profile = profiles.get(profileId);
      if (!profile.hasSecret) {
        throw new AppError('secret_missing', `The app "${profile.name}" has no client secret yet.`, {
          remedy: 'Add the client secret to the app before installing it: the code exchange needs it.',
        });
      }
      const unprepared = await prepare(profileId);
      const state = installs.newState();
      const address = installAddress(profile, profiles.addresses(profileId).redirectUrl, state, addScopes);
      const { installUrl, redirectUri, warnings } = address;
      const startedAt = now();
      installs.add({ state, profileId, redirectUri, installUrl, startedAt });
      shown = state;
      turn += 1;
      set({
        ...idleInstall,
        phase: 'waiting',
        profileId,
        installUrl,
        startedAt,
        warnings: [...unprepared, ...warnings],
      });
      if (openBrowser) {
        await openExternal(installUrl).catch((cause: unknown) => {
          log('warn', 'The browser could not be opened.', { cause });
          const sentence = 'The browser could not be opened from here; open the install link yourself.';
          if (shown === state) set({ warnings: [...progress.warnings, sentence] });
        });
      }
      return { installUrl };
    },
    cancel() {
      if (progress.phase !== 'waiting') return;
      if (shown !== null) installs.cancel(shown);
      set({ phase: 'cancelled', finishedAt: now(), error: null });
    },
    async confirm(id) {
      const found = unconfirmed.take(id);
      if (found === null) throw noLongerHeld();
      const { profileId, redirectUri, otherWaiting, receivedAt } = found.asked;
      const owner = { profileId, redirectUri, pending: null, warnings: [], otherWaiting };
      return answered(await exchange({ exchangeId: id, receivedAt }, owner, found.code));
    },
    reject(id) {
      if (unconfirmed.take(id) === null) throw noLongerHeld();
      log('info', 'A callback without a state was rejected.', { exchangeId: id });
      set({});
    },
    async retry() {
      const found = progress.canRetry ? undecided : null;
      if (found === null || !installs.spendCode(found.code)) throw noLongerHeld();
      undecided = null;
      return answered(await exchange(found.arrival, found.owner, found.code));
    },
    async paste(profileId, text) {
      const pasted = readPastedCallback(text);
      const owner = whose.ofPasted(profileId, pasted);
      if ('code' in owner) throw thrown(owner);
      if (unconfirmed.has(pasted.code)) unconfirmed.drop(pasted.code);
      else if (!installs.spendCode(pasted.code)) throw thrown(failures.usedCode);
      if (owner.pending !== null) installs.take(owner.pending.state);
      return answered(await exchange({ exchangeId: null, receivedAt: now() }, owner, pasted.code));
    },
    progress: () => progress,
    onProgress(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async handleCallback(callback) {
      try {
        return await handleCallback(callback);
      } catch (error) {
        log('error', 'A callback could not be handled.', { cause: error, exchangeId: callback.exchangeId });
        return refuse(callback, failureFrom(error));
      }
    },
  };
}

const thrown = ({ code, message, remedy }: InstallFailure): AppError =>
  new AppError(code, message, remedy === null ? {} : { remedy });

const noLongerHeld = (): AppError =>
  new AppError('not_found', 'The code of this install is not held any more.', {
    remedy: 'Begin the install again; codes are kept in memory only, until the companion ends.',
  });
