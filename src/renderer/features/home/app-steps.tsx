/** The same path with one's own app: seven steps, each done because it was seen. */
import { ArrowUpRight, Play } from 'lucide-react';
import type { Addresses, ChecklistStep, Profile } from '../../../shared/model/profile.ts';
import { portalHost } from '../../../shared/highlevel/hosts.ts';
import { href } from '../../lib/route.ts';
import { openOutside, run, useBeginInstall } from '../../platform/actions.ts';
import { useAddresses, useChecklist, useInstallProgress, useTokens } from '../../platform/queries.ts';
import { tokenForFirstCall, useFirstCall } from '../../platform/first-call.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure } from '../../ui/notes.tsx';
import { ClockTime, WaitingSince } from '../../ui/time.tsx';
import { Steps, type Step } from './steps.tsx';

const titles: Readonly<Record<ChecklistStep['id'], string>> = {
  credentials: 'Credentials saved',
  address: 'Public address',
  redirect: 'Redirect URL registered',
  callback: 'Callback received',
  token: 'Token held',
  webhook: 'First webhook verified',
  call: 'First API call',
};

const waits: readonly ChecklistStep['id'][] = ['redirect', 'callback', 'webhook'];

function addressFor(id: ChecklistStep['id'], addresses: Addresses | null | undefined): React.ReactNode {
  if (addresses === null || addresses === undefined) return null;
  if (id === 'redirect') return <CopyField text={addresses.redirectUrl} what="redirect URL" />;
  if (id === 'webhook') return <CopyField text={addresses.webhookUrl} what="webhook URL" />;
  return null;
}

const portalButton = (
  <Button icon={ArrowUpRight} onClick={() => run(() => openOutside(portalHost))}>
    Open portal
  </Button>
);

/** The button that does the step, or takes one where it is done. */
function useActions(profile: Profile): Readonly<Record<ChecklistStep['id'], React.ReactNode>> {
  const install = useBeginInstall();
  const call = useFirstCall();
  const token = tokenForFirstCall(useTokens() ?? [], profile);
  const installButton = (
    <Button look="primary" busy={install.isPending} onClick={() => install.mutate(profile.id)}>
      Install app
    </Button>
  );
  const toSettings = (
    <a className="btn" href={href('settings')}>
      Settings
    </a>
  );
  return {
    credentials: toSettings,
    address: toSettings,
    redirect: portalButton,
    callback: installButton,
    token: installButton,
    webhook: portalButton,
    call: (
      <Button
        icon={Play}
        look="primary"
        disabled={token === null}
        busy={call.isPending}
        onClick={() => token !== null && call.mutate({ token, profile })}
      >
        Fire a call
      </Button>
    ),
  };
}

export function AppSteps({ profile }: { readonly profile: Profile }) {
  const checklist = useChecklist(profile.id) ?? [];
  const addresses = useAddresses(profile.id);
  const progress = useInstallProgress();
  const actions = useActions(profile);
  const next = checklist.find((step) => !step.done);
  const since = Math.max(0, ...checklist.map((step) => step.at ?? 0));
  const steps = checklist.map((step): Step => {
    const now = step === next;
    const waitingSince =
      progress.profileId === profile.id && progress.phase === 'waiting'
        ? progress.startedAt
        : since === 0
          ? null
          : since;
    return {
      id: step.id,
      title: titles[step.id],
      state: step.done ? 'done' : now ? 'now' : 'later',
      sentence: (
        <>
          {step.sentence}{' '}
          {step.done && step.at !== null && (
            <span className="faint">
              <ClockTime at={step.at} />{' '}
            </span>
          )}
          {step.exchangeId !== null && (
            <a className="link" href={href('exchanges', step.exchangeId)}>
              See the exchange
            </a>
          )}
          {now && waits.includes(step.id) && waitingSince !== null && <WaitingSince at={waitingSince} />}
          {!step.done && addressFor(step.id, addresses)}
          {now && progress.profileId === profile.id && progress.error !== null && step.id === 'token' && (
            <Failure error={new Error(progress.error.message)} />
          )}
        </>
      ),
      action: now ? actions[step.id] : undefined,
    };
  });
  return <Steps label={`Setting up ${profile.name}`} steps={steps} />;
}
