/**
 * What the desktop window may do, as data and pure functions, so that the rules are tested without an Electron binary.
 * The rest of the shell only applies them.
 */

/** The privileged scheme that serves the window; `registerSchemesAsPrivileged` must know it before `ready`. */
export const appScheme = 'app';
export const appOrigin = `${appScheme}://companion`;
export const startPage = `${appOrigin}/index.html`;

/** The channel on which the preload asks for the contract's message port, and the one that carries the port back. */
export const connectChannel = 'companion:connect';
export const portChannel = 'companion:port';

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

/** True for pages of our own scheme and host. `URL.origin` is `null` for custom schemes, so the parts are compared. */
export function isOwnPage(url: string): boolean {
  const parsed = parse(url);
  return parsed !== null && parsed.protocol === `${appScheme}:` && parsed.host === 'companion';
}

/** Only these may be handed to the operating system; anything else could start a program. */
export function isExternalAddress(url: string): boolean {
  const parsed = parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  return parsed.protocol === 'https:' || parsed.protocol === 'http:';
}

const grantedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications']);

/** Everything a page may ask of the browser is refused but these two, and these only to our own page. */
export function isPermissionGranted(permission: string, requestingUrl: string): boolean {
  return grantedPermissions.has(permission) && isOwnPage(requestingUrl);
}

/** A message is heard only from the main frame of our own page. */
export function isTrustedSender(frame: { url: string; isMainFrame: boolean } | null): boolean {
  return frame !== null && frame.isMainFrame && isOwnPage(frame.url);
}

/** Windows shows no number on an icon, only a picture over it, in pixels each way. */
export const badgeSize = 16;

/** A red dot, four bytes a pixel: blue, green, red, opacity. */
export function badgeBitmap(): Buffer {
  const pixels = Buffer.alloc(badgeSize * badgeSize * 4);
  const middle = (badgeSize - 1) / 2;
  for (let index = 0; index < badgeSize * badgeSize; index += 1) {
    const x = (index % badgeSize) - middle;
    const y = Math.floor(index / badgeSize) - middle;
    if (Math.hypot(x, y) <= middle - 1) pixels.set([0x3b, 0x45, 0xe5, 0xff], index * 4);
  }
  return pixels;
}

/** Mostly Electron's defaults, written out so that a later default cannot weaken them. */
export function windowPreferences(preload: string) {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webviewTag: false,
    webSecurity: true,
    navigateOnDragDrop: false,
    spellcheck: false,
    partition: 'persist:companion',
  } as const;
}
