import { eventIterator } from '@orpc/contract';
import { notificationSettings, notificationsState } from '../model/notification.ts';
import { nothing, procedure } from './base.ts';

export const notifications = {
  settings: procedure.output(notificationSettings),
  /** Rules take the place of those before. */
  set: procedure.input(notificationSettings.partial()).output(notificationSettings),
  /** Begins with the present state. */
  watch: procedure.output(eventIterator(notificationsState)),
  /** A window is in view: nothing is unseen any more. */
  seen: procedure.output(nothing),
  /** What was wanted has been opened. */
  opened: procedure.output(nothing),
  /** Shows one now, so that the way to the desktop can be tried. */
  test: procedure.output(nothing),
};
