/** Where webhooks may be sent to: they hold customers' data, so this machine and its networks unless more is confirmed. */
import { BlockList, isIP } from 'node:net';
import { AppError } from '../../../shared/model/app-error.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** RFC 1918, RFC 4193 and link-local. The address of cloud metadata services is link-local too and is not among them. */
const nearby = new BlockList();
nearby.addSubnet('10.0.0.0', 8, 'ipv4');
nearby.addSubnet('172.16.0.0', 12, 'ipv4');
nearby.addSubnet('192.168.0.0', 16, 'ipv4');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

export type AddressRules = {
  readonly allowRemote: boolean;
  /** The companion's own listener; null while it does not listen. */
  readonly ownPort: number | null;
};

/**
 * The address as a URL. Throws `bad_input` for anything that is not http(s), carries a password, is the companion's own
 * listener (a webhook would go round for ever), or lies outside this machine and its private networks unless
 * `allowRemote` says so. Names other than `localhost` count as outside: who answers to them can change.
 */
export function targetAddress(text: string, { allowRemote, ownPort }: AddressRules): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError('bad_input', `"${text.split('?')[0]}" is not an http or https URL to forward to.`, {
      remedy: 'Give one such as http://localhost:3000/webhooks.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new AppError('bad_input', 'A URL to forward to may not hold a user name or a password.');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const own = isLoopback(host);
  if (own && ownPort !== null && Number(url.port) === ownPort) {
    throw new AppError(
      'bad_input',
      `Port ${ownPort} is the companion's own; webhooks would go round for ever.`,
      {
        remedy: 'Give the address of your own server.',
      },
    );
  }
  if (!own && !isNearby(host) && !allowRemote) {
    throw new AppError('bad_input', `${url.host} is not on this machine or a private network.`, {
      remedy: "Webhooks hold customers' data. Confirm that they may be sent there, or give a local address.",
    });
  }
  return url;
}

/** Whether this is the companion's own listener. */
export function isOwnAddress(text: string, ownPort: number | null): boolean {
  if (ownPort === null || !URL.canParse(text)) return false;
  const { protocol, hostname, port } = new URL(text);
  return protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, '')) && Number(port) === ownPort;
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const version = isIP(host);
  return version !== 0 && loopback.check(host, version === 6 ? 'ipv6' : 'ipv4');
}

function isNearby(host: string): boolean {
  const version = isIP(host);
  return version !== 0 && nearby.check(host, version === 6 ? 'ipv6' : 'ipv4');
}
