/** The search field, which is the query: completed while one types, with the keys or the mouse. */
import { Search, X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { completionsAt, type Completion } from '../../../shared/query/complete.ts';
import type { Choice, FieldKey } from '../../../shared/query/fields.ts';
import { queryOfLink } from '../../lib/query-link.ts';

type QueryBoxProps = {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly choices: (key: FieldKey) => readonly Choice[];
  readonly field: RefObject<HTMLInputElement | null>;
};

const help =
  'text · "exact phrase" · =word · start* · field:value · -not. Fields: event, category, verdict, app, location, company, entity, is, answer, method, path, purpose, last, after, before';

export function QueryBox({ label, text, onChange, choices, field }: QueryBoxProps) {
  const list = useId();
  const [caret, setCaret] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const completions = isOpen ? completionsAt(text, caret, choices) : { start: 0, end: 0, options: [] };
  const { options } = completions;
  const shown = options.length > 0;
  const chosen = options[active];

  // With the text it belongs to, not a frame later, when more may have been typed.
  const caretTo = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caretTo.current === null) return;
    field.current?.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = null;
  });

  function take(option: Completion): void {
    const next = `${text.slice(0, completions.start)}${option.text}${text.slice(completions.end).trimStart()}`;
    const at = completions.start + option.text.length;
    onChange(next);
    setActive(-1);
    setCaret(at);
    setOpen(option.text.endsWith(':'));
    caretTo.current = at;
  }

  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>): void {
    const move = (by: number): void => {
      event.preventDefault();
      setOpen(true);
      setCaret(event.currentTarget.selectionStart ?? text.length);
      setActive(shown ? (active + by + options.length) % options.length : 0);
    };
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp' && shown) move(active < 0 ? 0 : -1);
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Enter') setOpen(false);
    else if (event.key === 'Escape') {
      if (!shown && text === '') return event.currentTarget.blur();
      // What is chosen in the list stays: the key has done its work.
      event.preventDefault();
      if (!shown) onChange('');
      setOpen(false);
      setActive(-1);
    }
    return undefined;
  }

  return (
    <div className="query-box">
      <div className="search-field">
        <Search aria-hidden />
        <input
          ref={field}
          type="search"
          role="combobox"
          spellCheck={false}
          autoComplete="off"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={list}
          aria-activedescendant={chosen === undefined ? undefined : `${list}-${active}`}
          title={help}
          placeholder={'Search, or event:ContactCreate -is:duplicate last:1h'}
          value={text}
          onChange={(event) => {
            onChange(queryOfLink(event.currentTarget.value) ?? event.currentTarget.value);
            setCaret(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
            setOpen(event.currentTarget.value !== '');
            setActive(-1);
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        {text === '' ? (
          <kbd aria-hidden>/</kbd>
        ) : (
          <button
            type="button"
            className="btn quiet icon"
            aria-label="Clear the query"
            onClick={() => onChange('')}
          >
            <X aria-hidden />
          </button>
        )}
      </div>
      <div id={list} role="listbox" aria-label="Ways to go on" className="menu completions" hidden={!shown}>
        {options.map((option, index) => (
          <div
            key={option.text}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="menu-item"
            data-highlighted={index === active ? '' : undefined}
            // The field keeps the focus.
            onMouseDown={(event) => {
              event.preventDefault();
              take(option);
            }}
          >
            <span className="mono">{option.label}</span>
            <span className="end">{option.detail}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
