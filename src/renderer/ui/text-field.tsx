import { useId } from 'react';

type TextFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly hint?: string | undefined;
  readonly placeholder?: string;
  readonly mono?: boolean;
  /** Hides what is typed and keeps password managers away. */
  readonly secret?: boolean;
  readonly required?: boolean;
};

export function TextField({
  label,
  value,
  onChange,
  hint,
  placeholder,
  mono,
  secret,
  required,
}: TextFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={mono === true ? 'input mono' : 'input'}
        type={secret === true ? 'password' : 'text'}
        value={value}
        placeholder={placeholder}
        required={required}
        spellCheck={false}
        autoComplete={secret === true ? 'new-password' : 'off'}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

/** The items of a list written with commas, blanks or lines between them. */
export const itemsOf = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '');
