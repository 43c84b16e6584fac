import { Plus, X } from 'lucide-react';
import { useId } from 'react';
import type { JsonSchema } from '../../../shared/highlevel/operations/shapes/json-schema.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/notes.tsx';
import { VariableInput } from '../variables/variable-input.tsx';
import { readJson, withValue } from './json-edits.ts';
import { choicesOf, wordsFor, type JsonPath } from './schema-at.ts';

type SchemaFormProps = {
  readonly schema: JsonSchema;
  /** The JSON text that the form shows and changes. */
  readonly text: string;
  readonly onChange: (text: string) => void;
};

type FieldProps = {
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly path: JsonPath;
  readonly set: (path: JsonPath, value: unknown) => void;
};

/** The fields of a JSON body as a form, in step with its text. */
export function SchemaForm({ schema, text, onChange }: SchemaFormProps) {
  const value = readJson(text);
  if (value === undefined)
    return (
      <div className="schema-form">
        <Note tone="warn">The JSON cannot be read. Mend it, and its fields are here again.</Note>
      </div>
    );
  const set = (path: JsonPath, next: unknown): void => onChange(withValue(text, path, next));
  const [first = schema] = choicesOf(schema);
  return (
    <div className="schema-form">
      <Inside schema={first} value={value} path={[]} set={set} />
    </div>
  );
}

/** What an object or a list holds. */
function Inside({ schema, value, path, set }: Pick<FieldProps, 'schema' | 'value' | 'path' | 'set'>) {
  if (schema.type === 'array') return <Items schema={schema} value={value} path={path} set={set} />;
  const fields = Object.entries(schema.properties ?? {});
  if (fields.length === 0)
    return <p className="quiet-line">HighLevel does not publish what this holds; write it as JSON.</p>;
  const required = new Set(schema.required);
  const order = [
    ...fields.filter(([name]) => required.has(name)),
    ...fields.filter(([name]) => !required.has(name)),
  ];
  return order.map(([name, inner]) => (
    <Field
      key={name}
      name={name}
      required={required.has(name)}
      schema={inner}
      value={isRecord(value) ? value[name] : undefined}
      path={[...path, name]}
      set={set}
    />
  ));
}

function Items({ schema, value, path, set }: Pick<FieldProps, 'schema' | 'value' | 'path' | 'set'>) {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const inner = schema.items ?? {};
  return (
    <>
      {items.map((item, index) => (
        // A list has no other names than its places.
        <div className="schema-item" key={index}>
          <Field
            name={String(index + 1)}
            required={false}
            schema={inner}
            value={item}
            path={[...path, index]}
            set={(at, next) => set(at, next === undefined && at.length === path.length + 1 ? '' : next)}
          />
          <Button
            look="quiet"
            icon={X}
            aria-label={`Remove item ${index + 1}`}
            onClick={() => set([...path, index], undefined)}
          />
        </div>
      ))}
      <Button
        look="quiet"
        icon={Plus}
        onClick={() => set(path, [...items, inner.type === 'object' ? {} : ''])}
      >
        Add item
      </Button>
    </>
  );
}

function Field(props: FieldProps) {
  const { name, required, schema, value } = props;
  const [first = schema] = choicesOf(schema);
  if (first.type === 'object' || first.type === 'array') {
    const count = typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
    return (
      <details className="schema-group" open={count > 0 || required}>
        <summary>
          <span className="mono">{name}</span>
          {required && <span className="required">required</span>}
          <span className="faint small">{first.type === 'array' ? `list, ${count}` : 'object'}</span>
        </summary>
        <Inside schema={first} value={value} path={props.path} set={props.set} />
      </details>
    );
  }
  return <Plain {...props} schema={first} />;
}

function Plain({ name, required, schema, value, path, set }: FieldProps) {
  const id = useId();
  const menu = schema.type === 'boolean' ? [true, false] : schema.enum;
  const shown =
    value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  return (
    <div className="schema-field">
      <label className="mono" htmlFor={id} title={wordsFor(schema)}>
        {name}
        {required && <span className="required">required</span>}
      </label>
      {menu === undefined ? (
        <VariableInput
          id={id}
          value={shown}
          placeholder={wordsFor(schema)}
          onChange={(text) => set(path, typed(text, schema))}
        />
      ) : (
        <select
          id={id}
          className="input mono"
          value={shown}
          onChange={(event) =>
            set(
              path,
              menu.find((one) => String(one) === event.currentTarget.value),
            )
          }
        >
          <option value="">not sent</option>
          {menu.some((one) => String(one) === shown) || shown === '' ? null : <option>{shown}</option>}
          {menu.map((one) => (
            <option key={String(one)}>{String(one)}</option>
          ))}
        </select>
      )}
    </div>
  );
}

/** What is typed, in the type that the schema asks for; nothing typed is nothing sent. */
function typed(text: string, { type }: JsonSchema): unknown {
  if (text === '') return undefined;
  const isNumber = (type === 'number' || type === 'integer') && /^-?\d+(\.\d+)?$/.test(text);
  // A number that JavaScript cannot hold stays as it was typed.
  return isNumber && String(Number(text)) === text ? Number(text) : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
