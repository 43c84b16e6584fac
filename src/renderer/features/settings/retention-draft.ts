/** Retention rules as they are typed: one text a limit, empty for none. */
import type { RetentionRule, RetentionRules } from '../../../shared/model/care.ts';
import { purposes, type Purpose } from '../../../shared/model/exchange.ts';

const mebibyte = 1_048_576;

export const limits = [
  { key: 'days', name: 'Days', most: 36_500 },
  { key: 'count', name: 'Newest', most: 100_000_000 },
  { key: 'mebibytes', name: 'MiB', most: 900_000_000 },
] as const;

export type Limit = (typeof limits)[number]['key'];
export type RetentionDraft = Readonly<Record<Purpose, Readonly<Record<Limit, string>>>>;

const shown = (value: number | null): string => (value === null ? '' : String(value));

export function draftOf(rules: RetentionRules): RetentionDraft {
  const entries = purposes.map((purpose) => {
    const { days = null, count = null, bytes = null } = rules[purpose] ?? {};
    const mebibytes = bytes === null ? null : Math.round((bytes / mebibyte) * 100) / 100;
    return [purpose, { days: shown(days), count: shown(count), mebibytes: shown(mebibytes) }];
  });
  return Object.fromEntries(entries) as RetentionDraft;
}

/** What is wrong with a limit, or null. */
export function fault(limit: (typeof limits)[number], text: string): string | null {
  const number = Number(text);
  if (text.trim() === '' || (number >= 0 && number <= limit.most)) {
    const whole = limit.key !== 'count' || Number.isInteger(number);
    return whole ? null : `“${text}” is no whole number.`;
  }
  return `“${text}” is no number from 0 to ${limit.most.toLocaleString('en')}.`;
}

/** The rules, or the sentence on the first limit that is none. */
export function rulesOf(draft: RetentionDraft): { rules: RetentionRules } | { fault: string } {
  const rules: Partial<Record<Purpose, RetentionRule>> = {};
  for (const purpose of purposes) {
    const texts = draft[purpose];
    for (const limit of limits) {
      const sentence = fault(limit, texts[limit.key]);
      if (sentence !== null) return { fault: sentence };
    }
    const value = (text: string): number | null => (text.trim() === '' ? null : Number(text));
    const mebibytes = value(texts.mebibytes);
    const rule = {
      days: value(texts.days),
      count: value(texts.count),
      bytes: mebibytes === null ? null : Math.round(mebibytes * mebibyte),
    };
    if (Object.values(rule).some((limit) => limit !== null)) rules[purpose] = rule;
  }
  return { rules };
}
