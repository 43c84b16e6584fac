/** The request builder's engine: resolves a draft, chooses the token, sends, and says what the answer means. */
import { explainApiError } from '../../../shared/highlevel/api-errors.ts';
import { oauthPaths } from '../../../shared/highlevel/hosts.ts';
import { parseRateLimit } from '../../../shared/highlevel/rate-limit.ts';
import { AppError } from '../../../shared/model/app-error.ts';
import {
  requestDraft,
  type RateLimit,
  type RequestDraft,
  type RequestResult,
  type ResolvedRequestDraft,
} from '../../../shared/model/request.ts';
import type { TokenService } from '../oauth/create-tokens.ts';
import type { Requests, SendOptions } from '../services.ts';
import type { Environments, Place } from '../variables/types.ts';
import type { Redactor } from '../vault/types.ts';
import { tokenOf, type TokenChoice } from './choose-token.ts';
import { encodeBody } from './encode-body.ts';
import { examineAnswer } from './examine-answer.ts';
import type { HttpAnswer, HttpClient } from './http-client.ts';
import type { RateMeters, Spender } from './rate-meter.ts';
import { requestScope, tokenOrNone, type RequestScopeDeps } from './request-scope.ts';
import { fillVariables } from './request-variables.ts';
import type { RequestWaits } from './request-waits.ts';
import { requestWarnings, scopesLacking } from './request-warnings.ts';
import { resolveRequest, type ResolvedRequest } from './resolve-request.ts';
import { retryLimited, type RetryLimitedDeps } from './retry-limited.ts';

export type RequestsDeps = RequestScopeDeps & {
  readonly http: Pick<HttpClient, 'send'>;
  readonly tokens: Pick<TokenService, 'mintLocation' | 'authorized'>;
  readonly meters: Pick<RateMeters, 'begin' | 'admit'>;
  readonly waits: Pick<RequestWaits, 'set'>;
  readonly redactor: Pick<Redactor, 'text' | 'url' | 'headers'>;
  readonly environments: Pick<Environments, 'capture'>;
  readonly wait: RetryLimitedDeps['wait'];
};

type Prepared = {
  readonly draft: ResolvedRequestDraft;
  /** The draft's, their values filled in. */
  readonly checks: ResolvedRequestDraft['checks'];
  /** Where captured values go. */
  readonly place: Place;
  readonly request: ResolvedRequest;
  readonly choice: TokenChoice;
  readonly warnings: string[];
  readonly missingScopes: string[];
};

/** The wait for room after the one that was shown is short. */
const unseen: SendOptions['pace'] = { waits: () => {} };

/** Of an error answer only this much is read to explain it. */
const explainedBytes = 65_536;

export function createRequests(deps: RequestsDeps): Requests {
  const { http, tokens, meters, waits, redactor, environments } = deps;

  const prepare = async (input: RequestDraft, options: SendOptions = {}): Promise<Prepared> => {
    const draft = requestDraft.parse(input);
    const { profile, operation, named, choose, variablesFor, place } = await requestScope(
      draft,
      options,
      deps,
    );
    const choice = choose();
    const token = tokenOf(choice);
    const variables = variablesFor(token);
    const encoded = await encodeBody(draft, variables);
    const request = resolveRequest(draft, profile, operation, variables, encoded);
    const { url, body, contentType, headers } = request;
    const minting = choice.kind === 'mint';
    const parts = draft.bodyKind === 'form' || draft.bodyKind === 'multipart' ? draft.parts : null;
    const warnings = requestWarnings({
      operation,
      token,
      minting,
      named,
      url,
      body,
      parts,
      contentType,
      headers,
    });
    const missingScopes = scopesLacking(operation, token);
    const checks = draft.checks.map((check) =>
      check.kind === 'json'
        ? { ...check, value: fillVariables(check.value, variables, `the check of ${check.path}`) }
        : check,
    );
    return { draft, request, choice, warnings, missingScopes, checks, place };
  };

  return {
    async preview(input, options) {
      const { request, choice, warnings, missingScopes } = await prepare(input, options);
      const { method, url, headers, body } = request;
      return {
        method,
        url: redactor.url(url.href),
        headers: [
          ...redactor.headers(headers),
          ...(choice.kind === 'none' ? [] : [['Authorization', 'Bearer ********'] as [string, string]]),
        ],
        tokenId: choice.kind === 'held' ? choice.token.id : null,
        tokenReason: choice.reason,
        warnings,
        missingScopes,
        body: body === null ? null : redactor.text(body),
      };
    },
    async variables(input) {
      const { choose, variablesFor } = await requestScope(requestDraft.parse(input), {}, deps);
      return variablesFor(tokenOrNone(choose)).list();
    },
    async send(input, options = {}) {
      const { signal, pace, callId } = options;
      const { draft, request, choice, checks, place } = await prepare(input, options);
      const { method, url, headers, bytes: body } = request;
      const spender = spenderOf(draft, choice);
      const attempt = async (accessToken: string | null, paced = pace): Promise<HttpAnswer> => {
        const answered =
          paced === undefined ? meters.begin(spender) : await meters.admit(spender, signal, paced.waits);
        const sending = http.send({
          // An answer of the token endpoints carries tokens, whoever asked for it.
          purpose: isTokenPath(url) ? 'token' : 'api',
          method,
          url: url.href,
          headers: accessToken === null ? headers : [...headers, ['Authorization', `Bearer ${accessToken}`]],
          body,
          profileId: draft.profileId,
          timeoutMs: draft.settings.timeoutMs,
          followRedirects: draft.settings.followRedirects,
          wholeBody: draft.captures.length > 0 || checks.some(({ kind }) => kind === 'json'),
          signal,
        });
        return sending.then(
          (answer) => {
            answered(answer.headers);
            return answer;
          },
          (error: unknown) => {
            answered(null);
            throw error;
          },
        );
      };
      const { answer, attempts } = draft.settings.retryOn429
        ? await retryLimited(
            // One that is sent again goes out once the limit leaves room for it, whoever else calls.
            (again) => through(choice, (token) => attempt(token, again ? (pace ?? unseen) : pace)),
            deps,
            signal,
            (wait) => {
              pace?.waits(wait === null ? null : wait.until - deps.now());
              if (callId !== undefined) waits.set(callId, wait);
            },
          )
        : { answer: await through(choice, attempt), attempts: 1 };
      const result = { ...(await resultOf(answer)), attempts, spender };
      const { captures } = draft;
      const found = examineAnswer(
        { checks, captures },
        {
          status: answer.status,
          // Whole where one of them asks for it.
          get body() {
            return answer.body;
          },
          totalMs: answer.timings.total,
          redact: (text) => redactor.text(text),
        },
      );
      const { explanation } = result;
      return {
        ...result,
        // It may repeat what the answer says.
        explanation: explanation && { ...explanation, sentence: redactor.text(explanation.sentence) },
        checks: found.checks.map(({ check, ok, saw }, index) => ({
          check: draft.checks[index] ?? check,
          ok,
          saw: redactor.text(saw),
        })),
        captured: await environments.capture(place, found.taken),
      };
    },
  };

  async function through(
    choice: TokenChoice,
    attempt: (accessToken: string | null) => Promise<HttpAnswer>,
  ): Promise<HttpAnswer> {
    switch (choice.kind) {
      case 'none':
        return attempt(null);
      case 'held':
        return tokens.authorized(choice.token.id, attempt);
      case 'mint': {
        const minted = await tokens.mintLocation(choice.company.id, choice.locationId);
        return tokens.authorized(minted.id, attempt);
      }
    }
  }
}

/** HighLevel counts the calls of private integration tokens together, whichever of them makes one. */
function spenderOf(draft: ResolvedRequestDraft, choice: TokenChoice): Spender {
  const token = tokenOf(choice);
  const minted = choice.kind === 'mint' ? choice.locationId : null;
  return {
    client: token?.source === 'pit' ? 'private' : draft.profileId,
    resource: minted ?? token?.locationId ?? token?.companyId ?? 'no token',
  };
}

function isTokenPath(url: URL): boolean {
  return url.pathname === oauthPaths.token || url.pathname === oauthPaths.locationToken;
}

async function resultOf(answer: HttpAnswer): Promise<Omit<RequestResult, 'spender' | 'attempts'>> {
  const unstored = await answer.recorded;
  if (unstored !== null) throw unstored;
  const { exchangeId, status, error } = answer;
  if (error?.kind === 'cancelled') throw new AppError('cancelled', error.sentence, { exchangeId });
  return {
    exchangeId,
    status,
    statusText: answer.statusText,
    headers: answer.headers,
    timings: answer.timings,
    bodyBytes: answer.bodyBytes,
    rateLimit: rateLimitOf(answer),
    failure: error?.kind ?? null,
    explanation: explanationOf(answer),
    checks: [],
    captured: [],
  };
}

function rateLimitOf(answer: HttpAnswer): RateLimit | null {
  const {
    max,
    remaining,
    intervalMs,
    limitDaily: dailyLimit,
    dailyRemaining,
  } = parseRateLimit(answer.headers);
  const limit = { max, remaining, intervalMs, dailyLimit, dailyRemaining };
  return Object.values(limit).every((value) => value === null) ? null : limit;
}

function explanationOf(answer: HttpAnswer): RequestResult['explanation'] {
  const { status, error } = answer;
  if (error !== null) {
    const unreachable = error.kind === 'unreachable' || error.kind === 'timeout';
    return {
      sentence: error.sentence,
      remedy: unreachable ? 'Check the connection and send it again.' : null,
    };
  }
  if (status === null || status < 400) return null;
  const said = new TextDecoder().decode(answer.body.subarray(0, explainedBytes));
  const explained = explainApiError(status, said);
  return explained === null ? null : { sentence: explained.sentence, remedy: explained.remedy };
}
