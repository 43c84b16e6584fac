import { Eye, EyeOff, Lock, LockOpen, Plus, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { EnvironmentId, EnvironmentSet, Variable } from '../../../shared/model/environment.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { toProblem } from '../../platform/problem.ts';
import { Button } from '../../ui/button.tsx';
import { showChanged } from './use-environments.ts';

type Place = { readonly profileId: Profile['id']; readonly environmentId: EnvironmentId | null };
type VariablesTableProps = { readonly place: Place; readonly variables: readonly Variable[] };

/** Variables with their values; a row is kept when one leaves its field. */
export function VariablesTable({ place, variables }: VariablesTableProps) {
  const [adding, setAdding] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const change = async (asked: () => Promise<EnvironmentSet>): Promise<boolean> => {
    try {
      showChanged(await asked());
      setProblem(null);
      return true;
    } catch (error) {
      setProblem(toProblem(error).message);
      return false;
    }
  };
  return (
    <div className="variables">
      <div className="variable-row head" aria-hidden>
        <span>Name</span>
        <span>Value</span>
      </div>
      {variables.map((one) => (
        <VariableRow key={one.name} place={place} variable={one} change={change} />
      ))}
      {adding ? (
        <NewVariable place={place} change={change} onDone={() => setAdding(false)} />
      ) : (
        <Button look="quiet" icon={Plus} onClick={() => setAdding(true)}>
          Add variable
        </Button>
      )}
      {variables.length === 0 && !adding && (
        <p className="quiet-line">
          No variables yet. Write one as <code>{'{{name}}'}</code> wherever a request takes text; an answer
          can set it as well, under Tests.
        </p>
      )}
      {problem !== null && (
        <p className="small wrong" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

type RowProps = {
  readonly place: Place;
  readonly change: (asked: () => Promise<EnvironmentSet>) => Promise<boolean>;
};

function VariableRow({ place, change, variable }: RowProps & { readonly variable: Variable }) {
  const { name, value, secret } = variable;
  const [typedName, setTypedName] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [revealed, setRevealed] = useState<string | null>(null);
  const set = (changes: { name?: string; value?: string | null; secret?: boolean }): Promise<boolean> =>
    change(() => rpc.environments.set({ ...place, name, was: name, value: null, secret, ...changes }));
  const keepName = async (): Promise<void> => {
    if (
      typedName !== null &&
      typedName.trim() !== '' &&
      typedName !== name &&
      !(await set({ name: typedName }))
    )
      return;
    setTypedName(null);
  };
  const keepValue = async (): Promise<void> => {
    if (typed !== null && typed !== (value ?? revealed) && !(await set({ value: typed }))) return;
    if (typed !== null && revealed !== null) setRevealed(typed);
    setTyped(null);
  };
  const onEnter = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
  };
  return (
    <div className="variable-row">
      <input
        className="input mono"
        aria-label={`Name of ${name}`}
        spellCheck={false}
        value={typedName ?? name}
        onChange={(event) => setTypedName(event.currentTarget.value)}
        onBlur={() => void keepName()}
        onKeyDown={onEnter}
      />
      <input
        className="input mono"
        aria-label={`Value of ${name}`}
        spellCheck={false}
        autoComplete="off"
        type={secret && revealed === null && typed === null ? 'password' : 'text'}
        value={typed ?? value ?? revealed ?? ''}
        placeholder={secret ? '••••••••  in the vault' : 'empty'}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void keepValue()}
        onKeyDown={onEnter}
      />
      {secret ? (
        <Button
          look="quiet"
          icon={revealed === null ? Eye : EyeOff}
          title={revealed === null ? 'Reveal' : 'Hide'}
          aria-label={`${revealed === null ? 'Reveal' : 'Hide'} ${name}`}
          onClick={() => {
            if (revealed === null)
              run(async () => setRevealed((await rpc.environments.reveal({ ...place, name })).value));
            else setRevealed(null);
          }}
        />
      ) : (
        <span />
      )}
      <Button
        look="quiet"
        icon={secret ? Lock : LockOpen}
        title={secret ? 'Secret: kept in the vault' : 'Keep it as a secret'}
        aria-label={`${name} is a secret`}
        aria-pressed={secret}
        onClick={() => {
          setRevealed(null);
          void set({ secret: !secret });
        }}
      />
      <Button
        look="quiet"
        icon={X}
        aria-label={`Remove ${name}`}
        onClick={() => void change(() => rpc.environments.unset({ ...place, name }))}
      />
    </div>
  );
}

function NewVariable({ place, change, onDone }: RowProps & { readonly onDone: () => void }) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [secret, setSecret] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const keep = async (): Promise<void> => {
    if (name.trim() === '') return;
    if (await change(() => rpc.environments.set({ ...place, name: name.trim(), value, secret }))) onDone();
  };
  return (
    <form
      className="variable-row"
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <input
        className="input mono"
        aria-label="Name of the new variable"
        placeholder="name"
        spellCheck={false}
        ref={field}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <input
        className="input mono"
        aria-label="Value of the new variable"
        placeholder="value"
        spellCheck={false}
        autoComplete="off"
        type={secret ? 'password' : 'text'}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      <Button
        look="quiet"
        icon={secret ? Lock : LockOpen}
        title={secret ? 'Secret: kept in the vault' : 'Keep it as a secret'}
        aria-label="The new variable is a secret"
        aria-pressed={secret}
        onClick={() => setSecret(!secret)}
      />
      <Button submit look="primary" className="add">
        Add
      </Button>
      <Button look="quiet" icon={X} aria-label="Add none" onClick={onDone} />
    </form>
  );
}
