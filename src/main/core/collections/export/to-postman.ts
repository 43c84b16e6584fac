/** Postman's collection format 2.1 (schema.getpostman.com). */
import { apiHost } from '../../../../shared/highlevel/hosts.ts';
import { requestSettings } from '../../../../shared/model/request.ts';
import { checkWords } from '../../../../shared/model/check-words.ts';
import type { SavedRequest } from '../../../../shared/model/collection.ts';
import { ownMark } from '../import/read-script.ts';
import { tokenVariable } from '../../transfer/formats/curl.ts';
import { escaped, goesToApi } from './as-sent.ts';
import type { ExportedRequest, ExportedSet } from './types.ts';

type Item = { name: string; item?: Item[]; [field: string]: unknown };

/** A request keeps what Postman does not know in a comment of its test script, from which we read it again. */
export function toPostman({ name, description, entries }: ExportedSet): string {
  const top: Item[] = [];
  const folders = new Map<string, Item[]>([[JSON.stringify([]), top]]);
  for (const entry of entries) {
    const into = folders.get(JSON.stringify(entry.folder)) ?? top;
    if (entry.kind === 'request') {
      into.push(itemOf(entry));
      continue;
    }
    const inside: Item[] = [];
    into.push({ name: entry.name, item: inside });
    folders.set(JSON.stringify([...entry.folder, entry.name]), inside);
  }
  const file = {
    info: {
      name,
      ...(description !== '' && { description }),
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: top,
    auth: { type: 'bearer', bearer: [{ key: 'token', value: `{{${tokenVariable}}}`, type: 'string' }] },
    variable: [{ key: 'baseUrl', value: apiHost }],
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

function itemOf(entry: ExportedRequest): Item {
  const { request, version } = entry;
  const has = request.headers.some(({ name }) => name.toLowerCase() === 'version');
  const header = [
    ...request.headers.map(disabledPair),
    ...(version === null || has ? [] : [{ key: 'Version', value: version }]),
  ];
  const exec = scriptOf(request);
  return {
    name: entry.name,
    ...(exec.length > 0 && { event: [{ listen: 'test', script: { type: 'text/javascript', exec } }] }),
    request: {
      method: request.method,
      header,
      ...bodyOf(request),
      url: urlOf(request),
      ...(!goesToApi(request) && { auth: { type: 'noauth' } }),
    },
    response: [],
  };
}

const disabledPair = ({ name, value, on }: SavedRequest['query'][number]) => ({
  key: name,
  value,
  ...(!on && { disabled: true }),
});

function urlOf({ path, pathParams, query }: SavedRequest) {
  const [before = '', search = ''] = path.split(/\?(.*)/s);
  const isWhole = /^https?:\/\//i.test(before);
  const host = isWhole ? (/^https?:\/\/[^/]*/i.exec(before)?.[0] ?? '') : '{{baseUrl}}';
  const parts = (isWhole ? before.slice(host.length) : before)
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replace(/^\{(\w+)\}$/, ':$1'));
  const pairs = [
    ...(search === '' ? [] : search.split('&').map((pair) => pairOf(pair))),
    ...query.map((pair) => ({ ...disabledPair(pair), key: escaped(pair.name), value: escaped(pair.value) })),
  ];
  const shown = pairs.filter((pair) => !('disabled' in pair)).map(({ key, value }) => `${key}=${value}`);
  const variable = Object.entries(pathParams).map(([key, value]) => ({ key, value: escaped(value) }));
  return {
    raw: `${host}/${parts.join('/')}${shown.length === 0 ? '' : `?${shown.join('&')}`}`,
    host: [host],
    path: parts,
    ...(pairs.length > 0 && { query: pairs }),
    ...(variable.length > 0 && { variable }),
  };
}

function pairOf(text: string): { key: string; value: string } {
  const [key = '', value = ''] = text.split(/=(.*)/s);
  return { key, value };
}

function bodyOf({ bodyKind, body, parts, file }: SavedRequest) {
  switch (bodyKind) {
    case 'none':
      return {};
    case 'json':
    case null:
      if (body === null) return {};
      return { body: { mode: 'raw', raw: body, options: { raw: { language: 'json' } } } };
    case 'form':
      return { body: { mode: 'urlencoded', urlencoded: parts.map(disabledPair) } };
    case 'multipart': {
      const formdata = parts.map((part) =>
        part.file === null
          ? { ...disabledPair(part), type: 'text' }
          : { key: part.name, type: 'file', src: part.file.name, ...(!part.on && { disabled: true }) },
      );
      return { body: { mode: 'formdata', formdata } };
    }
    case 'binary':
      return { body: { mode: 'file', file: { src: file?.name ?? null } } };
  }
}

function scriptOf({ captures, checks, settings, locationId }: SavedRequest): string[] {
  const usual = JSON.stringify(settings) === JSON.stringify(requestSettings.parse({}));
  const own = {
    ...(captures.length > 0 && { captures }),
    ...(checks.length > 0 && { checks }),
    ...(!usual && { settings }),
    ...(locationId !== null && { locationId }),
  };
  if (Object.keys(own).length === 0) return [];
  return [
    `${ownMark} ${JSON.stringify(own)}`,
    ...checks.flatMap((check) => {
      const test = testOf(check);
      return test === null ? [] : [`pm.test(${JSON.stringify(checkWords(check))}, () => { ${test} });`];
    }),
    ...captures.flatMap(({ variable, path }) => {
      const taken = expressionOf(path);
      return taken === null ? [] : [`pm.environment.set(${JSON.stringify(variable)}, ${taken});`];
    }),
  ];
}

/** In JavaScript, where the path is one that leads to a single place. */
function expressionOf(path: string): string | null {
  return /^\$(?:\.[A-Za-z_]\w*|\[\d+\])*$/.test(path) ? `pm.response.json()${path.slice(1)}` : null;
}

function testOf(check: SavedRequest['checks'][number]): string | null {
  if (check.kind === 'time') return `pm.expect(pm.response.responseTime).to.be.below(${check.withinMs});`;
  if (check.kind === 'status') {
    return /^\d{3}$/.test(check.value)
      ? `pm.response.to.have.status(${check.value});`
      : `pm.expect(Math.floor(pm.response.code / 100)).to.equal(${check.value.charAt(0)});`;
  }
  const place = expressionOf(check.path);
  if (place === null) return null;
  const value = JSON.stringify(check.value);
  const number = Number(check.value);
  switch (check.test) {
    case 'exists':
      return `pm.expect(${place}).to.not.be.undefined;`;
    case 'absent':
      return `pm.expect(${place}).to.be.undefined;`;
    case 'equals':
      return `pm.expect(String(${place})).to.equal(${value});`;
    case 'contains':
      return `pm.expect(String(${place})).to.include(${value});`;
    case 'matches':
      return `pm.expect(String(${place})).to.match(new RegExp(${value}));`;
    case 'less':
      return Number.isNaN(number) ? null : `pm.expect(${place}).to.be.below(${number});`;
    case 'greater':
      return Number.isNaN(number) ? null : `pm.expect(${place}).to.be.above(${number});`;
    case 'count':
      return Number.isNaN(number) ? null : `pm.expect(${place}).to.have.lengthOf(${number});`;
  }
}
