import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { AppProfile } from '../features/app-profile/app-profile.tsx';
import { Exchanges } from '../features/exchanges/exchanges.tsx';
import { Help } from '../features/help/help.tsx';
import { Home } from '../features/home/home.tsx';
import { Install } from '../features/install/install.tsx';
import { CompareScreen } from '../features/relations/compare-screen.tsx';
import { TimelineScreen } from '../features/relations/timeline-screen.tsx';
import { Requests } from '../features/requests/requests.tsx';
import { SettingsScreen } from '../features/settings/settings.tsx';
import { SimulatorScreen } from '../features/simulator/simulator.tsx';
import { Tokens } from '../features/tokens/tokens.tsx';
import { CataloguesDialogs } from '../features/catalogues/catalogues-dialogs.tsx';
import { NoticesDialog } from '../features/notices/notices-dialog.tsx';
import { TransferDialogs } from '../features/transfer/transfer-dialogs.tsx';
import { Webhooks } from '../features/webhooks/webhooks.tsx';
import { go, useRoute, type Screen } from '../lib/route.ts';
import { useShortcuts } from '../lib/shortcuts.ts';
import { useValue } from '../lib/value.ts';
import { connection } from '../platform/connection.ts';
import { cspNonce } from '../platform/nonce.ts';
import { queryClient } from '../platform/queries.ts';
import { AddAppDialog } from './add-app-dialog.tsx';
import { Announcer } from './announcer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Navigation } from './navigation.tsx';
import { NoSession } from './no-session.tsx';
import { overlays } from './overlays.ts';
import { Palette } from './palette.tsx';
import { allScreens, nameOfScreen } from './screens.ts';
import { StatusBar } from './status-bar.tsx';
import { useThemeSetting } from './theme.ts';
import { TopBar } from './top-bar.tsx';

const views: Readonly<Record<Screen, () => React.ReactNode>> = {
  home: Home,
  app: AppProfile,
  install: Install,
  tokens: Tokens,
  webhooks: Webhooks,
  requests: Requests,
  exchanges: Exchanges,
  simulator: SimulatorScreen,
  help: Help,
  settings: SettingsScreen,
  timeline: TimelineScreen,
  compare: CompareScreen,
};

const navigationKeys = Object.fromEntries(allScreens.map((entry) => [entry.keys, () => go(entry.screen)]));

function Shell() {
  const { screen } = useRoute();
  useThemeSetting();
  useShortcuts({
    ...navigationKeys,
    'mod+k': () => overlays.set({ kind: 'palette' }),
    '?': () => go('help'),
  });
  const View = views[screen];
  return (
    <div className="app">
      <TopBar />
      <Navigation />
      <main aria-label={nameOfScreen(screen)}>
        <ErrorBoundary resetKey={screen}>
          <View />
        </ErrorBoundary>
        <ConnectionBanner />
      </main>
      <StatusBar />
      <Palette />
      <AddAppDialog />
      <TransferDialogs />
      <NoticesDialog />
      <CataloguesDialogs />
      <Announcer />
    </div>
  );
}

export function App() {
  const { phase } = useValue(connection.state);
  return (
    <CSPProvider nonce={cspNonce}>
      <QueryClientProvider client={queryClient}>
        {phase === 'no-session' ? <NoSession /> : <Shell />}
      </QueryClientProvider>
    </CSPProvider>
  );
}
