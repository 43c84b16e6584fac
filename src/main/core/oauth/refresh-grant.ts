/**
 * One refresh, such that no grant is lost by us: the intent is durable before anything is sent, the answer is durable
 * before it is read, an outcome that nobody knows is settled by trying the same pair again, and a grant is given up only
 * for a definitive refusal.
 */
import { AppError } from '../../../shared/model/app-error.ts';
import type { ExchangeId, TokenId } from '../../../shared/model/ids.ts';
import type { LineageEvent } from '../../../shared/model/token.ts';
import type { Log } from '../ports.ts';
import type { HttpAnswer } from '../requests/http-client.ts';
import type { Profiles } from '../services.ts';
import { readGrantedToken } from './granted-token.ts';
import { isNewer, type KeepGrant } from './keep-grant.ts';
import { withEvent } from './lineage.ts';
import type { GrantResult, NotGranted, TokenEndpoint } from './token-endpoint.ts';
import { instant, nameOf, type TokenRecord } from './token-record.ts';
import type { TokenRecords } from './token-records.ts';

export type RefreshGrantDeps = {
  readonly records: TokenRecords;
  readonly endpoint: TokenEndpoint;
  readonly profiles: Pick<Profiles, 'get'>;
  readonly keep: KeepGrant;
  /** A new token in place of one whose own refresh token is no good; null where there is no agency token for it. */
  readonly remint: (record: TokenRecord, reason: string) => Promise<TokenRecord> | null;
  readonly log: Log;
  readonly now: () => number;
};

export type RefreshGrant = {
  refresh(id: TokenId): Promise<TokenRecord>;
  /**
   * Settles what the last run left behind in this record: an answer that had arrived is taken, one that had not makes the
   * outcome unknown.
   */
  recover(id: TokenId): Promise<void>;
};

const installAgain = { remedy: 'Install the app again for this account.' };
const minuteMs = 60_000;
/** Between two tries for a paused sub-account: a minute, then twice as long each time, at most six hours. */
const longestHoldMs = 360 * minuteMs;

export function createRefreshGrant(deps: RefreshGrantDeps): RefreshGrant {
  const { records, endpoint, profiles, keep, remint, log, now } = deps;

  const change = (id: TokenId, make: (before: TokenRecord) => TokenRecord): Promise<TokenRecord | null> =>
    records.write(id, (before) => (before === null ? null : make(before)));

  const happened = (
    kind: LineageEvent['kind'],
    reason: string | null,
    exchangeId: ExchangeId | null,
  ): LineageEvent => ({ at: now(), kind, reason, exchangeId });

  /** Written before it is read, so that nothing that was read can be lost; where it cannot be, it is read all the same. */
  const keepAnswer = async (id: TokenId, answer: HttpAnswer): Promise<void> => {
    if (answer.error !== null || answer.status === null || answer.status < 200 || answer.status > 299) return;
    const kept = { body: Buffer.from(answer.body).toString('utf8'), exchangeId: answer.exchangeId };
    await change(id, (before) => ({ ...before, sent: { at: before.sent?.at ?? now(), answer: kept } })).catch(
      (cause: unknown) => log('error', 'The answer to a refresh could not be written.', { token: id, cause }),
    );
  };

  const attempt = async (record: TokenRecord, refreshToken: string): Promise<GrantResult> => {
    const { id } = record;
    const profile = profiles.get(record.profileId);
    await records.writeAhead(id, (before) =>
      before === null ? null : { ...before, sent: { at: now(), answer: null } },
    );
    let answer: HttpAnswer;
    try {
      answer = await endpoint.sendRefresh(profile, refreshToken, record);
    } catch (error) {
      // Nothing has been sent: the client secret is missing, the vault locked.
      await change(id, (before) => ({ ...before, sent: null }));
      throw error;
    }
    await keepAnswer(id, answer);
    const result = await endpoint.readRefresh(answer, record);
    if (result.ok)
      log('debug', 'A refresh was answered and read.', { token: id, exchangeId: answer.exchangeId });
    return result;
  };

  const adopt = async (record: TokenRecord, result: GrantResult & { ok: true }): Promise<TokenRecord> => {
    const { exchangeId, recorded } = result.answer;
    const { profileId, mintedFrom } = record;
    const kept = await keep(result.token, {
      profileId,
      source: 'refresh',
      mintedFrom,
      exchangeId,
      renews: record,
    });
    await recorded;
    return kept;
  };

  /** Nothing definitive was said: the pair stays, with what is known of it. */
  const undecided = (id: TokenId, { fate, error, exchangeId }: NotGranted): Promise<TokenRecord | null> =>
    change(id, (before) => {
      const reason = error.message;
      const at = before.sent?.at ?? now();
      const settled = { ...before, sent: null };
      if (fate === 'unknown') {
        const unknown = before.unknown ?? { at, reason, exchangeId };
        return withEvent({ ...settled, unknown }, happened('outcome-unknown', reason, exchangeId));
      }
      if (fate === 'paused') {
        const attempts = (before.held?.attempts ?? 0) + 1;
        const pause = Math.min(minuteMs * 2 ** Math.min(attempts - 1, 20), longestHoldMs);
        const held = { reason, attempts, nextAt: now() + pause };
        // It would have been refused if the grant had been used up before.
        return withEvent({ ...settled, held, unknown: null }, happened('held', reason, exchangeId));
      }
      return withEvent(settled, happened('failed', reason, exchangeId));
    });

  /** The grant is gone; if an earlier outcome was unknown, then because that refresh had been carried out. */
  const refused = async (record: TokenRecord, { error, exchangeId }: NotGranted): Promise<TokenRecord> => {
    const { unknown } = records.get(record.id);
    const lost =
      unknown === null
        ? null
        : `HighLevel renewed this grant at ${instant(unknown.at)}, but its answer never arrived whole (${unknown.reason}) ` +
          'The refresh token held was spent by that, which nobody could prevent.';
    const reason = lost ?? error.message;
    const counted = (before: TokenRecord): TokenRecord =>
      lost === null
        ? before
        : {
            ...withEvent(before, happened('lost', lost, unknown?.exchangeId ?? exchangeId)),
            unavoidableLosses: before.unavoidableLosses + 1,
          };
    const minting = remint(record, reason);
    if (minting !== null) {
      await change(record.id, (before) => ({ ...counted(before), sent: null, unknown: null, held: null }));
      return minting;
    }
    const problem = lost === null ? error.message : `${lost} Install the app again for this account.`;
    const present = await change(record.id, (before) =>
      isNewer(before, record)
        ? { ...before, sent: null }
        : withEvent(
            { ...counted(before), sent: null, unknown: null, held: null, dead: problem },
            happened('died', reason, exchangeId),
          ),
    );
    if (present !== null && present.dead === null) return present;
    throw lost === null
      ? error
      : new AppError('token_endpoint_refused', lost, { ...installAgain, exchangeId });
  };

  return {
    async refresh(id) {
      const record = records.get(id);
      let last: NotGranted | null = null;
      for (const candidate of new Set([record.refreshToken, record.previous?.refreshToken ?? null])) {
        if (candidate === null) continue;
        const result = await attempt(record, candidate);
        if (result.ok) return adopt(record, result);
        if (result.fate !== 'refused') {
          await undecided(id, result);
          throw result.error;
        }
        last = result;
      }
      if (last !== null) return refused(record, last);
      const minting = remint(record, 'It has no refresh token of its own.');
      if (minting !== null) return minting;
      throw new AppError('no_token', `The token of ${nameOf(record)} has no refresh token.`, installAgain);
    },
    async recover(id) {
      const record = records.find(id);
      if (record === null || record.sent === null) return;
      const { at, answer } = record.sent;
      const token = answer === null ? null : readGrantedToken(new TextEncoder().encode(answer.body), record);
      if (answer !== null && token !== null) {
        const { profileId, mintedFrom } = record;
        const { exchangeId } = answer;
        const reason =
          'The companion had ended before it could use the answer; it was found at the next start.';
        await keep(token, { profileId, source: 'refresh', mintedFrom, exchangeId, renews: record, reason });
        return;
      }
      const reason = 'The companion ended before an answer that can be read had arrived.';
      const exchangeId = answer?.exchangeId ?? null;
      await change(id, (before) =>
        withEvent(
          { ...before, sent: null, unknown: before.unknown ?? { at, reason, exchangeId } },
          happened('outcome-unknown', reason, exchangeId),
        ),
      );
    },
  };
}
