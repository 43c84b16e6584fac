const titles: Readonly<Record<string, string>> = {
  'ad-manager': 'Ad Manager',
  'agent-studio': 'AI Agent Studio',
  'conversation-ai': 'Conversation AI',
  'email-isv': 'Email ISV',
  oauth: 'OAuth 2.0',
  proposals: 'Documents & Contracts',
  'saas-api': 'SaaS',
  'social-media-posting': 'Social Planner',
  'voice-ai': 'Voice AI',
};

/** Title of a service's group: `custom-fields` is `Custom Fields`. */
export function serviceTitle(service: string): string {
  return titles[service] ?? service.split('-').map(capitalised).join(' ');
}

/** `getContact` is `get-contact`; `getHTMLPage2` is `get-html-page2`; `location-token` stays as it is. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
}

/** `saas-api` is `saasApi`: the property of the client that holds a service. */
export function camel(service: string): string {
  return service.replaceAll(/-(\w)/g, (_whole, letter: string) => letter.toUpperCase());
}

/** Slug of an operation that has no published name, from method and path: `get-templates-by-template-id`. */
export function slugOfPath(method: string, path: string): string {
  const last = segments(path).at(-1) ?? '';
  const suffix = isParam(last) ? [`by-${kebab(last.slice(1, -1))}`] : [];
  return [method.toLowerCase(), ...nouns(path).map(kebab), ...suffix].join('-');
}

/** First words of a path's last literal that say what is done rather than what it is done to. */
const verbs: Readonly<Record<string, string>> = {
  allow: 'Allow',
  clone: 'Clone',
  create: 'Create',
  default: 'Set default',
  discard: 'Discard',
  import: 'Import',
  like: 'Like',
  list: 'List',
  remove: 'Remove',
  reset: 'Reset',
  save: 'Save',
  schedule: 'Schedule',
  start: 'Start',
};

const verbOfMethod: Readonly<Record<string, string>> = {
  GET: 'Get',
  POST: 'Create',
  PUT: 'Update',
  PATCH: 'Update',
  DELETE: 'Delete',
};

/**
 * A readable name made from facts alone: `GET /emails/locations/{locationId}/templates` is `List templates`,
 * `POST .../items/{itemId}/clone` is `Clone queue item`.
 *
 * @param reads whether the operation only reads, which a POST may do as well
 */
export function summaryOfPath(method: string, path: string, reads: boolean): string {
  const things = nouns(path).map((word) => kebab(word).replaceAll('-', ' '));
  const last = things.at(-1) ?? '';
  const [first = '', ...rest] = last.split(' ');
  const inParam = isParam(path.split('/').at(-1) ?? '');
  const action = verbs[first];
  if (action !== undefined && method !== 'GET' && (method !== 'DELETE' || first === 'remove')) {
    const objects = things.slice(-3, -1);
    if (rest.length > 0) return [action, ...rest, ...objects].join(' ');
    return [action, ...named(objects, first === 'list')].join(' ');
  }
  const plural = !inParam && isPlural(last) && (reads || method === 'PUT');
  const verb = reads ? (plural ? 'List' : 'Get') : (verbOfMethod[method] ?? method);
  const objects = things.filter((word, index) => index === things.length - 1 || word !== verb.toLowerCase());
  return [verb, ...named(objects.slice(-2), plural)].join(' ');
}

function named(things: readonly string[], plural: boolean): string[] {
  return things.map((word, index) => (plural && index === things.length - 1 ? word : singular(word)));
}

/** Literal words of a path without the service's own and without the sub-account or agency it is scoped to. */
function nouns(path: string): string[] {
  const all = segments(path);
  const literals = all.filter(
    (segment, index) => !isParam(segment) && segment !== 'public-api' && !isScope(all, index),
  );
  return literals.length > 1 ? literals.slice(1) : literals;
}

function isScope(all: readonly string[], index: number): boolean {
  const pair = `${all[index]}/${all[index + 1]}`;
  return index > 0 && (pair === 'locations/{locationId}' || pair === 'companies/{companyId}');
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function isParam(segment: string): boolean {
  return segment.startsWith('{');
}

function isPlural(word: string): boolean {
  return word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us');
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return isPlural(word) ? word.slice(0, -1) : word;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
