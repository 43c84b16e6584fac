import { app, BrowserWindow, nativeImage, Notification } from 'electron';
import type { Ports } from '../../core/ports.ts';
import { badgeBitmap, badgeSize } from './policy.ts';

/** Kept while they are on show: one that is collected forgets who waits for its click. */
const shown = new Set<Notification>();

/** @param reveal brings the window to the front, and makes one where there is none */
export function createDesktopNotifications(reveal: () => void): Pick<Ports, 'notify' | 'badge'> {
  return {
    notify({ title, body, onOpen }) {
      // The window itself says it when somebody sits before it.
      if (!Notification.isSupported() || BrowserWindow.getFocusedWindow() !== null) return;
      const notification = new Notification({ title, body });
      const forget = (): void => void shown.delete(notification);
      shown.add(notification);
      notification.on('click', () => {
        forget();
        onOpen();
        reveal();
      });
      notification.on('close', forget);
      notification.on('failed', forget);
      notification.show();
    },
    badge(count) {
      if (process.platform !== 'win32') {
        app.setBadgeCount(count);
        return;
      }
      const overlay =
        count === 0
          ? null
          : nativeImage.createFromBitmap(badgeBitmap(), { width: badgeSize, height: badgeSize });
      for (const window of BrowserWindow.getAllWindows())
        window.setOverlayIcon(overlay, count === 0 ? '' : `${count} unseen`);
    },
  };
}
