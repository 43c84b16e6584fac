/** The connections that requests leave by: kept or fresh, direct or through a proxy, with the authorities they trust. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getCACertificates } from 'node:tls';
import { AppError } from '../../../shared/model/app-error.ts';
import type { NetworkSettings } from '../../../shared/model/system.ts';

export type OutboundAgents = {
  /**
   * `fresh` opens a connection for this request alone. Throws `bad_input` when the proxy or the file of authorities
   * cannot be used.
   */
  agentsFor(url: URL, kind: 'kept' | 'fresh'): { http: HttpAgent; https: HttpsAgent };
  /** The proxy that stands between, as `http://host:port` without its password; null where there is none. */
  proxyFor(url: URL): string | null;
  dispose(): void;
};

export type OutboundAgentsDeps = {
  readonly network: () => NetworkSettings;
  /** Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are looked up; Node itself reads `NODE_EXTRA_CA_CERTS`. */
  readonly env: NodeJS.ProcessEnv;
};

export const noNetworkSettings: NetworkSettings = { proxy: null, caFile: null };

/** Agents are made once for each way out; those of settings no longer in force stay until the end, with what they carry. */
export function createOutboundAgents({ network, env }: OutboundAgentsDeps): OutboundAgents {
  const made = new Map<string, { http: HttpAgent; https: HttpsAgent }>();
  const authorities = new Map<string, string[]>();

  const trusted = (caFile: string): string[] => {
    const known = authorities.get(caFile) ?? [...getCACertificates('default'), readAuthorities(caFile)];
    authorities.set(caFile, known);
    return known;
  };

  return {
    agentsFor(url, kind) {
      const settings = network();
      const direct = isLoopback(url);
      const proxyEnv = direct ? {} : proxiesOf(settings, env);
      const caFile = settings.caFile;
      const key = JSON.stringify([kind, caFile, proxyEnv]);
      const found = made.get(key);
      if (found !== undefined) return found;
      const keepAlive = kind === 'kept';
      const ca = caFile === null ? {} : { ca: trusted(caFile) };
      const agents = {
        http: new HttpAgent({ keepAlive, proxyEnv }),
        https: new HttpsAgent({ keepAlive, proxyEnv, ...ca }),
      };
      made.set(key, agents);
      return agents;
    },
    proxyFor(url) {
      if (isLoopback(url)) return null;
      const { HTTP_PROXY, HTTPS_PROXY, NO_PROXY = '' } = proxiesOf(network(), env);
      const proxy = url.protocol === 'https:' ? HTTPS_PROXY : HTTP_PROXY;
      return proxy === undefined || isExcepted(url.hostname, NO_PROXY) ? null : new URL(proxy).origin;
    },
    dispose() {
      for (const { http, https } of made.values()) {
        http.destroy();
        https.destroy();
      }
    },
  };
}

/** @throws AppError `bad_input` naming what is wrong with the settings */
export function checkNetwork({ proxy, caFile }: NetworkSettings): void {
  if (proxy !== null) proxyAddress(proxy, 'The proxy address');
  if (caFile !== null) readAuthorities(caFile);
}

/**
 * How a connection of another program gets to `host`: the proxy's URL or null, and the file of authorities. Throws
 * `bad_input` as `agentsFor` does.
 */
export function wayTo(
  host: string,
  settings: NetworkSettings,
  env: NodeJS.ProcessEnv,
): { proxy: string | null; caFile: string | null } {
  const { HTTPS_PROXY = null, NO_PROXY = '' } = proxiesOf(settings, env);
  const { caFile } = settings;
  if (caFile !== null) readAuthorities(caFile);
  return { proxy: isExcepted(host, NO_PROXY) ? null : HTTPS_PROXY, caFile };
}

/** `*`, a name, or the end of a name with or without its dot, as curl and Node read it. */
function isExcepted(host: string, list: string): boolean {
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => entry.replace(/^\*?\./, '').toLowerCase())
    .some((entry) => entry === '*' || host === entry || host.endsWith(`.${entry}`));
}

/** A proxy must never stand between the companion and this machine. */
function isLoopback({ hostname }: URL): boolean {
  return /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}

function proxiesOf({ proxy }: NetworkSettings, env: NodeJS.ProcessEnv): Record<string, string> {
  const own = proxy === null ? null : proxyAddress(proxy, 'The proxy address');
  const named = (name: string): string | null => {
    const value = (env[name.toLowerCase()] ?? env[name] ?? '').trim();
    return value === '' ? null : proxyAddress(value, `The proxy address in ${name}`, true);
  };
  const http = own ?? named('HTTP_PROXY');
  const https = own ?? named('HTTPS_PROXY');
  const except = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').trim();
  return {
    ...(http !== null && { HTTP_PROXY: http }),
    ...(https !== null && { HTTPS_PROXY: https }),
    ...(except !== '' && { NO_PROXY: except }),
  };
}

/** Only in the environment may it hold a password: settings hold no secrets. */
function proxyAddress(text: string, what: string, mayHoldPassword = false): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new AppError('bad_input', `${what} is not of the form http://host:port.`);
  }
  if (!mayHoldPassword && (url.username !== '' || url.password !== '')) {
    throw new AppError('bad_input', `${what} must not hold a user name or a password.`, {
      remedy: 'Set HTTPS_PROXY in the environment instead, and leave the proxy in Settings empty.',
    });
  }
  return url.href;
}

function readAuthorities(caFile: string): string {
  let text: string;
  try {
    text = readFileSync(caFile, 'utf8');
  } catch (cause) {
    throw new AppError('bad_input', 'The file of certificate authorities cannot be read.', {
      cause,
      remedy: 'Give the path of a file with certificates in PEM form.',
    });
  }
  try {
    // Only to see that there is one; a file may hold several.
    void new X509Certificate(text);
    return text;
  } catch (cause) {
    throw new AppError('bad_input', 'The file of certificate authorities holds no certificate in PEM form.', {
      cause,
    });
  }
}
