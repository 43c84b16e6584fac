import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
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
        <Row
          key={row.key}
          what={`capture ${index + 1}`}
          row={row}
          set={(changes) => setCapture(row.key, changes)}
          onRemove={() => change({ captures: captures.filter((one) => one.key !== row.key) })}
        >
          <Typed
            label={`Capture ${index + 1} variable`}
            placeholder="variable"
            text={row.variable}
            onChange={(variable) => setCapture(row.key, { variable })}
          />
          <Typed
            label={`Capture ${index + 1} JSON path`}
            text={row.path}
            onChange={(path) => setCapture(row.key, { path })}
          />
        </Row>
      ))}
      <Button look="quiet" icon={Plus} onClick={() => change({ captures: [...captures, captureRow()] })}>
        Add variable
      </Button>
      <h2>Checks</h2>
      <p className="muted small">Each says beside the answer whether it holds.</p>
      {checks.map((row, index) => (
        <Row
          key={row.key}
          what={`check ${index + 1}`}
          row={row}
          set={(changes) => setCheck(row.key, changes)}
          onRemove={() => change({ checks: checks.filter((one) => one.key !== row.key) })}
        >
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
            <Typed
              label={`Check ${index + 1} JSON path`}
              text={row.path}
              onChange={(path) => setCheck(row.key, { path })}
            />
          )}
          <CheckValue row={row} index={index} onChange={(value) => setCheck(row.key, { value })} />
        </Row>
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

type RowProps = {
  /** `check 2`: names the fields. */
  readonly what: string;
  readonly row: CheckRow | CaptureRow;
  readonly set: (changes: { readonly on: boolean }) => void;
  readonly onRemove: () => void;
  readonly children: ReactNode;
};

function Row({ what, row, set, onRemove, children }: RowProps) {
  const problem = row.on ? rowProblem(row) : null;
  return (
    <div className={row.on ? 'after-row' : 'after-row off'}>
      <input
        type="checkbox"
        checked={row.on}
        aria-label={`Use ${what}`}
        onChange={(event) => set({ on: event.currentTarget.checked })}
      />
      {children}
      <Button look="quiet" icon={X} aria-label={`Remove ${what}`} onClick={onRemove} />
      {problem !== null && <span className="sent-as wrong row-problem">{problem}</span>}
    </div>
  );
}

type TypedProps = {
  readonly label: string;
  readonly placeholder?: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
};

function Typed({ label, placeholder = '$.contact.id', text, onChange }: TypedProps) {
  return (
    <input
      className="input mono"
      aria-label={label}
      placeholder={placeholder}
      spellCheck={false}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
