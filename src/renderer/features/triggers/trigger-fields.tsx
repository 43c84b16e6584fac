import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { documentedFields, envelopeFields } from '../../../shared/highlevel/event-fields.ts';
import type { KnownId, TriggerDraft } from '../../../shared/model/trigger.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { change, objectOf, written } from './trigger-form.ts';
import type { JsonObject } from './trigger-form.ts';

const sourceWords: Readonly<Record<KnownId['source'], string>> = {
  profile: 'this app',
  token: 'install',
  exchange: 'seen here',
};

type IdMenuProps = {
  readonly name: string;
  readonly ids: readonly KnownId[];
  readonly onChoose: (value: string) => void;
};

function IdMenu({ name, ids, onChoose }: IdMenuProps) {
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          className="btn quiet icon"
          aria-label={`Known ids for ${name}`}
          title="Known ids"
        >
          <ChevronDown aria-hidden />
        </button>
      }
    >
      {ids.map(({ value, source, label }) => (
        <MenuItem key={value} end={label ?? sourceWords[source]} onSelect={() => onChoose(value)}>
          <span className="mono">{value}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}

/** What a nested value holds, in a few words. */
function sizeOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? 'a list of 1' : `a list of ${value.length}`;
  if (value === null) return 'null';
  const count = Object.keys(value as object).length;
  return count === 1 ? 'an object with 1 field' : `an object with ${count} fields`;
}

type FieldProps = {
  readonly name: string;
  readonly value: unknown;
  readonly documented: string | null;
  readonly ids: readonly KnownId[];
  readonly onChange: (value: unknown) => void;
  readonly onEditJson: () => void;
};

function Field({ name, value, documented, ids, onChange, onEditJson }: FieldProps) {
  const id = useId();
  return (
    <div className="trigger-field">
      <label className="mono clip" htmlFor={id} title={name}>
        {name}
      </label>
      {typeof value === 'boolean' ? (
        <span>
          <input
            id={id}
            type="checkbox"
            checked={value}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
        </span>
      ) : typeof value === 'number' ? (
        <input
          id={id}
          className="input mono"
          type="number"
          step="any"
          value={value}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber || 0)}
        />
      ) : typeof value === 'string' ? (
        <input
          id={id}
          className="input mono"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <button id={id} type="button" className="link small" onClick={onEditJson}>
          {sizeOf(value)}, edit as JSON
        </button>
      )}
      {ids.length > 0 && typeof value === 'string' ? (
        <IdMenu name={name} ids={ids} onChoose={onChange} />
      ) : (
        <span />
      )}
      <span className={documented === null ? 'warn small' : 'faint small'}>
        {documented ?? 'not documented'}
      </span>
    </div>
  );
}

function typeNames(event: string): ReadonlyMap<string, string> {
  return new Map(
    [...envelopeFields, ...(documentedFields(event) ?? [])].map(({ path, type }) => [path, type]),
  );
}

type TriggerFieldsProps = {
  readonly event: string;
  readonly draft: TriggerDraft | null;
  readonly text: string;
  readonly onEditJson: () => void;
};

/** The top-level fields of the body, each with an input of its kind. */
export function TriggerFields({ event, draft, text, onEditJson }: TriggerFieldsProps) {
  const body = objectOf(text);
  if (body === null) {
    return <p className="quiet-line">The body is no JSON object, so it has no fields. Edit it as JSON.</p>;
  }
  const types = typeNames(event);
  const set = (name: string, value: unknown): void => {
    const next: JsonObject = { ...body, [name]: value };
    change({ text: written(next) });
  };
  return (
    <div className="trigger-fields">
      {Object.entries(body).map(([name, value]) => (
        <Field
          key={name}
          name={name}
          value={value}
          documented={types.get(name) ?? null}
          ids={draft?.ids[draft.idOf[name] ?? name] ?? []}
          onChange={(next) => set(name, next)}
          onEditJson={onEditJson}
        />
      ))}
    </div>
  );
}
