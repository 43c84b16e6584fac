/** Short words to the user: seen for two seconds, or as long as what they offer can still be done. */
import { createValue } from './value.ts';

export type Toast = {
  readonly text: string;
  readonly key: number;
  readonly action: { readonly label: string; readonly run: () => void } | null;
};

export const toastText = createValue<Toast | null>(null);
export const announcement = createValue('');

let count = 0;
let hide: ReturnType<typeof setTimeout> | undefined;

const shownMs = 2200;
/** Time enough to read, to reach the button, and to change one's mind. */
const offeredMs = 15_000;

export function toast(text: string, action: Toast['action'] = null): void {
  count += 1;
  toastText.set({ text, key: count, action });
  clearTimeout(hide);
  hide = setTimeout(hideToast, action === null ? shownMs : offeredMs);
}

export function hideToast(): void {
  clearTimeout(hide);
  toastText.set(null);
}

let lastSpoken = 0;
let pending: ReturnType<typeof setTimeout> | undefined;

/** For the live region: the last of several within a second is the one that is read. */
export function announce(text: string): void {
  clearTimeout(pending);
  const wait = Math.max(0, lastSpoken + 1000 - Date.now());
  pending = setTimeout(() => {
    lastSpoken = Date.now();
    announcement.set(text);
  }, wait);
}
