import { apiHost } from '../../../../shared/highlevel/hosts.ts';
import { isObject, listOf, type JsonObject } from './json-value.ts';
import type { Problems } from './references.ts';

/**
 * What goes before the paths of a document: nothing for HighLevel's own host and for a document without a server, so
 * that the app's API host is asked; the path of a server on it; the whole address of a server elsewhere, which no
 * request leaves for.
 */
export function readBase(places: readonly JsonObject[], problems: Problems): string {
  for (const place of places) {
    const [server] = listOf(place['servers']);
    if (isObject(server) && typeof server['url'] === 'string')
      return baseOf(filledIn(server, server['url']), problems);
  }
  return '';
}

function baseOf(address: string, problems: Problems): string {
  const trimmed = address.trim().replace(/\/+$/, '');
  if (trimmed === '') return '';
  if (!/^[a-z][a-z\d+.-]*:/i.test(trimmed)) return trimmed.startsWith('/') ? trimmed : `/${trimmed}`;
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    problems.add(
      `server ${address}`,
      'It is no address of the form https://host/path; the API host of the app is used.',
    );
    return '';
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (url.origin === apiHost) return path;
  problems.add(
    `server ${url.origin}`,
    'It is not the API host of HighLevel. A token is never sent elsewhere: these operations can be read, not sent.',
  );
  return `${url.origin}${path}`;
}

/** Variables of the address by their defaults. */
function filledIn(server: JsonObject, url: string): string {
  const variables = isObject(server['variables']) ? server['variables'] : {};
  return url.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = variables[name];
    const value = isObject(variable) ? variable['default'] : undefined;
    return typeof value === 'string' ? value : whole;
  });
}
