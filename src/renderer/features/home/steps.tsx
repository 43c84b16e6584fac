import { Check } from 'lucide-react';
import type { ReactNode } from 'react';

export type Step = {
  readonly id: string;
  readonly title: string;
  readonly state: 'done' | 'now' | 'later';
  /** What was seen, or what to do next. */
  readonly sentence: ReactNode;
  readonly action?: ReactNode;
};

const stateWords = { done: 'Done', now: 'Next', later: 'Later' } as const;

export function Steps({ label, steps }: { readonly label: string; readonly steps: readonly Step[] }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step, index) => (
        <li key={step.id} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <span className="mark" aria-hidden>
            {step.state === 'done' ? <Check /> : index + 1}
          </span>
          <div className="step-body">
            <h2>
              {step.title}
              <span className="unseen">, {stateWords[step.state]}</span>
            </h2>
            <div className="muted">{step.sentence}</div>
          </div>
          {step.action !== undefined && <div className="step-action">{step.action}</div>}
        </li>
      ))}
    </ol>
  );
}
