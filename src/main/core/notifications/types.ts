/** Desktop notifications; implemented in `create-notifications.ts`. */
import type { NotificationSettings, NotificationsState } from '../../../shared/model/notification.ts';

export type Notifications = {
  settings(): NotificationSettings;
  /** Throws `not_found` for a new rule of a profile that is not there; nothing has changed then. */
  set(changes: Partial<NotificationSettings>): NotificationSettings;
  state(): NotificationsState;
  onState(listener: (state: NotificationsState) => void): () => void;
  seen(): void;
  opened(): void;
  test(): void;
  dispose(): Promise<void>;
};
