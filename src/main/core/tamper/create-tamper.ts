/** Sends the cases one after another, judges each answer, and keeps the last report of each address. */
import { createPrivateKey, generateKeyPair, randomUUID, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { signatureHeaders } from '../../../shared/highlevel/webhook-headers.ts';
import type { HeaderPairs } from '../../../shared/model/exchange.ts';
import type { SignatureScheme } from '../../../shared/model/exchange.ts';
import { tamperCaseIds } from '../../../shared/model/tamper.ts';
import type { TamperCaseId, TamperDelivery, TamperReport, TamperRun } from '../../../shared/model/tamper.ts';
import type { ExchangeStore } from '../exchanges/types.ts';
import type { Forwarding } from '../forwarding/types.ts';
import type { SettingsStore } from '../ports.ts';
import { webhookHeaders } from '../triggers/create-triggers.ts';
import type { Triggers } from '../triggers/types.ts';
import type { Redactor } from '../vault/types.ts';
import { conclude, judge, withReport } from './judge.ts';
import { spelled, spellings } from './spellings.ts';
import type { Tamper } from './types.ts';

export type TamperDeps = {
  readonly store: Pick<ExchangeStore, 'body'>;
  readonly forwarding: Pick<Forwarding, 'send' | 'signed' | 'developmentKey'>;
  readonly triggers: Pick<Triggers, 'draft'>;
  readonly settings: SettingsStore;
  readonly redactor: Pick<Redactor, 'text' | 'url'>;
  /** ms since the epoch. */
  readonly now: () => number;
};

/** HighLevel publishes no limit; developers report ten seconds. */
const TIMEOUT_MS = 10_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ANSWER_BYTES = 300;
const MOST_REPORTS = 20;

/** A request of the bench, before it is sent. */
type Shot = { readonly headers: HeaderPairs; readonly body: Buffer };

/** A key that nobody trusts. */
async function strangerSignature(scheme: SignatureScheme, body: Uint8Array): Promise<string> {
  const { privateKey } = await (scheme === 'ed25519'
    ? promisify(generateKeyPair)('ed25519')
    : promisify(generateKeyPair)('rsa', { modulusLength: 2048 }));
  const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return sign(scheme === 'ed25519' ? null : 'RSA-SHA256', body, key).toString('base64');
}

export function createTamper({ store, forwarding, triggers, settings, redactor, now }: TamperDeps): Tamper {
  const signed = async (body: Buffer, scheme: SignatureScheme = 'ed25519'): Promise<Shot> => ({
    headers: await forwarding.signed(webhookHeaders, body, scheme),
    body,
  });
  const forged = async (body: Buffer, scheme: SignatureScheme): Promise<Shot> => ({
    headers: [...webhookHeaders, [signatureHeaders[scheme], await strangerSignature(scheme, body)]],
    body,
  });

  /** What a case sends. @param bodyAt a fresh webhook of the same contact, as it was that long ago, in ms */
  async function shotsOf(
    id: TamperCaseId,
    bodyAt: (ago?: number, changes?: Readonly<Record<string, unknown>>) => string,
  ): Promise<Shot[]> {
    const body = Buffer.from(bodyAt());
    switch (id) {
      case 'valid':
        return [await signed(body)];
      case 'unsigned':
        return [{ headers: webhookHeaders, body }];
      case 'wrong-signature':
        return [await forged(body, 'ed25519')];
      case 'altered-body': {
        const { headers } = await signed(body);
        return [{ headers, body: Buffer.from(body.toString().replace('"firstName":"', '"firstName":"X')) }];
      }
      case 'old-timestamp':
        return [await signed(Buffer.from(bodyAt(HOUR_MS)))];
      case 'repeated-id': {
        const shot = await signed(body);
        return [shot, shot];
      }
      case 'out-of-order':
        return [
          await signed(Buffer.from(bodyAt(0, { type: 'ContactUpdate', firstName: 'Newer' }))),
          await signed(Buffer.from(bodyAt(MINUTE_MS, { firstName: 'Older' }))),
        ];
      case 'legacy-only':
        return [await signed(body, 'rsa')];
      case 'legacy-forged':
        return [await forged(body, 'rsa')];
      case 'spelling-whitespace':
      case 'spelling-escape':
      case 'spelling-slash':
      case 'spelling-number':
      case 'spelling-key-order':
      case 'spelling-newline':
        return [await signed(Buffer.from(spellings[id](body.toString())))];
    }
  }

  async function send(
    shot: Shot,
    { profileId, to, allowRemote }: TamperRun,
    signal: AbortSignal | undefined,
  ) {
    const message = { ...shot, causeId: null, profileId, method: 'POST', requestTarget: '/' };
    const sent = await forwarding.send(message, { url: to, allowRemote, signal, timeoutMs: TIMEOUT_MS });
    const { bytes } =
      sent.responseBytes === null || sent.responseBytes === 0
        ? { bytes: new Uint8Array(0) }
        : await store.body(sent.id, 'response', 0, ANSWER_BYTES);
    return {
      exchangeId: sent.id,
      status: sent.outcome === 'answered' || sent.outcome === 'too-large' ? sent.status : null,
      error: sent.error,
      durationMs: sent.durationMs,
      answer: redactor.text(Buffer.from(bytes).toString('utf8')),
    } satisfies TamperDelivery;
  }

  return {
    async *run(run, signal) {
      const { body: contact } = await triggers.draft({
        profileId: run.profileId,
        event: 'ContactCreate',
        withType: false,
      });
      const bodyAt = (ago = 0, changes: Readonly<Record<string, unknown>> = {}): string =>
        JSON.stringify({
          ...contact,
          customFields: [{ id: 'tamperBenchField0001', value: spelled }],
          ...changes,
          timestamp: new Date(now() - ago).toISOString(),
          webhookId: randomUUID(),
        });
      let report: TamperReport = {
        url: redactor.url(run.to),
        profileId: run.profileId,
        startedAt: now(),
        finishedAt: null,
        cases: [],
        conclusion: null,
      };
      const total = tamperCaseIds.length;
      yield { total, report };
      let usual: TamperDelivery | null = null;
      for (const id of tamperCaseIds) {
        const deliveries: TamperDelivery[] = [];
        for (const shot of await shotsOf(id, bodyAt)) {
          if (signal?.aborted === true) return;
          deliveries.push(await send(shot, run, signal));
        }
        if (signal?.aborted === true) return;
        if (id === 'valid') usual = deliveries[0] ?? null;
        report = { ...report, cases: [...report.cases, judge(id, deliveries, usual)] };
        yield { total, report };
        // Where nobody is at home the other fourteen would only say so again.
        if (id === 'valid' && usual?.status === null) break;
      }
      report = { ...report, finishedAt: now(), conclusion: conclude(report.cases) };
      settings.set('tamperReports', withReport(settings.get('tamperReports'), report, MOST_REPORTS));
      yield { total, report };
    },
    reports: () => settings.get('tamperReports'),
    async keys() {
      return {
        current: await forwarding.developmentKey(),
        legacy: await forwarding.developmentKey('rsa'),
      };
    },
  };
}
