import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ForwardingState } from '../../../shared/model/forwarding.ts';
import { verdicts } from '../../../shared/model/exchange.ts';
import { verdictWords } from '../../lib/words.ts';
import { useProfiles } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FilterMenu } from '../exchanges/filter-menu.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { OnlyTheseFields } from './only-these-fields.tsx';
import { draftOf, targetsOf, type TargetDraft } from './target-draft.ts';
import { useSetForwarding } from './use-forwarding.ts';

type TargetFieldsProps = {
  readonly draft: TargetDraft;
  readonly number: number;
  readonly onChange: (draft: TargetDraft) => void;
  readonly onRemove: () => void;
};

function TargetFields({ draft, number, onChange, onRemove }: TargetFieldsProps) {
  const profiles = useProfiles() ?? [];
  const change = (changes: Partial<TargetDraft>): void => onChange({ ...draft, ...changes });
  const { filter } = draft;
  return (
    <fieldset className="stack forward-target" aria-label={`Address ${number}`}>
      <TextField
        label="Address of your server"
        value={draft.url}
        onChange={(url) => change({ url })}
        placeholder="http://localhost:3000/webhooks"
        mono
      />
      <div className="two-fields">
        <OnlyTheseFields events={draft.events} locations={draft.locations} onChange={change} />
      </div>
      <div className="line wrap">
        <CheckField label="On" checked={draft.on} onChange={(on) => change({ on })} />
        <CheckField
          label="May be outside this machine"
          checked={draft.allowRemote}
          onChange={(allowRemote) => change({ allowRemote })}
        />
        <span className="grow" />
        <FilterMenu
          name="App"
          options={profiles.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filter.profileIds}
          onChange={(chosen) => change({ filter: { ...filter, profileIds: [...chosen] } })}
        />
        <FilterMenu
          name="Signature"
          options={verdicts.map((value) => ({ value, label: verdictWords[value].word }))}
          chosen={filter.verdicts}
          onChange={(chosen) => change({ filter: { ...filter, verdicts: [...chosen] } })}
        />
        <Button
          look="quiet danger"
          icon={Trash2}
          aria-label={`Remove address ${number}`}
          onClick={onRemove}
        />
      </div>
    </fieldset>
  );
}

type ForwardingDialogProps = {
  readonly state: ForwardingState;
  /** Whether saving also turns forwarding on. */
  readonly turnsOn: boolean;
  readonly onClose: () => void;
};

export function ForwardingDialog({ state, turnsOn, onClose }: ForwardingDialogProps) {
  const [drafts, setDrafts] = useState(() =>
    state.targets.length === 0 ? [draftOf()] : state.targets.map(draftOf),
  );
  const save = useSetForwarding();
  const submit = (): void => {
    const targets = targetsOf(drafts);
    const on = (state.on || turnsOn) && targets.some((target) => target.on);
    save.mutate({ targets, on }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Forward webhooks"
      description="Each webhook goes on to your own server as it comes: the same bytes, method and headers."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={save.isPending} onClick={submit}>
            {turnsOn && !state.on ? 'Save and forward' : 'Save'}
          </Button>
        </>
      }
    >
      {drafts.map((draft, index) => (
        <TargetFields
          key={draft.key}
          draft={draft}
          number={index + 1}
          onChange={(next) => setDrafts(drafts.map((each) => (each.key === next.key ? next : each)))}
          onRemove={() => setDrafts(drafts.filter(({ key }) => key !== draft.key))}
        />
      ))}
      <div className="line">
        <Button icon={Plus} onClick={() => setDrafts([...drafts, draftOf()])}>
          Add address
        </Button>
      </div>
      {save.error !== null && <Failure error={save.error} />}
    </Dialog>
  );
}
