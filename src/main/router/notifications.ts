import type { NotificationsState } from '../../shared/model/notification.ts';
import type { AreaDeps } from './context.ts';
import { given } from './given.ts';
import { latest } from './latest.ts';

export function notificationsArea({ os, core }: AreaDeps) {
  const area = os.notifications;
  return area.router({
    settings: area.settings.handler(() => core.notifications.settings()),
    set: area.set.handler(({ input }) => core.notifications.set(given(input))),
    watch: area.watch.handler(({ signal }) =>
      latest<NotificationsState>((listener) => core.notifications.onState(listener), {
        initial: () => core.notifications.state(),
        signal,
        minIntervalMs: 100,
      }),
    ),
    seen: area.seen.handler(() => {
      core.notifications.seen();
      return {};
    }),
    opened: area.opened.handler(() => {
      core.notifications.opened();
      return {};
    }),
    test: area.test.handler(() => {
      core.notifications.test();
      return {};
    }),
  });
}
