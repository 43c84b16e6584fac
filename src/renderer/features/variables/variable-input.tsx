/** A field in which `{{` offers the variables there are, and which says below what its text would be sent as. */
import { useId, useLayoutEffect, useRef, useState, type ComponentProps, type CSSProperties } from 'react';
import { createPortal } from 'react-dom';
import { useKnownVariables } from './known-variables.tsx';
import { readAs, waysOn, type Way } from './variables-in.ts';

type VariableInputProps = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'list' | 'type'> & {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** What is usually written here. */
  readonly values?: readonly string[];
};

/** Room a list of ways takes, in px; above the field where there is less below it. */
const listHeight = 220;

function besides(field: HTMLElement): CSSProperties {
  const { left, top, bottom, width } = field.getBoundingClientRect();
  const room = window.innerWidth - 12;
  const wide = Math.min(Math.max(width, 320), room);
  const at = { left: Math.max(6, Math.min(left, room - wide)), width: wide };
  return window.innerHeight - bottom < listHeight && top > listHeight
    ? { ...at, bottom: window.innerHeight - top + 2 }
    : { ...at, top: bottom + 2 };
}

export function VariableInput({
  value,
  onChange,
  values = [],
  className = 'input mono',
  onKeyDown,
  onBlur,
  ...rest
}: VariableInputProps) {
  const listId = useId();
  const variables = useKnownVariables();
  const field = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const [place, setPlace] = useState<CSSProperties>({});
  const found = caret === null ? null : waysOn(value, caret, variables ?? [], values);
  const ways = found?.ways ?? [];
  const isOpen = ways.length > 0;
  const chosen = ways[active];

  // With the text it belongs to, not a frame later, when more may have been typed.
  const caretTo = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caretTo.current !== null) field.current?.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = null;
  });
  useLayoutEffect(() => {
    if (isOpen && field.current !== null) setPlace(besides(field.current));
  }, [isOpen]);

  function take(way: Way): void {
    if (found === null) return;
    onChange(`${value.slice(0, found.from)}${way.insert}${value.slice(found.to)}`);
    caretTo.current = found.from + way.insert.length;
    setCaret(null);
  }

  function keyDown(event: React.KeyboardEvent<HTMLInputElement>): void {
    const at = event.currentTarget.selectionStart ?? value.length;
    const move = (by: number): void => {
      event.preventDefault();
      if (isOpen) setActive((active + by + ways.length) % ways.length);
      else {
        setCaret(at);
        setActive(0);
      }
    };
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp' && isOpen) move(-1);
    else if (
      (event.key === 'Enter' || event.key === 'Tab') &&
      chosen !== undefined &&
      !event.metaKey &&
      !event.ctrlKey
    ) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setCaret(null);
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') setCaret(null);
    onKeyDown?.(event);
  }

  return (
    <span className="variable-input">
      <input
        {...rest}
        ref={field}
        className={className}
        spellCheck={false}
        autoComplete="off"
        aria-autocomplete="list"
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={chosen === undefined ? undefined : `${listId}-${active}`}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setActive(0);
        }}
        onKeyDown={keyDown}
        onBlur={(event) => {
          setCaret(null);
          onBlur?.(event);
        }}
      />
      <SentAs text={value} />
      {isOpen &&
        createPortal(
          <div
            id={listId}
            role="listbox"
            aria-label="Variables and values"
            className="menu ways"
            style={place}
          >
            {ways.map((way, index) => (
              <div
                key={way.label}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                className="menu-item"
                data-highlighted={index === active ? '' : undefined}
                ref={index === active ? (row) => row?.scrollIntoView({ block: 'nearest' }) : undefined}
                // The field keeps the focus.
                onMouseDown={(event) => {
                  event.preventDefault();
                  take(way);
                }}
              >
                <span className="mono">{way.label}</span>
                <span className="end mono">{way.detail}</span>
              </div>
            ))}
          </div>,
          document.body,
        )}
    </span>
  );
}

/** What a text with variables would be sent as; nothing for one without. */
function SentAs({ text }: { readonly text: string }) {
  const variables = useKnownVariables();
  const read = variables === null ? null : readAs(text, variables);
  if (read === null) return null;
  const { unknown, empty } = read;
  if (unknown.length + empty.length > 0) {
    const words = [
      ...unknown.map((name) => `{{${name}}} is not known`),
      ...empty.map((name) => `{{${name}}} has no value here`),
    ].join(', ');
    return <span className="sent-as wrong">{words}</span>;
  }
  return (
    <span className="sent-as" title={read.text}>
      = {read.text}
    </span>
  );
}
