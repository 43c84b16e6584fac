import './relations.css';
import { History } from 'lucide-react';
import { useState } from 'react';
import { entityKinds } from '../../../shared/highlevel/events.ts';
import { go, useRoute } from '../../lib/route.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { entityOfItem, kindWord } from './entity-words.ts';
import { Timeline } from './timeline.tsx';

const kinds = entityKinds
  .filter((kind) => kind !== 'app')
  .map((kind) => ({ value: kind, label: kindWord(kind) }));

function ChooseEntity() {
  const [kind, setKind] = useState<(typeof kinds)[number]['value']>('contact');
  const [id, setId] = useState('');
  return (
    <div className="page">
      <h1 className="unseen">Timeline</h1>
      <Empty
        icon={History}
        title="The timeline of one entity"
        actions={
          <form
            className="choose-entity"
            onSubmit={(event) => {
              event.preventDefault();
              if (id.trim() !== '') go('timeline', `${kind}/${id.trim()}`);
            }}
          >
            <SelectField label="Kind" value={kind} options={kinds} onChange={setKind} />
            <TextField label="Id" value={id} onChange={setId} />
            <Button look="primary" submit disabled={id.trim() === ''}>
              Show
            </Button>
          </form>
        }
      >
        Every webhook and API call that touched a contact, an opportunity or a sub-account, on one axis. Any
        id in an exchange leads here; or name one.
      </Empty>
    </div>
  );
}

/** `#/timeline/contact/<id>` */
export function TimelineScreen() {
  const { item } = useRoute();
  const entity = entityOfItem(item);
  return entity === null ? (
    <ChooseEntity />
  ) : (
    <Timeline key={`${entity.kind} ${entity.id}`} entity={entity} />
  );
}
