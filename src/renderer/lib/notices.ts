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

const spokenEveryMs = 1000;

let lastSpoken = Number.NEGATIVE_INFINITY;
let waiting: ReturnType<typeof setTimeout> | undefined;
let nextText = '';
let arrived = 0;
let arrivedName = '';

function speak(): void {
  waiting = undefined;
  lastSpoken = Date.now();
  const several = `${arrived.toLocaleString('en')} new`;
  const arrivals = arrived === 0 ? '' : arrived === 1 ? `New: ${arrivedName}` : several;
  const text = [nextText, arrivals].filter((part) => part !== '').join('. ');
  nextText = '';
  arrived = 0;
  // The same words again would be no change, and pass unheard.
  announcement.set(text === announcement.get() ? `${text}\u00A0` : text);
}

/** One timer, never put off: whoever keeps calling cannot keep the region silent. */
function speakSoon(): void {
  // A clock that was set back must not silence it for longer.
  const wait = Math.min(Math.max(0, lastSpoken + spokenEveryMs - Date.now()), spokenEveryMs);
  waiting ??= setTimeout(speak, wait);
}

/** For the live region, at most once a second: the last of several within a second is the one that is read. */
export function announce(text: string): void {
  nextText = text;
  speakSoon();
}

/** Rows that came by themselves: counted together until they are said. @param name what to call a single one */
export function announceArrivals(count: number, name: string): void {
  arrived += count;
  arrivedName = name;
  speakSoon();
}
