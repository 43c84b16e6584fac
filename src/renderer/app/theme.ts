/** The theme on the document element. The view state mirrors the setting, so that nothing flashes at the start. */
import { useEffect } from 'react';
import { useSettings } from '../platform/queries.ts';
import { useView, view } from '../lib/view-state.ts';

const light = window.matchMedia('(prefers-color-scheme: light)');

function apply(): void {
  const { theme } = useView.getState();
  const shown = theme === 'system' ? (light.matches ? 'light' : 'dark') : theme;
  document.documentElement.dataset['theme'] = shown;
}

export function startTheme(): void {
  apply();
  useView.subscribe(apply);
  light.addEventListener('change', apply);
}

/** The setting wins over what this window remembers. */
export function useThemeSetting(): void {
  const theme = useSettings()?.theme;
  useEffect(() => {
    if (theme !== undefined && theme !== useView.getState().theme) view.set({ theme });
  }, [theme]);
}
