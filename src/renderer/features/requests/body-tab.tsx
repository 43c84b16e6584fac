import { useRef, useState } from 'react';
import { bodyKind, type OperationDetail } from '../../../shared/model/request.ts';
import { useWide } from '../../lib/use-wide.ts';
import { Split } from '../../ui/split.tsx';
import { BodyEditor } from './body-editor.tsx';
import { ChooseFile } from './choose-file.tsx';
import { change, type Draft } from './draft.ts';
import { PairsTable, type KnownPair } from './pairs-table.tsx';
import { SchemaForm } from './schema-form.tsx';

type BodyTabProps = {
  readonly written: Draft;
  readonly operation: OperationDetail | undefined;
  readonly onSend: () => void;
};

const kinds: readonly { readonly kind: Draft['bodyKind']; readonly label: string }[] = [
  { kind: 'json', label: 'JSON' },
  { kind: 'form', label: 'Form' },
  { kind: 'multipart', label: 'Multipart' },
  { kind: 'binary', label: 'File' },
  { kind: 'none', label: 'None' },
];

/** From this width on the fields stand beside the JSON, below it else. */
const besideFromPx = 600;

export function BodyTab(props: BodyTabProps) {
  const { written, operation } = props;
  const [withForm, setWithForm] = useState(true);
  const tab = useRef<HTMLDivElement>(null);
  const wide = useWide(tab, besideFromPx);
  const schema = operation?.body?.schema ?? null;
  return (
    <div className="body-tab" ref={tab}>
      <div className="body-kinds">
        <select
          className="input"
          aria-label="Kind of body"
          value={written.bodyKind}
          onChange={(event) => change({ bodyKind: bodyKind.parse(event.currentTarget.value) })}
        >
          {kinds.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
        {written.bodyKind === 'json' && schema !== null && (
          <label className="check">
            <input
              type="checkbox"
              checked={withForm}
              onChange={(event) => setWithForm(event.currentTarget.checked)}
            />
            Fields beside the JSON
          </label>
        )}
      </div>
      <Body {...props} withForm={withForm} wide={wide} />
    </div>
  );
}

function Body({
  written,
  operation,
  onSend,
  withForm,
  wide,
}: BodyTabProps & { readonly withForm: boolean; readonly wide: boolean }) {
  const schema = operation?.body?.schema ?? null;
  switch (written.bodyKind) {
    case 'none':
      return <p className="quiet-line">No body is sent.</p>;
    case 'binary':
      return (
        <div className="pairs">
          <ChooseFile label="Body" file={written.file} onChange={(file) => change({ file })} />
        </div>
      );
    case 'form':
    case 'multipart':
      return (
        <div className="scroll">
          <PairsTable
            what="Field"
            pairs={written.parts}
            known={fieldsOf(operation)}
            files={written.bodyKind === 'multipart'}
            onChange={(parts) => change({ parts })}
          />
        </div>
      );
    case 'json': {
      const editor = (
        <BodyEditor
          // Its completion and its checks are those of one operation.
          key={operation?.id}
          value={written.body}
          schema={schema}
          onChange={(body) => change({ body })}
          onSend={onSend}
        />
      );
      if (schema === null || !withForm) return editor;
      return (
        <Split id="request-body" sizes={['50', '50']} orientation={wide ? 'horizontal' : 'vertical'}>
          {editor}
          <SchemaForm schema={schema} text={written.body} onChange={(body) => change({ body })} />
        </Split>
      );
    }
  }
}

/** What the operation says of each field of a form. */
function fieldsOf(operation: OperationDetail | undefined): ReadonlyMap<string, KnownPair> {
  const { properties = {}, required = [] } = operation?.body?.schema ?? {};
  return new Map(
    Object.entries(properties).map(([name, { enum: values, type }]) => [
      name,
      { required: required.includes(name), values: values?.map(String) ?? null, type: type ?? null },
    ]),
  );
}
