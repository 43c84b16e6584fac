/** Notifications in the window: said by it where it is in view, by the browser where the host has no desktop. */
import type {
  CompanionNotification,
  NotificationsState,
  NotificationTarget,
} from '../../shared/model/notification.ts';
import { announce, toast } from '../lib/notices.ts';
import { go } from '../lib/route.ts';
import { rpc } from './connection.ts';
import { follow } from './live.ts';
import { keys, queryClient } from './queries.ts';

const open = ({ screen, item }: NotificationTarget): void => go(screen, item);
const isInView = (): boolean => document.visibilityState === 'visible' && document.hasFocus();
const ignore = (): undefined => undefined;

const title = document.title;

function showBadge(unseen: number): void {
  document.title = unseen === 0 ? title : `(${unseen.toLocaleString('en')}) ${title}`;
  // Only an installed page has an icon of its own.
  void navigator.setAppBadge?.(unseen).catch(ignore);
}

async function tell({ number, title: heading, body, target }: CompanionNotification): Promise<void> {
  const capabilities = await queryClient.ensureQueryData({
    queryKey: keys.capabilities,
    queryFn: () => rpc.system.capabilities(),
  });
  if (isInView()) {
    toast(`${heading}. ${body}`, { label: 'Show it', run: () => open(target) });
    announce(`${heading}. ${body}`);
    return;
  }
  if (capabilities.notifications || !('Notification' in window) || Notification.permission !== 'granted')
    return;
  // The tag keeps several tabs from saying the same.
  const shown = new Notification(heading, { body, tag: `companion-${number}` });
  shown.addEventListener('click', () => {
    window.focus();
    shown.close();
    open(target);
  });
}

export function startNotifications(): void {
  let unseen = 0;
  let told: number | null = null;
  const seen = (): void => {
    if (unseen > 0 && isInView()) void rpc.notifications.seen().catch(ignore);
  };
  const take = ({ latest, wanted, ...state }: NotificationsState): void => {
    unseen = state.unseen;
    showBadge(unseen);
    seen();
    if (wanted !== null) {
      open(wanted);
      void rpc.notifications.opened().catch(ignore);
    }
    const number = latest?.number ?? 0;
    // What was said before this window came is not said again.
    if (told !== null && latest !== null && number > told) void tell(latest).catch(ignore);
    told = number;
  };
  void follow(() => rpc.notifications.watch(), take);
  window.addEventListener('focus', seen);
  document.addEventListener('visibilitychange', seen);
}
