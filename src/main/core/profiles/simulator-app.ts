/** The app of a running simulator: what it is, and telling it this companion's addresses. */
import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import type { Addresses } from '../../../shared/model/profile.ts';

const publicKey = z.string().refine((pem) => {
  try {
    createPublicKey(pem);
    return true;
  } catch {
    return false;
  }
}, 'a public key in PEM');

const simulatorInfo = z.object({
  name: z.string().min(1).max(120),
  url: z.url(),
  clientId: z.string().min(1).max(200),
  clientSecret: z.string().min(1).max(500),
  appId: z.string().min(1),
  versionId: z.string().nullable(),
  scopes: z.array(z.string()),
  redirectUrls: z.array(z.string()),
  webhookUrl: z.string().nullable(),
  ed25519PublicKey: publicKey,
  rsaPublicKey: publicKey,
});
export type SimulatorInfo = z.infer<typeof simulatorInfo>;

const timeoutMs = 5000;

/** @returns scheme, host and port of a simulator's address. @throws AppError `bad_input`. */
export function simulatorOrigin(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new AppError(
      'bad_input',
      'The address of a simulator is a complete http address, such as http://localhost:4402.',
    );
  }
  return parsed.origin;
}

/** @throws AppError `simulator_failed` when nothing answers there, or something that is not a simulator. */
export async function fetchSimulatorInfo(origin: string): Promise<SimulatorInfo> {
  return await call(origin, '/_simulator/info', { method: 'GET' });
}

/**
 * Adds this companion's redirect URL to the simulator's, and its webhook URL where the simulator has none: what
 * somebody gave the simulator on purpose stays.
 */
export async function registerAddresses(
  origin: string,
  info: SimulatorInfo,
  { redirectUrl, webhookUrl }: Pick<Addresses, 'redirectUrl' | 'webhookUrl'>,
): Promise<void> {
  const changes = {
    ...(info.redirectUrls.includes(redirectUrl) ? {} : { redirectUrls: [...info.redirectUrls, redirectUrl] }),
    ...(info.webhookUrl === null ? { webhookUrl } : {}),
  };
  if (Object.keys(changes).length === 0) return;
  await call(origin, '/_simulator/app', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(changes),
  });
}

async function call(origin: string, path: string, init: RequestInit): Promise<SimulatorInfo> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(origin + path, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    text = await response.text();
  } catch (cause) {
    throw new AppError('simulator_failed', `No simulator answers at ${origin}.`, {
      remedy: 'Start it with "hlc simulator", or check the address.',
      retryable: true,
      cause,
    });
  }
  const info = response.ok ? simulatorInfo.safeParse(parseJson(text)) : null;
  if (info?.success === true) return info.data;
  throw new AppError(
    'simulator_failed',
    `What answers at ${origin} is not a simulator (${whatCame(response, info)}).`,
    {
      remedy: 'Give the address that "hlc simulator" prints.',
    },
  );
}

function whatCame(response: Response, info: z.ZodSafeParseResult<SimulatorInfo> | null): string {
  const issue = info?.error?.issues[0];
  if (issue === undefined || issue.path.length === 0) return `it answered ${response.status}`;
  return `its "${issue.path.join('.')}" is missing or wrong`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is not a simulator's answer either: the schema says so.
    return undefined;
  }
}
