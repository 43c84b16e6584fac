import { Plus } from 'lucide-react';
import type { ChecklistStep, Profile } from '../../../shared/model/profile.ts';
import { overlays } from '../../app/overlays.ts';
import { useStartSimulator } from '../../platform/actions.ts';
import { useActiveProfile, useChecklist, useInstallProgress, useStatus } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { Terms } from '../help/terms.tsx';
import { Confirmations } from '../install/confirmations.tsx';
import { AppSteps } from './app-steps.tsx';
import { SimulatorSteps } from './simulator-steps.tsx';
import { WhatHappened } from './what-happened.tsx';

function lead(profile: Profile | null, checklist: readonly ChecklistStep[], simulatorOn: boolean): string {
  if (profile === null)
    return simulatorOn
      ? 'The simulator is on. Now install its app.'
      : 'See the whole loop in under a minute.';
  const done = (id: ChecklistStep['id']): boolean => checklist.some((step) => step.id === id && step.done);
  if (!done('token')) {
    if (profile.environment === 'simulator' && !simulatorOn) return 'Start the simulator to go on.';
    return `${profile.name} is set up. Now install it.`;
  }
  if (!done('webhook')) return `${profile.name} is installed. Now make it hear something.`;
  if (!done('call')) return `${profile.name} hears webhooks. Now make it speak.`;
  return `${profile.name} installs, hears and speaks.`;
}

function OwnApp({ primary }: { readonly primary: boolean }) {
  return (
    <section>
      <h2>Now with my own app</h2>
      <p className="muted">
        The same path for your Marketplace app: paste its install link, and each step says what is next.
      </p>
      <Button
        look={primary ? 'primary' : undefined}
        className="wide"
        icon={Plus}
        onClick={() => overlays.set({ kind: 'add-app' })}
      >
        Add my own app
      </Button>
    </section>
  );
}

function NoAccount() {
  const start = useStartSimulator();
  return (
    <section>
      <h2>No account at hand?</h2>
      <p className="muted">
        The simulator plays HighLevel on this machine: consent page, tokens, API and signed webhooks.
      </p>
      <Button look="primary" className="wide" busy={start.isPending} onClick={() => start.mutate()}>
        Run the first minute in the simulator
      </Button>
      {start.error !== null && <Failure error={start.error} />}
    </section>
  );
}

const termsHere = ['install-link', 'authorization-code', 'webhook-url', 'signature'] as const;

export function Home() {
  const profile = useActiveProfile();
  const status = useStatus();
  const progress = useInstallProgress();
  const checklist = useChecklist(profile?.id) ?? [];
  if (profile === undefined || status === undefined) return <div className="home" aria-busy />;
  const live = profile?.environment === 'live';
  const complete = checklist.length > 0 && checklist.every((step) => step.done || step.id === 'address');
  return (
    <div className="home">
      <div className="page">
        <div className="measure">
          <div>
            <h1 className="page-title">{lead(profile, checklist, status.simulator.status === 'running')}</h1>
            <p className="muted">
              {profile === null
                ? 'Install an app, watch its signed webhook arrive, and call the API. No account, no tunnel, no settings.'
                : 'Each step ticks itself when the companion has seen it happen.'}
            </p>
          </div>
          <Confirmations progress={progress} />
          {live && profile !== null ? <AppSteps profile={profile} /> : <SimulatorSteps profile={profile} />}
          {profile !== null && <WhatHappened profile={profile} />}
        </div>
      </div>
      <aside aria-label="About this page">
        {live ? <NoAccount /> : <OwnApp primary={complete} />}
        <section>
          <h2>Terms on this page</h2>
          <Terms keys={termsHere} />
        </section>
      </aside>
    </div>
  );
}
