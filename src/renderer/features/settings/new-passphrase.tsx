import { TextField } from '../../ui/text-field.tsx';
import { passphraseFault } from './vault-words.ts';

type NewPassphraseProps = {
  readonly label: string;
  readonly value: string;
  readonly again: string;
  readonly onChange: (value: string, again: string) => void;
};

/** Typed twice, since nobody sees it. */
export function NewPassphrase({ label, value, again, onChange }: NewPassphraseProps) {
  const fault = value === '' && again === '' ? null : passphraseFault(value, again);
  return (
    <>
      <TextField label={label} secret value={value} onChange={(text) => onChange(text, again)} />
      <TextField
        label="Once more"
        secret
        value={again}
        hint={fault ?? 'It cannot be asked for or reset: keep it in a password manager.'}
        onChange={(text) => onChange(value, text)}
      />
    </>
  );
}
