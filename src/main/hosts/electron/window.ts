import { BrowserWindow, nativeTheme, session, type WebContents } from 'electron';
import { startPage, windowPreferences } from './policy.ts';
import { guardPermissions } from './security.ts';
import { servePages } from './app-protocol.ts';

export type WindowOptions = {
  readonly preload: string;
  readonly rendererDir: string;
  /** Called before the page is loaded, so that nothing it says is missed. */
  readonly onCreated: (contents: WebContents) => void;
  readonly log: (message: string) => void;
};

/** The one window, on a session of its own. Hidden until it has something to show. */
export async function createWindow(options: WindowOptions): Promise<BrowserWindow> {
  const preferences = windowPreferences(options.preload);
  const ownSession = session.fromPartition(preferences.partition);
  guardPermissions(ownSession);
  if (!ownSession.protocol.isProtocolHandled('app')) servePages(ownSession, options.rendererDir);

  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'HighLevel Companion',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1216' : '#f5f6f8',
    webPreferences: preferences,
  });
  options.onCreated(window.webContents);
  const show = (): void => {
    if (!window.isDestroyed() && !window.isVisible()) window.show();
  };
  window.once('ready-to-show', show);
  // Some Windows releases never say ready-to-show (electron/electron#54025).
  window.webContents.once('did-finish-load', show);

  let reloaded = false;
  window.webContents.on('render-process-gone', (_event, details) => {
    options.log(`the window's process ended: ${details.reason}`);
    if (reloaded || details.reason === 'clean-exit') return;
    reloaded = true;
    window.webContents.reload();
  });
  await window.loadURL(startPage);
  return window;
}
