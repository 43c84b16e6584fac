import './answers.css';
import { ArrowUp, CirclePower, List, Pencil, Plus, Reply, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { DeliveryRule, DeliveryRuleState } from '../../../shared/model/delivery-rule.ts';
import { href } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { run } from '../../platform/actions.ts';
import { useProfiles } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { newRule, presets } from './rule-draft.ts';
import { actionWords, turnWords, whichWords } from './rule-words.ts';
import { switchAllOff, useAnswers, useSetRules } from './use-answers.ts';

type RuleRowProps = {
  readonly state: DeliveryRuleState;
  readonly number: number;
  readonly save: (change: (rules: readonly DeliveryRule[]) => readonly DeliveryRule[]) => void;
  readonly onEdit: () => void;
};

function RuleRow({ state: { rule, matched, decided, spent }, number, save, onEdit }: RuleRowProps) {
  const profiles = useProfiles() ?? [];
  const name = `rule ${number}`;
  return (
    <tr className={rule.on ? undefined : 'is-off'}>
      <td>
        <input
          type="checkbox"
          aria-label={`Rule ${number} is on`}
          checked={rule.on}
          onChange={(event) => {
            const on = event.currentTarget.checked;
            save((rules) => rules.map((each) => (each.id === rule.id ? { ...each, on } : each)));
          }}
        />
      </td>
      <th scope="row">{whichWords(rule, profiles)}</th>
      <td>{turnWords(rule.turn)}</td>
      <td>
        <b className="mono">{actionWords(rule.action)}</b>
      </td>
      <td>
        {rule.on ? (
          <>
            {decided.toLocaleString('en')} of {matched.toLocaleString('en')}
            {spent && <span className="faint">, used up</span>}
          </>
        ) : (
          <span className="faint">off</span>
        )}
      </td>
      <td className="rule-actions">
        {number > 1 && (
          <Button
            look="quiet"
            icon={ArrowUp}
            aria-label={`Ask ${name} earlier`}
            title="Ask earlier: the first rule that applies decides"
            onClick={() => save((rules) => movedUp(rules, rule.id))}
          />
        )}
        <Button look="quiet" icon={Pencil} aria-label={`Edit ${name}`} onClick={onEdit} />
        <Button
          look="quiet danger"
          icon={Trash2}
          aria-label={`Remove ${name}`}
          onClick={() => save((rules) => rules.filter(({ id }) => id !== rule.id))}
        />
      </td>
    </tr>
  );
}

function movedUp(rules: readonly DeliveryRule[], id: string): DeliveryRule[] {
  const index = rules.findIndex((rule) => rule.id === id);
  const rule = rules[index];
  if (rule === undefined || index === 0) return [...rules];
  return [...rules.slice(0, index - 1), rule, ...rules.slice(index - 1, index), ...rules.slice(index + 1)];
}

function AddRule({ onChosen }: { readonly onChosen: (rule: DeliveryRule) => void }) {
  return (
    <Menu
      align="end"
      trigger={
        <Button look="primary" icon={Plus}>
          Add rule
        </Button>
      }
    >
      {presets.map((preset) => (
        <MenuItem key={preset.name} onSelect={() => onChosen(newRule(preset.rule))}>
          {preset.name}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem onSelect={() => onChosen(newRule({ action: { kind: 'answer', status: 500 } }))}>
        Another answer…
      </MenuItem>
    </Menu>
  );
}

/** What deliveries are answered on purpose. */
export function AnswersScreen() {
  const state = useAnswers();
  const setRules = useSetRules();
  const [edited, setEdited] = useState<DeliveryRule | null>(null);
  const rules = state?.rules ?? [];
  const anyOn = rules.some(({ rule }) => rule.on);
  const save: RuleRowProps['save'] = (change) =>
    run(() => setRules.mutateAsync(change(rules.map(({ rule }) => rule))));
  useShortcuts({ x: switchAllOff }, anyOn);
  return (
    <div className="pane">
      <div className="bar">
        <h1>Answer rules</h1>
        {anyOn && <span className="tag warn">on</span>}
        <span className="grow" />
        {anyOn && (
          <Button look="quiet" icon={CirclePower} keys="X" onClick={switchAllOff}>
            Switch all off
          </Button>
        )}
        {rules.length > 0 && <AddRule onChosen={setEdited} />}
        <a className="btn quiet" href={href('webhooks')}>
          <List aria-hidden />
          Deliveries
        </a>
      </div>
      <div className="page">
        <div className="measure wide-measure">
          {state !== undefined && rules.length === 0 && (
            <Empty
              icon={Reply}
              title="Every delivery gets its usual answer"
              actions={<AddRule onChosen={setEdited} />}
            >
              An answer rule lets you see retries happen: 429 twice and then 200, an answer that comes too
              late, none at all, a connection that is reset. Deliveries are stored all the same, and a line
              above the list says for as long as a rule is on.
            </Empty>
          )}
          {state !== undefined && rules.length > 0 && (
            <section className="card" aria-label="Rules">
              <header>
                <h2>Rules</h2>
                <span className="faint small">
                  from the first to the last: the first that is on, matches and has its turn decides
                </span>
                <span className="grow" />
                {state.held > 0 && <span className="warn small">{state.held} senders kept waiting</span>}
              </header>
              <div className="table-frame">
                <table className="facts-table answer-rules">
                  <thead>
                    <tr>
                      <th scope="col">On</th>
                      <th scope="col">Deliveries</th>
                      <th scope="col">Which of them</th>
                      <th scope="col">What they get</th>
                      <th scope="col">Answered so</th>
                      <th scope="col">
                        <span className="unseen">Actions</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {rules.map((each, index) => (
                      <RuleRow
                        key={each.rule.id}
                        state={each}
                        number={index + 1}
                        save={save}
                        onEdit={() => setEdited(each.rule)}
                      />
                    ))}
                  </tbody>
                </table>
              </div>
            </section>
          )}
          {rules.length > 0 && (
            <p className="faint small">
              Rules are kept when the companion ends; what they have counted is not. A rule that is switched
              on again counts from the beginning.
            </p>
          )}
        </div>
      </div>
      {edited !== null && <RuleDialog key={edited.id} rule={edited} onClose={() => setEdited(null)} />}
    </div>
  );
}
