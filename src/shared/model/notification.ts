/** What is worth a desktop notification and a number on the icon. */
import * as z from 'zod';
import { verdicts } from './exchange.ts';
import { profileId } from './ids.ts';
import { environment } from './profile.ts';

export const notificationSubjects = ['webhook', 'forward-failed', 'token-dead'] as const;

/** All given conditions must hold; an empty list or null asks for nothing. */
export const notificationRule = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/, 'an id has 1 to 64 letters, digits, _ and -'),
  on: z.boolean(),
  subject: z.enum(notificationSubjects),
  profileId: profileId.nullable().default(null),
  environment: environment.nullable().default(null),
  /** These three are asked of webhooks only. */
  eventTypes: z.array(z.string().min(1).max(100)).max(200).default([]),
  categories: z.array(z.string().min(1).max(100)).max(50).default([]),
  verdicts: z.array(z.enum(verdicts)).default([]),
});
export type NotificationRule = z.infer<typeof notificationRule>;
export type NotificationRuleInput = z.input<typeof notificationRule>;

export const notificationSettings = z.object({
  rules: z
    .array(notificationRule)
    .max(30)
    .refine(
      (rules) => new Set(rules.map(({ id }) => id)).size === rules.length,
      'two rules have the same id',
    ),
  /** The number of what nobody has looked at yet, on the icon and in the title. */
  badge: z.boolean(),
});
export type NotificationSettings = z.infer<typeof notificationSettings>;

/**
 * On from the start is only what nobody expects and only a person can mend: at a live app a signature that does not hold
 * means altered bytes or a changed key, and a dead token means a new install. In the simulator both are play.
 */
export const defaultNotifications: NotificationSettings = notificationSettings.parse({
  rules: [
    { id: 'signature', on: true, subject: 'webhook', environment: 'live', verdicts: ['invalid'] },
    { id: 'token', on: true, subject: 'token-dead', environment: 'live' },
    { id: 'forward', on: false, subject: 'forward-failed' },
    { id: 'installs', on: false, subject: 'webhook', eventTypes: ['INSTALL', 'UNINSTALL'] },
  ],
  badge: true,
});

/** What a click opens. */
export const notificationTarget = z.object({
  screen: z.enum(['webhooks', 'exchanges', 'tokens']),
  item: z.string().nullable(),
});
export type NotificationTarget = z.infer<typeof notificationTarget>;

export const notification = z.object({
  /** Counts up from 1 in a run. */
  number: z.int().positive(),
  title: z.string(),
  body: z.string(),
  target: notificationTarget,
});
export type CompanionNotification = z.infer<typeof notification>;

export const notificationsState = z.object({
  /** What the rules found since a window was last in view; 0 where the badge is off. */
  unseen: z.int().nonnegative(),
  /** The newest of this run. */
  latest: notification.nullable(),
  /** A notification was clicked: the window opens this, and says that it has. */
  wanted: notificationTarget.nullable(),
});
export type NotificationsState = z.infer<typeof notificationsState>;
