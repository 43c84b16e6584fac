import './answers.css';
import { CirclePower } from 'lucide-react';
import { href } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useProfiles } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { actionWords, turnWords, whichWords } from './rule-words.ts';
import { switchAllOff, useAnswers } from './use-answers.ts';

/** Above the list for as long as a rule is on, so that nobody looks for a fault that was asked for. */
export function AnswersNotice() {
  const state = useAnswers();
  const profiles = useProfiles() ?? [];
  const on = (state?.rules ?? []).filter(({ rule }) => rule.on);
  useShortcuts({ x: switchAllOff }, on.length > 0);
  const [first] = on;
  if (state === undefined || first === undefined) return null;
  const { rule } = first;
  const words = `${whichWords(rule, profiles)}: ${actionWords(rule.action)}, ${turnWords(rule.turn)}`;
  const isSpent = on.every(({ spent }) => spent);
  return (
    <div className="gap-row answers-notice" role="status">
      <b>{on.length === 1 ? 'An answer rule is on.' : `${on.length} answer rules are on.`}</b>
      <a className="clip" href={href('webhooks', 'answers')} title={words}>
        {on.length === 1 ? words : `The first: ${words}`}
        {isSpent && ' (used up)'}
      </a>
      {state.held > 0 && <span>{state.held} kept waiting.</span>}
      <span className="grow" />
      <Button look="quiet" icon={CirclePower} keys="X" onClick={switchAllOff}>
        Switch off
      </Button>
    </div>
  );
}
