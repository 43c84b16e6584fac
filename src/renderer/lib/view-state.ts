/** How the window was left, so that it comes back that way. View state only: the truth lives in the core. */
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { BodyMode } from './body-format.ts';

/** Which columns a list shows, in their order, and how wide; in px where someone has set it. */
export type ColumnLayout = {
  readonly shown: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
};

type ViewState = {
  readonly theme: 'system' | 'light' | 'dark';
  readonly lastRoute: string;
  readonly layouts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The query of each list, as typed. */
  readonly queries: Readonly<Record<string, string>>;
  /** Queries to come back to, by list. */
  readonly savedQueries: Readonly<Record<string, readonly string[]>>;
  readonly columns: Readonly<Record<string, ColumnLayout>>;
  /** Rows up to here have been there before: they are not new. */
  readonly readUpTo: Readonly<Record<string, number>>;
  readonly bodyMode: BodyMode;
  /** Whether the webhooks that followed a call are in sight beside its answer. */
  readonly followedOpen: boolean;
  /** Of the code for a request: its language, and whether variables keep their names in it. */
  readonly code: { readonly language: string; readonly named: boolean };
};

const initial: ViewState = {
  theme: 'system',
  lastRoute: '/home',
  layouts: {},
  queries: {},
  savedQueries: {},
  columns: {},
  readUpTo: {},
  bodyMode: 'Pretty',
  followedOpen: true,
  code: { language: 'curl', named: false },
};

export const useView = create<ViewState>()(
  persist(() => initial, {
    name: 'companion.view',
    version: 1,
  }),
);

export const view = {
  set(changes: Partial<ViewState>): void {
    useView.setState(changes);
  },
  setLayout(group: string, layout: Readonly<Record<string, number>>): void {
    useView.setState((state) => ({ layouts: { ...state.layouts, [group]: layout } }));
  },
  setQuery(list: string, query: string): void {
    useView.setState((state) => ({ queries: { ...state.queries, [list]: query } }));
  },
  setSavedQueries(list: string, queries: readonly string[]): void {
    useView.setState((state) => ({ savedQueries: { ...state.savedQueries, [list]: queries } }));
  },
  /** Null: as they were at first. */
  setColumns(list: string, layout: ColumnLayout | null): void {
    useView.setState((state) => {
      const { [list]: _before, ...others } = state.columns;
      return { columns: layout === null ? others : { ...others, [list]: layout } };
    });
  },
  setReadUpTo(list: string, seq: number): void {
    useView.setState((state) => ({ readUpTo: { ...state.readUpTo, [list]: seq } }));
  },
};
