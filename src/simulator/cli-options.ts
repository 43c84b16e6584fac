import { parseArgs } from 'node:util';
import type { SimulatorOptions } from './create-simulator.ts';
import { parseFault } from './http/faults.ts';
import { RETRY_POLICIES } from './webhooks/retry-policy.ts';

export const DEFAULT_PORT = 4402;

export const usage = `Usage: simulator [options]

Plays HighLevel on this computer: consent page, token endpoint, API, signed webhooks.

  --port N              port to listen on; 0 for any free one (default ${DEFAULT_PORT})
  --redirect URL        a redirect URL registered on the app; may be given several times
  --webhook URL         where the app's webhooks go
  --seed N              a whole number; the same one makes the same app, keys, ids and data
  --fault SPEC          makes calls fail; may be given several times
  --state FILE          keeps everything in this file, and starts with what is in it
  --retry-policy NAME   ${RETRY_POLICIES.join(' or ')} (default ${RETRY_POLICIES[0]})
  --no-state            leave state out of the callback
  --help                print this

A fault is [METHOD ]PATH:KIND[:PROBABILITY][xCOUNT], where KIND is a status from 400 to 599, reset, lost, hang, cut,
garbage or delay=MILLISECONDS. Examples: /oauth/token:500  /oauth/token:lostx1  "POST /contacts:429:0.5"

Prints one line of JSON once it listens: url, clientId, clientSecret, appId, ed25519PublicKey, rsaPublicKey.
`;

export type CommandLine =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly options: SimulatorOptions }
  | { readonly kind: 'wrong'; readonly message: string };

/** Reads the arguments after the program's name. */
export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        redirect: { type: 'string', multiple: true },
        webhook: { type: 'string' },
        seed: { type: 'string' },
        fault: { type: 'string', multiple: true },
        state: { type: 'string' },
        'retry-policy': { type: 'string' },
        'no-state': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true) return { kind: 'help' };
    const policy = values['retry-policy'];
    const retryPolicy = RETRY_POLICIES.find((name) => name === policy);
    if (policy !== undefined && retryPolicy === undefined) {
      throw new Error(`--retry-policy must be ${RETRY_POLICIES.join(' or ')}, not "${policy}".`);
    }
    const options: SimulatorOptions = {
      port: wholeNumber('--port', values.port, 65_535) ?? DEFAULT_PORT,
      webhookUrl: values.webhook === undefined ? null : webUrl('--webhook', values.webhook),
      switches: {
        ...(values['no-state'] === true && { echoState: false }),
        ...(retryPolicy && { retryPolicy }),
      },
      faults: (values.fault ?? []).map(parseFault),
      ...(values.state !== undefined && { stateFile: values.state }),
      ...(values.redirect && { redirectUrls: values.redirect.map((url) => webUrl('--redirect', url)) }),
      ...(values.seed !== undefined && {
        seed: wholeNumber('--seed', values.seed, Number.MAX_SAFE_INTEGER) ?? 0,
      }),
    };
    return { kind: 'run', options };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

function wholeNumber(name: string, text: string | undefined, largest: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= largest) return value;
  throw new Error(`${name} must be a whole number from 0 to ${largest}, not "${text}".`);
}

function webUrl(name: string, text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text;
  throw new Error(`${name} must be an http or https URL, not "${text}".`);
}
