import { AppError } from '../../../shared/model/app-error.ts';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** True when an address leads to this machine only. */
export const isLoopback = (base: string): boolean => loopback.test(new URL(base).hostname);

/**
 * Reads an address the developer already has.
 *
 * @returns scheme, host and port, without a trailing slash.
 * @throws AppError `bad_input` naming what is wrong with it.
 */
export function readPublicAddress(text: string): string {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) {
    throw refused('The public address must be a complete https address, such as https://hooks.example.com.');
  }
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '') {
    throw refused('The public address must not contain a user name or a password.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) {
    throw refused(`The public address must begin with https://, not with ${url.protocol}//.`);
  }
  if (url.search !== '' || url.hash !== '') {
    throw refused('The public address must end with its host or port: leave out the ? or # part.');
  }
  if (url.pathname !== '/') {
    throw refused(`The public address must not have a path: leave out ${url.pathname}.`);
  }
  return url.origin;
}

/**
 * Reads the ngrok account's own domain, as a host name or as the address ngrok's dashboard shows.
 *
 * @throws AppError `bad_input`.
 */
export function readDomain(text: string): string {
  const host = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/$/, '')
    .toLowerCase();
  if (!/^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(host)) {
    throw refused(
      `The ngrok domain must be a host name such as your-name.ngrok-free.app, not "${text.trim()}".`,
    );
  }
  return host;
}

const refused = (sentence: string): AppError => new AppError('bad_input', sentence);
