import { Grid3x3, MousePointerClick, Reply, ShieldAlert, Webhook, Zap } from 'lucide-react';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import { go, href, useRoute } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useActiveProfile, useAddresses, useStatus } from '../../platform/queries.ts';
import { useBeginInstall, useStartSimulator } from '../../platform/actions.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Empty } from '../../ui/empty.tsx';
import { AnswersNotice } from '../answers/answers-notice.tsx';
import { AnswersScreen } from '../answers/answers-screen.tsx';
import { webhookLayout } from '../exchanges/columns.tsx';
import { ListScreen } from '../exchanges/list-screen.tsx';
import { ForwardToggle } from '../forwarding/forward-toggle.tsx';
import { TamperScreen } from '../tamper/tamper-screen.tsx';
import { TriggerScreen } from '../triggers/trigger-screen.tsx';
import { CoverageScreen } from './coverage-screen.tsx';

const inbound: ExchangeFilter = { purposes: ['webhook', 'inbound'] };

/** Says what will appear and offers what makes it appear. */
function NoWebhooks() {
  const profile = useActiveProfile();
  const status = useStatus();
  const addresses = useAddresses(profile?.id);
  const simulator = useStartSimulator();
  const install = useBeginInstall();
  if (
    profile === null ||
    profile === undefined ||
    (profile.environment === 'simulator' && status?.simulator.status !== 'running')
  )
    return (
      <Empty
        icon={Webhook}
        title="No webhook has arrived yet"
        actions={
          <>
            <Button look="primary" busy={simulator.isPending} onClick={() => simulator.mutate()}>
              Start simulator
            </Button>
            <a className="btn" href={href('home')}>
              Set up my own app
            </a>
          </>
        }
      >
        Each delivery appears here the moment it arrives, with its signature checked. The simulator sends
        signed ones without an account.
      </Empty>
    );
  if (profile.environment === 'simulator')
    return (
      <Empty
        icon={Webhook}
        title="The simulator is on and listening"
        actions={
          <Button look="primary" busy={install.isPending} onClick={() => install.mutate(profile.id)}>
            Install app
          </Button>
        }
      >
        Install its app, and the signed INSTALL webhook arrives here a moment later.
      </Empty>
    );
  return (
    <Empty icon={Webhook} title="Waiting for the first delivery">
      Paste this address as the default webhook URL of {profile.name} in the developer portal, then change any
      contact.
      {addresses !== undefined && addresses !== null && (
        <CopyField text={addresses.webhookUrl} what="webhook URL" />
      )}
      {addresses?.public === false &&
        'It is local so far: HighLevel cannot reach it until a public address is set.'}
    </Empty>
  );
}

/** What stands beside the deliveries, by its name in the address: `#/webhooks/coverage`. */
const parts: Readonly<Record<string, () => React.ReactNode>> = {
  coverage: CoverageScreen,
  answers: AnswersScreen,
  trigger: TriggerScreen,
  tamper: TamperScreen,
};

const partLinks = [
  { part: 'trigger', name: 'Trigger an event', title: 'Trigger any documented event (t)', icon: Zap },
  {
    part: 'tamper',
    name: 'Tamper bench',
    title: 'Tamper bench: good and forged webhooks against your endpoint',
    icon: ShieldAlert,
  },
  { part: 'answers', name: 'Answer rules', title: 'Answer rules: 429, late, none, reset', icon: Reply },
  {
    part: 'coverage',
    name: 'Coverage',
    title: 'Coverage: every documented event, seen or silent',
    icon: Grid3x3,
  },
] as const;

export function Webhooks() {
  const { item } = useRoute();
  const Part = (item === null ? undefined : parts[item]) ?? Deliveries;
  return <Part />;
}

function Deliveries() {
  useShortcuts({ t: () => go('webhooks', 'trigger') });
  return (
    <ListScreen
      screen="webhooks"
      title="Webhooks"
      layout={webhookLayout}
      base={inbound}
      tools={
        <>
          <ForwardToggle />
          {partLinks.map(({ part, name, title, icon: Icon }) => (
            <a
              key={part}
              className="btn quiet icon"
              href={href('webhooks', part)}
              aria-label={name}
              title={title}
            >
              <Icon aria-hidden />
            </a>
          ))}
        </>
      }
      notice={<AnswersNotice />}
      empty={<NoWebhooks />}
      nothingChosen={
        <Empty icon={MousePointerClick} title="Choose a delivery">
          Payload, headers, signature and timing appear here. Move with <kbd>j</kbd> <kbd>k</kbd> or the
          arrows, <kbd>/</kbd> searches.
        </Empty>
      }
    />
  );
}
