/** The first minute, in the simulator: three clicks, and a call to round it off. */
import { ArrowUpRight, Play } from 'lucide-react';
import type { ChecklistStep, Profile } from '../../../shared/model/profile.ts';
import { href } from '../../lib/route.ts';
import { duration } from '../../lib/time.ts';
import { openOutside, useBeginInstall, useStartSimulator } from '../../platform/actions.ts';
import { useChecklist, useInstallProgress, useStatus, useTokens } from '../../platform/queries.ts';
import { tokenForFirstCall, useFirstCall } from '../../platform/first-call.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { ClockTime, WaitingSince } from '../../ui/time.tsx';
import { Steps, type Step } from './steps.tsx';

function Seen({ step }: { readonly step: ChecklistStep }) {
  return (
    <>
      {step.sentence}
      {step.at !== null && (
        <span className="faint">
          {' '}
          <ClockTime at={step.at} />
        </span>
      )}{' '}
      {step.exchangeId !== null && (
        <a className="link" href={href('exchanges', step.exchangeId)}>
          See the exchange
        </a>
      )}
    </>
  );
}

function useInstallStep(profile: Profile | null, seen: ChecklistStep | undefined, now: boolean): Step {
  const install = useBeginInstall();
  const progress = useInstallProgress();
  const mine = profile !== null && progress.profileId === profile.id;
  const waiting = mine && progress.phase === 'waiting';
  const sentence = seen?.done ? (
    <Seen step={seen} />
  ) : waiting && progress.startedAt !== null ? (
    <>
      Choose a location in the tab that opened, then <b>Allow &amp; Install</b>.{' '}
      <WaitingSince at={progress.startedAt} />
    </>
  ) : mine && progress.phase === 'exchanging' ? (
    'The callback has come. Exchanging the code for a token.'
  ) : (
    'Opens the consent page in a new tab: choose a location, allow, and come back.'
  );
  const link = progress.installUrl;
  const action =
    waiting && link !== null ? (
      <Button icon={ArrowUpRight} onClick={() => void openOutside(link)}>
        Open it again
      </Button>
    ) : (
      <Button
        look={seen?.done === true ? 'quiet' : 'primary'}
        disabled={profile === null || (!now && seen?.done !== true)}
        busy={install.isPending}
        onClick={() => profile !== null && install.mutate(profile.id)}
      >
        {seen?.done === true ? 'Install again' : 'Install app'}
      </Button>
    );
  const failure = mine && progress.error !== null && !waiting ? progress.error : null;
  return {
    id: 'install',
    title: 'Install the app',
    state: seen?.done === true ? 'done' : now ? 'now' : 'later',
    sentence: (
      <>
        {sentence}
        {install.error !== null && <Failure error={install.error} />}
        {failure !== null && seen?.done !== true && (
          <p className="bad">
            {failure.message} {failure.remedy}
          </p>
        )}
      </>
    ),
    action,
  };
}

function useCallStep(profile: Profile | null, seen: ChecklistStep | undefined, now: boolean): Step {
  const call = useFirstCall();
  const tokens = useTokens() ?? [];
  const token = profile === null ? null : tokenForFirstCall(tokens, profile);
  const result = call.data;
  return {
    id: 'call',
    title: 'First API call',
    state: seen?.done === true ? 'done' : now ? 'now' : 'later',
    sentence: (
      <>
        {result !== undefined ? (
          <>
            Answered{' '}
            <b className={(result.status ?? 500) < 300 ? 'ok' : 'bad'}>
              {result.status} {result.statusText}
            </b>
            {result.timings !== null && ` in ${duration(result.timings.total)}`}.{' '}
            <a className="link" href={href('exchanges', result.exchangeId)}>
              See the answer
            </a>
          </>
        ) : seen?.done === true ? (
          <Seen step={seen} />
        ) : (
          'Reads the sub-account with the token just obtained.'
        )}
        {call.error !== null && <Failure error={call.error} />}
      </>
    ),
    action: (
      <Button
        look={now && seen?.done !== true && result === undefined ? 'primary' : 'quiet'}
        icon={Play}
        disabled={token === null}
        busy={call.isPending}
        onClick={() => token !== null && profile !== null && call.mutate({ token, profile })}
      >
        Fire a call
      </Button>
    ),
  };
}

/** The steps, and whether all of them are done. */
export function SimulatorSteps({ profile }: { readonly profile: Profile | null }) {
  const status = useStatus();
  const start = useStartSimulator();
  const checklist = useChecklist(profile?.id) ?? [];
  const of = (id: ChecklistStep['id']): ChecklistStep | undefined => checklist.find((step) => step.id === id);
  const running = status?.simulator.status === 'running';
  const isOwn = profile !== null && status?.simulator.profileId === profile.id;
  // One that was started elsewhere: what came from it is all that is known of it.
  const seen =
    !(running && isOwn) &&
    status?.simulator.status !== 'failed' &&
    (['token', 'webhook', 'call'] as const).some((id) => of(id)?.done === true)
      ? profile
      : null;
  const on = running || seen !== null;
  const token = of('token');
  const webhook = of('webhook');
  const hasToken = on && token?.done === true;
  const install = useInstallStep(profile, token, on);
  const call = useCallStep(profile, of('call'), hasToken && webhook?.done === true);
  const steps: readonly Step[] = [
    {
      id: 'simulator',
      title: 'Simulator on',
      state: on ? 'done' : 'now',
      sentence: (
        <>
          {seen !== null
            ? `${seen.name} belongs to the simulator at ${seen.hosts.api}, and what came from it is below. If it no longer runs, start it again.`
            : running
              ? `It plays HighLevel at ${status.simulator.url ?? 'this machine'}. Its app is set up here.`
              : 'Plays HighLevel on this machine: consent page, tokens, API and signed webhooks.'}
          {start.error !== null && <Failure error={start.error} />}
          {status?.simulator.error !== null && <p className="bad">{status?.simulator.error}</p>}
        </>
      ),
      action: running ? undefined : (
        <Button
          look={on ? 'quiet' : 'primary'}
          busy={start.isPending || status?.simulator.status === 'starting'}
          onClick={() => start.mutate()}
        >
          {profile === null ? 'Run the first minute in the simulator' : 'Start simulator'}
        </Button>
      ),
    },
    install,
    {
      id: 'webhook',
      title: 'INSTALL webhook, verified',
      state: webhook?.done === true ? 'done' : hasToken ? 'now' : 'later',
      sentence:
        webhook?.done === true ? (
          <Seen step={webhook} />
        ) : hasToken && token.at !== null ? (
          <>
            It follows the install by itself. <WaitingSince at={token.at} />
          </>
        ) : (
          'Arrives by itself after the install; its signature is checked on arrival.'
        ),
      action:
        webhook?.done === true ? (
          <a className="btn quiet" href={href('webhooks')}>
            Open Webhooks
          </a>
        ) : undefined,
    },
    call,
  ];
  return <Steps label="The first minute" steps={steps} />;
}
