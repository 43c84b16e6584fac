/** What can go wrong while the callback is waited for, in the order in which it becomes likely. */
import type { Profile } from '../../../shared/model/profile.ts';

export type WaitingHint = {
  /** ms of waiting after which it is said. */
  readonly after: number;
  readonly title: string;
  readonly sentence: string;
};

const second = 1000;
const minute = 60 * second;

/** HighLevel tells the app nothing of a refused install: it ends on a page of HighLevel's own. */
export function waitingHints(profile: Profile, installUrl: string | null): readonly WaitingHint[] {
  const link = installUrl !== null && URL.canParse(installUrl) ? new URL(installUrl) : null;
  const redirect = link?.searchParams.get('redirect_uri') ?? 'the redirect URL';
  const simulated = profile.environment === 'simulator';
  const whiteLabel = link?.hostname === 'marketplace.leadconnectorhq.com';
  const otherHost = whiteLabel ? 'marketplace.gohighlevel.com' : 'marketplace.leadconnectorhq.com';
  const live: readonly WaitingHint[] = [
    {
      after: 40 * second,
      title: '“No integration found with the ID”',
      sentence: `The app is listed under another brand, or is a draft that this account may not install. Try the link on ${otherHost}, or make the app private.`,
    },
    {
      after: 50 * second,
      title: '“This integration cannot be added”',
      sentence:
        'The link asks for a scope that is not saved on the app version, or spells one in an old way. Compare on the App screen.',
    },
    {
      after: 60 * second,
      title: '“Install unavailable”',
      sentence: 'A private app reaches at most five agencies until it is published or reviewed.',
    },
  ];
  const hints: readonly WaitingHint[] = [
    {
      after: 20 * second,
      title: 'No tab opened, or a log-in came first',
      sentence:
        'A pop-up blocker may have kept it back: open the link again. After logging in, go back to the consent page: the log-in opens a tab of its own.',
    },
    ...(simulated ? [] : live),
    {
      after: 70 * second,
      title: 'A page about the redirect URL',
      sentence: `${redirect} must be registered on the app, to the letter: http or https, slash at the end, path.`,
    },
    {
      after: 90 * second,
      title: 'The browser ended on a page that cannot be reached',
      sentence: 'The code is in the address bar all the same. Copy the whole address and paste it below.',
    },
    ...(simulated
      ? [
          {
            after: 30 * second,
            title: 'The consent page does not load',
            sentence: 'The simulator must be running.',
          },
        ]
      : []),
    {
      after: 10 * minute,
      title: 'More than ten minutes',
      sentence:
        'How long a code lives is not documented. Begin again for a fresh link; the old one still counts until it is cancelled.',
    },
  ];
  return hints.toSorted((one, other) => one.after - other.after);
}
