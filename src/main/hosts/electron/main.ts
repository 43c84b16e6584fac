import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, type BrowserWindow, dialog, Notification, protocol } from 'electron';
import { AppError } from '../../../shared/model/app-error.ts';
import { createCore } from '../../core/create-core.ts';
import type { Log } from '../../core/ports.ts';
import { createRouter } from '../../router/create-router.ts';
import { locateEntries, locateRenderer } from '../node/entries.ts';
import { resolveDataDir } from '../node/data-dir.ts';
import { createFileLog } from '../node/file-log.ts';
import { startOwnerServer } from '../node/owner-server.ts';
import { prepareDataDir } from '../node/prepare-data-dir.ts';
import { version } from '../node/version.ts';
import { startUtilityProgram } from './child-program.ts';
import { serveContract } from './contract-port.ts';
import { createDesktopNotifications } from './desktop-notifications.ts';
import { setMenu } from './menu.ts';
import { appScheme } from './policy.ts';
import { holdQuitFor } from './quit.ts';
import { createSecretBoxes } from '../node/secret-box.ts';
import { createKeychainBox, keychainChoice } from './secret-box.ts';
import { guardNavigation, openExternal } from './security.ts';
import { createDesktopSettings } from './settings-store.ts';
import { createWindow } from './window.ts';

const { values } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  options: {
    'data-dir': { type: 'string' },
    'ingress-port': { type: 'string' },
    devtools: { type: 'boolean', default: false },
  },
  // Chromium's own switches stand in the same place.
  strict: false,
});
const text = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

// What must be said before `ready` is said here, before the first await.
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  {
    scheme: appScheme,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
]);
const dataDir = resolveDataDir(text(values['data-dir']));

/** Says in a box why there is nothing to see, and ends. Safe before `ready`. */
function fail(error: unknown): void {
  dialog.showErrorBox(
    'HighLevel Companion',
    error instanceof AppError
      ? [error.message, error.remedy].filter(Boolean).join('\n\n')
      : 'The companion could not start. Its log says why.',
  );
  app.exit(1);
}

try {
  prepareDataDir(dataDir);
  app.setPath('userData', dataDir);
  app.setPath('sessionData', join(dataDir, 'browser'));
  if (app.requestSingleInstanceLock()) {
    await app.whenReady();
    await run(createFileLog({ dataDir }));
  } else {
    app.quit();
  }
} catch (error) {
  fail(error);
}

async function run(log: Log): Promise<void> {
  const entries = locateEntries(import.meta.url);
  const settings = createDesktopSettings(dataDir);
  const port = Number(text(values['ingress-port']) ?? Number.NaN);

  let window: BrowserWindow | null = null;
  let showWindow = (): void => {};
  const secretBox = await createKeychainBox();
  const core = await createCore(
    {
      host: 'electron',
      version,
      dataDir,
      secretBox,
      secretBoxes: createSecretBoxes({ dataDir, keychain: keychainChoice(secretBox) }),
      settings,
      entries,
      startProgram: (entry, args) => startUtilityProgram(entries[entry], args, log),
      openExternal,
      ...createDesktopNotifications(() => showWindow()),
      log,
      now: Date.now,
    },
    Number.isInteger(port) ? { ingressPort: port } : {},
  );
  const router = createRouter(core, {
    log: core.log,
    capabilities: { nativeWindow: true, openExternal: true, notifications: Notification.isSupported() },
  });
  const owner = await startOwnerServer({ dataDir, router, host: 'electron', version });
  holdQuitFor(
    async () => {
      await owner.close();
      await core.dispose();
    },
    (error) => log('error', 'closing failed', { error }),
  );

  setMenu(!app.isPackaged || values.devtools === true);
  guardNavigation((message) => log('warn', message));

  const openWindow = async (): Promise<BrowserWindow> => {
    const window = await createWindow({
      preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
      rendererDir: fileURLToPath(locateRenderer(import.meta.url)),
      onCreated: (contents) => serveContract(contents, router, (message) => log('warn', message)),
      log: (message) => log('warn', message),
    });
    return window;
  };
  let opening: Promise<void> | null = null;
  const makeWindow = async (): Promise<void> => {
    window = await openWindow();
    window.once('closed', () => {
      window = null;
    });
  };
  showWindow = () => {
    if (window === null) {
      opening ??= makeWindow()
        .catch((error: unknown) => log('error', 'the window could not be opened', { error }))
        .finally(() => {
          opening = null;
        });
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  await makeWindow();

  app.on('second-instance', () => {
    if (window !== null) showWindow();
  });
  app.on('activate', () => {
    if (window === null) showWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}
