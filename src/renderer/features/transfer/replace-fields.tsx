import { useQuery } from '@tanstack/react-query';
import {
  replacedKinds,
  type Replacement,
  type ReplacementPreview,
  type TransferSelection,
} from '../../../shared/model/transfer.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { rpc } from '../../platform/connection.ts';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { kindWords } from './export-words.ts';

type ReplaceFieldsProps = {
  readonly selection: TransferSelection;
  readonly value: Replacement;
  readonly onChange: (value: Replacement) => void;
};

const typingMs = 300;

function Preview({ preview }: { readonly preview: ReplacementPreview }) {
  const { kinds, looked, total, leftOut } = preview;
  return (
    <div className="stack">
      <p className="muted small">
        {looked < total
          ? `In the newest ${looked.toLocaleString('en')} of ${total.toLocaleString('en')} exchanges:`
          : `In ${total === 1 ? 'this exchange' : `these ${total.toLocaleString('en')} exchanges`}:`}
        {kinds.length === 0 && ' nothing to replace.'}
      </p>
      {kinds.length > 0 && (
        <div className="replace-samples">
          <table className="table" aria-label="What is replaced">
            <thead>
              <tr>
                <th scope="col">Kind</th>
                <th scope="col">Places</th>
                <th scope="col">Now</th>
                <th scope="col">In the file, for example</th>
              </tr>
            </thead>
            <tbody>
              {kinds.flatMap(({ kind, count, samples }) =>
                samples.slice(0, 2).map(({ before, after }, index) => (
                  <tr key={`${kind} ${before}`}>
                    <td>{index === 0 && kindWords[kind]}</td>
                    <td className="num">{index === 0 && count.toLocaleString('en')}</td>
                    <td className="mono">{before}</td>
                    <td className="mono">{after}</td>
                  </tr>
                )),
              )}
            </tbody>
          </table>
        </div>
      )}
      {leftOut > 0 && (
        <p className="muted small">
          {leftOut === 1 ? 'One body is' : `${leftOut.toLocaleString('en')} bodies are`} left out: nobody can
          look into what is no text.
        </p>
      )}
    </div>
  );
}

/** Which kinds, under which seed, and what that would do. */
export function ReplaceFields({ selection, value, onChange }: ReplaceFieldsProps) {
  const asked = useDelayed(value, typingMs);
  const { data, error } = useQuery({
    queryKey: ['replacement-preview', selection, asked],
    queryFn: () => rpc.transfer.preview({ selection, replace: asked }),
    enabled: asked.kinds.length > 0,
    placeholderData: (earlier) => earlier,
    // What is in the log changes: it is looked at anew with each dialog.
    gcTime: 0,
  });
  const { kinds } = value;
  return (
    <div className="stack replace-fields">
      <fieldset className="replace-kinds">
        <legend className="unseen">Kinds of data to replace</legend>
        {replacedKinds.map((kind) => (
          <CheckField
            key={kind}
            label={kindWords[kind]}
            checked={kinds.includes(kind)}
            onChange={(on) =>
              onChange({
                ...value,
                kinds: replacedKinds.filter((one) => (one === kind ? on : kinds.includes(one))),
              })
            }
          />
        ))}
      </fieldset>
      <TextField
        label="Seed"
        value={value.seed ?? ''}
        placeholder="another one for each export"
        hint="The same value becomes the same one everywhere in the file; with a seed, in every file of that seed."
        onChange={(seed) => {
          const { seed: _before, ...rest } = value;
          onChange(seed === '' ? rest : { ...rest, seed });
        }}
      />
      <CheckField
        label="Sign changed webhooks anew with the development key"
        checked={value.sign}
        onChange={(sign) => onChange({ ...value, sign })}
      />
      {!value.sign && (
        <Note tone="warn">
          A signature covers every byte: after the replacement
          {data === undefined || data.signaturesLost === 0
            ? ' signatures no longer hold.'
            : ` ${data.signaturesLost.toLocaleString('en')} of the signatures that hold no longer do.`}
        </Note>
      )}
      {error !== null && <Failure error={error} />}
      {kinds.length === 0 ? (
        <p className="muted small">Choose at least one kind.</p>
      ) : (
        data !== undefined && <Preview preview={data} />
      )}
    </div>
  );
}
