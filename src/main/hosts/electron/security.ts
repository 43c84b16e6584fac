import { app, shell, type Session } from 'electron';
import { AppError } from '../../../shared/model/app-error.ts';
import { isExternalAddress, isOwnPage, isPermissionGranted } from './policy.ts';

/** Opens an address in the user's browser, and only an address: never a file, never another program's scheme. */
export async function openExternal(url: string): Promise<void> {
  if (!isExternalAddress(url)) {
    throw new AppError('bad_input', 'Only http and https addresses are opened in the browser.');
  }
  await shell.openExternal(url);
}

/** Applies the permission table to a session: requests and silent checks alike. */
export function guardPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isPermissionGranted(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) =>
    isPermissionGranted(permission, requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}

/** Keeps every page of the app where it is. Call once, before the first window. */
export function guardNavigation(log: (message: string) => void): void {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      // A link with target=_blank: the browser's business, if it is an address at all.
      if (isExternalAddress(url))
        void shell.openExternal(url).catch(() => log('the browser could not be opened'));
      return { action: 'deny' };
    });
  });
}
