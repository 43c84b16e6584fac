import { Plus, X } from 'lucide-react';
import { testWords, takesValue } from '../../../shared/model/check-words.ts';
import { Button } from '../../ui/button.tsx';
import { change, type Draft } from '../requests/draft.ts';
import {
  captureRow,
  checkRow,
  rowProblem,
  type CaptureRow,
  type CheckRow,
  type CheckTest,
} from './tests-of-draft.ts';
import { VariableInput } from './variable-input.tsx';

const tests: readonly { readonly test: CheckTest; readonly words: string }[] = [
  { test: 'status', words: 'status is' },
  { test: 'time', words: 'time, at most ms' },
  ...Object.entries(testWords).map(([test, words]) => ({ test: test as CheckTest, words: `JSON ${words}` })),
];

/** What is taken from the answer, and what it is expected to be. */
export function AfterAnswerTab({ written }: { readonly written: Draft }) {
  const { captures, checks } = written;
  const setCapture = (key: number, changes: Partial<CaptureRow>): void =>
    change({ captures: captures.map((one) => (one.key === key ? { ...one, ...changes } : one)) });
  const setCheck = (key: number, changes: Partial<CheckRow>): void =>
    change({ checks: checks.map((one) => (one.key === key ? { ...one, ...changes } : one)) });
  return (
    <div className="scroll after-answer">
      <h2>Set variables</h2>
      <p className="muted small">
        The first value at a JSON path goes into a variable of the chosen environment, for the requests that
        follow.
      </p>
      {captures.map((row, index) => (
        <div key={row.key} className={row.on ? 'capture-row' : 'capture-row off'}>
          <input
            type="checkbox"
            checked={row.on}
            aria-label={`Use capture ${index + 1}`}
            onChange={(event) => setCapture(row.key, { on: event.currentTarget.checked })}
          />
          <input
            className="input mono"
            aria-label={`Capture ${index + 1} variable`}
            placeholder="variable"
            spellCheck={false}
            value={row.variable}
            onChange={(event) => setCapture(row.key, { variable: event.currentTarget.value })}
          />
          <input
            className="input mono"
            aria-label={`Capture ${index + 1} JSON path`}
            placeholder="$.contact.id"
            spellCheck={false}
            value={row.path}
            onChange={(event) => setCapture(row.key, { path: event.currentTarget.value })}
          />
          <Button
            look="quiet"
            icon={X}
            aria-label={`Remove capture ${index + 1}`}
            onClick={() => change({ captures: captures.filter((one) => one.key !== row.key) })}
          />
          <Problem row={row} />
        </div>
      ))}
      <Button look="quiet" icon={Plus} onClick={() => change({ captures: [...captures, captureRow()] })}>
        Add variable
      </Button>
      <h2>Checks</h2>
      <p className="muted small">Each says beside the answer whether it holds.</p>
      {checks.map((row, index) => (
        <div key={row.key} className={row.on ? 'check-row' : 'check-row off'}>
          <input
            type="checkbox"
            checked={row.on}
            aria-label={`Use check ${index + 1}`}
            onChange={(event) => setCheck(row.key, { on: event.currentTarget.checked })}
          />
          <select
            className="input"
            aria-label={`Check ${index + 1} test`}
            value={row.test}
            onChange={(event) => {
              const chosen = tests.find((one) => one.test === event.currentTarget.value);
              if (chosen !== undefined) setCheck(row.key, { test: chosen.test });
            }}
          >
            {tests.map(({ test, words }) => (
              <option key={test} value={test}>
                {words}
              </option>
            ))}
          </select>
          {row.test === 'status' || row.test === 'time' ? null : (
            <input
              className="input mono"
              aria-label={`Check ${index + 1} JSON path`}
              placeholder="$.contact.id"
              spellCheck={false}
              value={row.path}
              onChange={(event) => setCheck(row.key, { path: event.currentTarget.value })}
            />
          )}
          <CheckValue row={row} index={index} onChange={(value) => setCheck(row.key, { value })} />
          <Button
            look="quiet"
            icon={X}
            aria-label={`Remove check ${index + 1}`}
            onClick={() => change({ checks: checks.filter((one) => one.key !== row.key) })}
          />
          <Problem row={row} />
        </div>
      ))}
      <Button look="quiet" icon={Plus} onClick={() => change({ checks: [...checks, checkRow()] })}>
        Add check
      </Button>
    </div>
  );
}

type CheckValueProps = {
  readonly row: CheckRow;
  readonly index: number;
  readonly onChange: (value: string) => void;
};

function CheckValue({ row, index, onChange }: CheckValueProps) {
  if (row.test !== 'status' && row.test !== 'time' && !takesValue(row.test)) return <span />;
  return (
    <VariableInput
      aria-label={`Check ${index + 1} value`}
      placeholder={row.test === 'time' ? '500' : row.test === 'status' ? '2xx' : 'value'}
      values={row.test === 'status' ? ['2xx', '200', '201', '400', '401', '404', '422', '429'] : []}
      value={row.value}
      onChange={onChange}
    />
  );
}

function Problem({ row }: { readonly row: CheckRow | CaptureRow }) {
  const problem = row.on ? rowProblem(row) : null;
  return problem === null ? null : <span className="sent-as wrong row-problem">{problem}</span>;
}
