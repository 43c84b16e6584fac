/** How the window was left, so that it comes back that way. View state only: the truth lives in the core. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Purpose } from '../../shared/model/exchange.ts';
import type { RateLimit } from '../../shared/model/request.ts';
import type { BodyMode } from './body-format.ts';
import type { verdictWords } from './words.ts';

export type ListFilter = {
  readonly search: string;
  readonly eventTypes: readonly string[];
  readonly verdicts: readonly (keyof typeof verdictWords)[];
  readonly purposes: readonly Purpose[];
};

export const noFilter: ListFilter = { search: '', eventTypes: [], verdicts: [], purposes: [] };

type ViewState = {
  readonly theme: 'system' | 'light' | 'dark';
  readonly lastRoute: string;
  readonly layouts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly filters: Readonly<Record<string, ListFilter>>;
  /** Rows up to here have been there before: they are not new. */
  readonly readUpTo: Readonly<Record<string, number>>;
  readonly bodyMode: BodyMode;
  /** What the last answer of the API said about its limits. Not persisted. */
  readonly rateLimit: RateLimit | null;
};

const initial: ViewState = {
  theme: 'system',
  lastRoute: '/home',
  layouts: {},
  filters: {},
  readUpTo: {},
  bodyMode: 'Pretty',
  rateLimit: null,
};

export const useView = create<ViewState>()(
  persist(() => initial, {
    name: 'companion.view',
    version: 1,
    partialize: (state) => ({ ...state, rateLimit: null }),
  }),
);

export const view = {
  set(changes: Partial<ViewState>): void {
    useView.setState(changes);
  },
  setLayout(group: string, layout: Readonly<Record<string, number>>): void {
    useView.setState((state) => ({ layouts: { ...state.layouts, [group]: layout } }));
  },
  setFilter(list: string, filter: ListFilter): void {
    useView.setState((state) => ({ filters: { ...state.filters, [list]: filter } }));
  },
  setReadUpTo(list: string, seq: number): void {
    useView.setState((state) => ({ readUpTo: { ...state.readUpTo, [list]: seq } }));
  },
};
