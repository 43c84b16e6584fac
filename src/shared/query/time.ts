/** Times and lengths of time as they are typed. */

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** `90s`, `15m`, `1h`, `7d`, `2w` in ms; null for anything else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,6})([smhdw])$/i.exec(text);
  const unit = unitMs[match?.[2]?.toLowerCase() ?? ''];
  return match === null || unit === undefined ? null : Number(match[1]) * unit;
}

const shape = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** ISO 8601, in local time unless it says otherwise, in ms since the epoch; null for anything else. */
export function parseInstant(text: string): number | null {
  if (!shape.test(text)) return null;
  // A date alone would be read as the midnight of Greenwich.
  const at = Date.parse(text.length === 10 ? `${text}T00:00` : text.toUpperCase());
  return Number.isNaN(at) ? null : at;
}
