import { Copy } from 'lucide-react';
import { copyText } from '../lib/clipboard.ts';

type CopyFieldProps = {
  readonly text: string;
  /** Names the copy button: "Copy redirect URL". */
  readonly what: string;
  /** One clipped line instead of as many as it takes. */
  readonly oneLine?: boolean;
};

export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <button
      type="button"
      className="btn quiet"
      aria-label={`Copy ${what}`}
      onClick={() => void copyText(text, what)}
    >
      <Copy aria-hidden />
      Copy
    </button>
  );
}

export function CopyField({ text, what, oneLine = false }: CopyFieldProps) {
  return (
    <div className={oneLine ? 'copy one' : 'copy'}>
      <code title={text}>{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  );
}
