/** What the doctor asks of one app: credentials, link, tokens, webhooks. */
import type { ChecklistStep, Profile } from '../../../shared/model/profile.ts';
import type { LinkLint } from '../../../shared/model/install-link.ts';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { fail, ok, warn, type Finding } from './finding.ts';

export const checkApp = ({ name, hasSecret, environment }: Profile): Finding =>
  hasSecret
    ? ok(`"${name}" (${environment === 'live' ? 'live' : 'simulated'}) has its client ID and client secret.`)
    : fail(
        `"${name}" has no client secret, so that no code can be exchanged.`,
        'Enter it under App; the developer portal shows it once, and makes a new one on request.',
      );

export function checkInstallLink({ findings }: LinkLint): Finding {
  const worst =
    findings.find(({ severity }) => severity === 'error') ??
    findings.find(({ severity }) => severity === 'warning');
  if (worst === undefined) return ok('Nothing is wrong with the install link.');
  const remedy = 'App > Install link lists every finding with its fix.';
  return worst.severity === 'error' ? fail(worst.what, remedy) : warn(worst.what, remedy);
}

export function checkTokens(tokens: readonly TokenSummary[]): Finding {
  const broken =
    tokens.find(({ status }) => status === 'dead') ?? tokens.find(({ problem }) => problem !== null);
  if (broken !== undefined) {
    const account = broken.label ?? broken.locationId ?? broken.companyId ?? broken.id;
    const sentence = `The token for ${account}: ${broken.problem ?? 'it is dead.'}`;
    return broken.status === 'dead' ? fail(sentence, 'Install the app there again.') : warn(sentence);
  }
  const active = tokens.filter(({ status }) => status === 'active').length;
  if (tokens.length === 0) return warn('No token is held.', 'Install the app.');
  return active === tokens.length
    ? ok(`${active} ${active === 1 ? 'token is' : 'tokens are'} held, all of them fresh.`)
    : warn(
        `${tokens.length - active} of ${tokens.length} tokens have expired.`,
        'They are refreshed when they are used; Tokens refreshes them at once.',
      );
}

/** As the checklist on Home sees it. */
export function checkWebhooks(steps: readonly ChecklistStep[]): Finding {
  const step = steps.find(({ id }) => id === 'webhook');
  if (step === undefined) return warn('Nothing is known of webhooks.');
  return step.done
    ? ok(step.sentence)
    : warn(step.sentence, 'Webhooks > Coverage says for each event why it may be silent.');
}
