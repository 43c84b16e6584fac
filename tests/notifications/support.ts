/** Notifications over a real core, with a desktop and a timer that are the test's. */
import { onTestFinished } from 'vitest';
import { notificationRule } from '../../src/shared/model/notification.ts';
import type { NotificationRuleInput } from '../../src/shared/model/notification.ts';
import { createNotifications } from '../../src/main/core/notifications/create-notifications.ts';
import type { NotificationsDeps } from '../../src/main/core/notifications/create-notifications.ts';
import type { Notifications } from '../../src/main/core/notifications/types.ts';
import type { Timer } from '../../src/main/core/oauth/auto-refresh.ts';
import type { DesktopNotification } from '../../src/main/core/ports.ts';
import { createConfSettings } from '../../src/main/hosts/node/settings-store.ts';
import { tempFolder } from '../exchanges/support.ts';

export type Desktop = {
  readonly notifications: Notifications;
  readonly shown: DesktopNotification[];
  readonly badges: number[];
  /** Lets the time of every timer that waits now be up, or of those of so many ms at most. */
  pass(most?: number): void;
};

export async function startDesktop(
  deps: Omit<NotificationsDeps, 'ports' | 'timer'>,
  rules?: readonly NotificationRuleInput[],
): Promise<Desktop> {
  const shown: DesktopNotification[] = [];
  const badges: number[] = [];
  const timers = new Set<{ readonly ms: number; readonly run: () => void }>();
  const timer: Timer = (ms, run) => {
    const one = { ms, run };
    timers.add(one);
    return () => timers.delete(one);
  };
  const notifications = createNotifications({
    ...deps,
    ports: {
      settings: createConfSettings({ dataDir: await tempFolder() }),
      notify: (notification) => shown.push(notification),
      badge: (count) => badges.push(count),
      log: (level, message, fields) => {
        if (level === 'error') throw new Error(`${message}: ${JSON.stringify(fields)}`);
      },
    },
    timer,
  });
  onTestFinished(() => notifications.dispose());
  if (rules !== undefined) notifications.set({ rules: rules.map((rule) => notificationRule.parse(rule)) });
  return {
    notifications,
    shown,
    badges,
    pass(most = Number.POSITIVE_INFINITY) {
      const due = [...timers].filter(({ ms }) => ms <= most);
      for (const one of due) timers.delete(one);
      for (const { run } of due) run();
    },
  };
}
