import { z } from 'zod';
import type { Document } from '../collections/family.ts';

const hours = z.object({
  openHour: z.number(),
  openMinute: z.number(),
  closeHour: z.number(),
  closeMinute: z.number(),
});
const openHours = z.array(z.object({ daysOfTheWeek: z.array(z.number()), hours: z.array(hours) }));

/** Monday to Friday, nine to five. */
export const DEFAULT_HOURS: z.infer<typeof openHours> = [1, 2, 3, 4, 5].map((day) => ({
  daysOfTheWeek: [day],
  hours: [{ openHour: 9, openMinute: 0, closeHour: 17, closeMinute: 0 }],
}));

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** HighLevel looks at most this far ahead at once. */
const MOST_DAYS = 31;

/** A stretch of time, in ms. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How long an appointment in this calendar takes, in ms. */
export function slotLength(calendar: Document): number {
  return inMinutes(calendar.slotDuration, calendar.slotDurationUnit) * MINUTE_MS;
}

/** How many appointments may overlap. */
export function perSlot(calendar: Document): number {
  return typeof calendar.appoinmentPerSlot === 'number' ? calendar.appoinmentPerSlot : 1;
}

/**
 * The starts of free slots by day, in ISO 8601 with the time zone's offset.
 *
 * @param busy what has been booked or blocked
 */
export function freeSlots(
  calendar: Document,
  { start, end }: Span,
  busy: readonly Span[],
  timezone: string,
): Record<string, { slots: string[] }> {
  const length = slotLength(calendar);
  const step = inMinutes(calendar.slotInterval, calendar.slotIntervalUnit) * MINUTE_MS;
  const weekly = openHours.safeParse(calendar.openHours).data ?? DEFAULT_HOURS;
  const days: Record<string, { slots: string[] }> = {};
  const last = Math.min(end, start + MOST_DAYS * DAY_MS);
  for (const date of datesBetween(start, last, timezone)) {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const offset = offsetAt(midnight, timezone);
    const open = weekly.filter(({ daysOfTheWeek }) => daysOfTheWeek.includes(new Date(midnight).getUTCDay()));
    const slots: string[] = [];
    for (const span of open.flatMap((day) => day.hours)) {
      const from = midnight + (span.openHour * 60 + span.openMinute) * MINUTE_MS - offset;
      const until = midnight + (span.closeHour * 60 + span.closeMinute) * MINUTE_MS - offset;
      for (let at = from; at + length <= until; at += step) {
        const taken = busy.filter((one) => one.start < at + length && one.end > at).length;
        if (at >= start && at + length <= last && taken < perSlot(calendar))
          slots.push(isoWithOffset(at, offset));
      }
    }
    if (slots.length > 0) days[date] = { slots };
  }
  return days;
}

function inMinutes(amount: unknown, unit: unknown): number {
  const minutes = typeof amount === 'number' && amount > 0 ? amount : 30;
  return unit === 'hours' ? minutes * 60 : minutes;
}

function datesBetween(start: number, end: number, timezone: string): string[] {
  const dates = new Set<string>();
  for (let at = start; at < end + DAY_MS; at += DAY_MS) {
    dates.add(new Date(Math.min(at, end) + offsetAt(at, timezone)).toISOString().slice(0, 10));
  }
  return [...dates];
}

/** How far a time zone is ahead of UTC at an instant, in ms; an unknown zone counts as UTC. */
function offsetAt(at: number, timezone: string): number {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hour = '0', minute = '0'] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute)) * MINUTE_MS;
  } catch {
    return 0;
  }
}

function isoWithOffset(at: number, offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_MS;
  const digits = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const zone = `${offset < 0 ? '-' : '+'}${digits(minutes / 60)}:${digits(minutes % 60)}`;
  return `${new Date(at + offset).toISOString().slice(0, 19)}${zone}`;
}
