/** Keys of the window. A key typed into a field is text, unless it comes with Ctrl or Cmd. */
import { useEffect, useEffectEvent } from 'react';

export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

export const isMac = navigator.userAgent.includes('Mac');
export const modifier = isMac ? '⌘' : 'Ctrl';

function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

/** These belong to the text they are pressed in, editable or not, and to a dialog where one is open. */
const ofText = new Set(['mod+a', 'mod+z', 'Delete', 'Backspace']);

function inText(target: EventTarget | null): boolean {
  return inField(target) || (target instanceof Element && target.closest('[role="textbox"]') !== null);
}

const modal = '[role="dialog"], [role="alertdialog"]';
const overlay = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** `mod+k`, `/`, `j`, `Escape`; also two keys in turn: `g h`. */
export function useShortcuts(shortcuts: Shortcuts, enabled = true): void {
  const handle = useEffectEvent((event: KeyboardEvent, before: string): boolean => {
    if (event.defaultPrevented || event.altKey) return false;
    const name = nameOf(event);
    if (ofText.has(name) && (inText(event.target) || document.querySelector(modal) !== null)) return false;
    if (!name.startsWith('mod+')) {
      if (inField(event.target) && name !== 'Escape') return false;
      if (event.target instanceof Element && event.target.closest(overlay) !== null) return false;
    }
    const action = shortcuts[`${before} ${name}`] ?? shortcuts[name];
    if (action === undefined) return false;
    event.preventDefault();
    action(event);
    return true;
  });

  useEffect(() => {
    if (!enabled) return undefined;
    let before = '';
    let forget: ReturnType<typeof setTimeout> | undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const done = handle(event, before);
      clearTimeout(forget);
      before = done ? '' : nameOf(event);
      forget = setTimeout(() => {
        before = '';
      }, 900);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      clearTimeout(forget);
    };
  }, [enabled]);
}
