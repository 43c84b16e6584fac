/** The screen shown, kept in the address: `#/webhooks/<exchange>`, `#/timeline/contact/<id>`. */
import { useSyncExternalStore } from 'react';
import { useView, view } from './view-state.ts';

export const screens = [
  'home',
  'app',
  'install',
  'tokens',
  'webhooks',
  'requests',
  'exchanges',
  'simulator',
  'help',
  'settings',
  'timeline',
  'compare',
] as const;
export type Screen = (typeof screens)[number];

export type Route = { readonly screen: Screen; readonly item: string | null };

const isScreen = (text: string): text is Screen => screens.some((screen) => screen === text);

/** A query that came with the address goes to the list's search field, and out of the address. */
function takeQuery(): void {
  const [before = '', query] = location.hash.split('?q=');
  if (query === undefined) return;
  const { screen } = parse(before);
  try {
    view.setQuery(screen, decodeURIComponent(query));
  } catch {
    // A link that was cut off shows the list as it was.
  }
  history.replaceState(null, '', before);
}

function parse(hash: string): Route {
  const [, screen = '', ...items] = hash.replace(/^#/, '').replace(/\?.*/s, '').split('/');
  if (!isScreen(screen)) return { screen: 'home', item: null };
  return { screen, item: items.length === 0 ? null : items.map(decodeURIComponent).join('/') || null };
}

let current = parse(location.hash);

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
};

window.addEventListener('hashchange', () => {
  takeQuery();
  current = parse(location.hash);
  view.set({ lastRoute: location.hash.replace(/^#/, '') });
});

export const href = (screen: Screen, item?: string | null): string =>
  `#/${screen}${item === undefined || item === null ? '' : `/${item.split('/').map(encodeURIComponent).join('/')}`}`;

/** Without an item: to the screen as it was left, which leaves one that is on screen as it is. */
export function go(screen: Screen, item?: string | null): void {
  if (item === undefined && current.screen === screen) return;
  location.hash = href(screen, item);
}

/** Changes the item without a step in the history, for moving through a list. */
export function goInPlace(screen: Screen, item: string | null): void {
  history.replaceState(null, '', href(screen, item));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** To where the window was left, unless the address already names a screen. */
export function restoreRoute(): void {
  if (!location.hash.startsWith('#/')) history.replaceState(null, '', `#${useView.getState().lastRoute}`);
  takeQuery();
  current = parse(location.hash);
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, () => current);
}
