/** A target as the dialog edits it. */
import type { ForwardTarget } from '../../../shared/model/forwarding.ts';
import { itemsOf } from '../../ui/text-field.tsx';

export type TargetDraft = {
  readonly key: number;
  readonly url: string;
  readonly on: boolean;
  readonly allowRemote: boolean;
  /** Comma-separated. */
  readonly events: string;
  readonly locations: string;
  readonly filter: ForwardTarget['filter'];
};

let count = 0;

export function draftOf(target?: ForwardTarget): TargetDraft {
  count += 1;
  const filter = target?.filter ?? { eventTypes: [], profileIds: [], locationIds: [], verdicts: [] };
  return {
    key: count,
    url: target?.url ?? '',
    on: target?.on ?? true,
    allowRemote: target?.allowRemote ?? false,
    events: filter.eventTypes.join(', '),
    locations: filter.locationIds.join(', '),
    filter,
  };
}

/** Rows without an address are left out. */
export function targetsOf(drafts: readonly TargetDraft[]): ForwardTarget[] {
  return drafts
    .filter(({ url }) => url.trim() !== '')
    .map(({ url, on, allowRemote, events, locations, filter }) => ({
      url: url.trim(),
      on,
      allowRemote,
      filter: { ...filter, eventTypes: itemsOf(events), locationIds: itemsOf(locations) },
    }));
}
