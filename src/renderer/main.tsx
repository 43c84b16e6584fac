import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import './ui/base.css';
import './ui/controls.css';
import './ui/surfaces.css';
import './ui/overlays.css';
import './app/shell.css';
import './features/exchanges/exchanges.css';
import './features/exchanges/query.css';
import './features/exchanges/care.css';
import './features/home/home.css';
import './features/requests/requests.css';
import './features/runs/runs.css';
import './features/variables/variables.css';
import './features/features.css';
import './features/app-profile/app-profile.css';
import './features/forwarding/forwarding.css';
import './features/settings/retention.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startTheme } from './app/theme.ts';
import { restoreRoute } from './lib/route.ts';
import { connection } from './platform/connection.ts';
import { startLive } from './platform/live.ts';
import { startNotifications } from './platform/notifications.ts';

startTheme();
connection.start();
restoreRoute();
startLive();
startNotifications();
// A new link pasted into this very tab changes nothing but the fragment: take it up as a new start.
window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#code=')) location.reload();
});

const root = document.querySelector('#root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
