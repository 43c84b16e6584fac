import { useState } from 'react';
import type { DeliveryRule } from '../../../shared/model/delivery-rule.ts';
import { routeKindWords } from '../../lib/words.ts';
import { useProfiles } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextAreaField } from '../../ui/text-area-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { OnlyTheseFields } from '../forwarding/only-these-fields.tsx';
import { draftOf, ruleOf, type RuleDraft } from './rule-draft.ts';
import { useAnswers, useSetRules } from './use-answers.ts';

type FieldsProps = { readonly draft: RuleDraft; readonly change: (changes: Partial<RuleDraft>) => void };

const routeOptions = (['webhook', 'provider', 'workflow-action', 'external-auth', 'other'] as const).map(
  (value) => ({ value, label: routeKindWords[value] }),
);
const turnOptions = [
  { value: 'all', label: 'All of them' },
  { value: 'first', label: 'The first so many' },
  { value: 'every', label: 'Every so many' },
  { value: 'first-of-each', label: 'The first of each webhookId' },
] as const;
const actionOptions = [
  { value: 'answer', label: 'Answer' },
  { value: 'hang', label: 'No answer' },
  { value: 'reset', label: 'Reset of the connection' },
] as const;

function WhichFields({ draft, change }: FieldsProps) {
  const profiles = useProfiles() ?? [];
  return (
    <fieldset className="rule-fields" aria-label="Which deliveries">
      <div className="two-fields">
        <SelectField
          label="App"
          value={draft.profileId}
          options={[
            { value: '', label: 'Any app' },
            ...profiles.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(profileId) => change({ profileId })}
        />
        <SelectField
          label="Route"
          value={draft.routeKind}
          options={routeOptions}
          onChange={(routeKind) => change({ routeKind })}
        />
        <OnlyTheseFields events={draft.events} locations={draft.locations} onChange={change} />
        <SelectField
          label="Which of them"
          value={draft.turn}
          options={turnOptions}
          onChange={(turn) => change({ turn })}
        />
        {draft.turn !== 'all' && (
          <TextField label="How many" value={draft.times} onChange={(times) => change({ times })} mono />
        )}
      </div>
    </fieldset>
  );
}

function ActionFields({ draft, change }: FieldsProps) {
  return (
    <fieldset className="rule-fields" aria-label="What they get">
      <div className="two-fields">
        <SelectField
          label="What they get"
          value={draft.action}
          options={actionOptions}
          onChange={(action) => change({ action })}
        />
        {draft.action === 'answer' && (
          <TextField label="Status" value={draft.status} onChange={(status) => change({ status })} mono />
        )}
        {draft.action === 'hang' ? (
          <TextField
            label="At most, in seconds"
            value={draft.hang}
            onChange={(hang) => change({ hang })}
            mono
            hint="It ends earlier when the sender gives up."
          />
        ) : (
          <TextField
            label="Delay in seconds"
            value={draft.delay}
            onChange={(delay) => change({ delay })}
            mono
          />
        )}
      </div>
      {draft.action === 'answer' && (
        <>
          <TextAreaField
            label="Headers"
            rows={2}
            value={draft.headers}
            onChange={(headers) => change({ headers })}
            hint="One a line. Content-Length and Connection are set to what they must be."
          />
          <TextAreaField label="Body" rows={3} value={draft.body} onChange={(body) => change({ body })} />
        </>
      )}
    </fieldset>
  );
}

type RuleDialogProps = {
  readonly rule: DeliveryRule;
  readonly onClose: () => void;
};

/** A new rule, or one that is there already: its id says which. */
export function RuleDialog({ rule, onClose }: RuleDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(rule));
  const [sentence, setSentence] = useState<string | null>(null);
  const rules = useAnswers()?.rules.map((each) => each.rule) ?? [];
  const save = useSetRules();
  const isNew = !rules.some(({ id }) => id === rule.id);
  const change = (changes: Partial<RuleDraft>): void => {
    setSentence(null);
    setDraft({ ...draft, ...changes });
  };
  const submit = (): void => {
    const reading = ruleOf(draft);
    setSentence(reading.sentence);
    if (reading.rule === null) return;
    const next = reading.rule;
    save.mutate(isNew ? [...rules, next] : rules.map((each) => (each.id === next.id ? next : each)), {
      onSuccess: onClose,
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={isNew ? 'New answer rule' : 'Answer rule'}
      description="Every delivery is stored first. What it was answered in the end is recorded with it."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={save.isPending} onClick={submit}>
            {isNew && draft.on ? 'Add and switch on' : 'Save'}
          </Button>
        </>
      }
    >
      <WhichFields draft={draft} change={change} />
      <ActionFields draft={draft} change={change} />
      {sentence !== null && (
        <Note tone="bad" role="alert">
          {sentence}
        </Note>
      )}
      {save.error !== null && <Failure error={save.error} />}
    </Dialog>
  );
}
