import { FastForward } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import type { SimulatorView } from '../../../shared/model/simulator.ts';
import type { Act } from './use-simulator.ts';

const hour = 3_600_000;
const steps = [
  { name: '1 minute', ms: 60_000, title: 'First retries of webhooks come due' },
  { name: '1 hour', ms: hour, title: 'Codes end; retries come due' },
  { name: '1 day', ms: 24 * hour, title: 'Past the end of every access token' },
  { name: '3 days', ms: 72 * hour, title: 'The breaker looks at what failed' },
  { name: '1 year', ms: 366 * 24 * hour, title: 'Past the end of every refresh token' },
] as const;

export function TimeCard({ view, act }: { readonly view: SimulatorView; readonly act: Act }) {
  return (
    <section className="card" aria-label="Its time">
      <header>
        <h2>Its time</h2>
        <span className="grow" />
        <span className="mono muted">{view.now.replace('T', ' ').slice(0, 19)} UTC</span>
      </header>
      <div className="inside stack">
        <p className="muted">
          Moves its clock ahead: tokens age, retries come due. One day is past the end of every access token.
        </p>
        <div className="line wrap">
          {steps.map(({ name, ms, title }) => (
            <Button
              key={name}
              icon={FastForward}
              title={title}
              disabled={act.isPending}
              onClick={() => act.mutate({ action: { do: 'advance', ms }, said: `Moved ${name} ahead` })}
            >
              {name}
            </Button>
          ))}
        </div>
      </div>
    </section>
  );
}
