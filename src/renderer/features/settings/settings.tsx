import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { theme as themeSchema, type SystemStatus } from '../../../shared/model/system.ts';
import { changeSettings, run, setTheme } from '../../platform/actions.ts';
import { useSettings, useStatus } from '../../platform/queries.ts';
import { href } from '../../lib/route.ts';
import { useView } from '../../lib/view-state.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AddressSettings } from './address-settings.tsx';
import { ConnectionSettings } from './connection-settings.tsx';
import { NotificationSettings } from './notification-settings.tsx';
import { Doctor } from './doctor.tsx';
import { RetentionSettings } from './retention-settings.tsx';
import { VaultSettings } from './vault-settings.tsx';

const themeWords = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;

function ThemeSettings() {
  const current = useView((state) => state.theme);
  return (
    <section className="card" aria-label="Look">
      <header>
        <h2>Look</h2>
        <span className="grow" />
        <span className="segments" role="group" aria-label="Theme">
          {themeSchema.options.map((theme) => (
            <button
              key={theme}
              type="button"
              aria-pressed={theme === current}
              onClick={() => run(() => setTheme(theme))}
            >
              {themeWords[theme]}
            </button>
          ))}
        </span>
      </header>
    </section>
  );
}

function IngressSettings({ status }: { readonly status: SystemStatus }) {
  const settings = useSettings();
  const [port, setPort] = useState<string | null>(null);
  const save = useMutation({ mutationFn: changeSettings, onSuccess: () => setPort(null) });
  const shown = port ?? String(settings?.ingressPort ?? '');
  const number = Number(shown);
  const valid = /^\d{1,5}$/.test(shown) && number <= 65_535;
  return (
    <section className="card" aria-label="Ingress">
      <header>
        <h2>Ingress</h2>
        <span className="faint small">the one listener that HighLevel reaches</span>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (valid) save.mutate({ ingressPort: number });
        }}
      >
        {status.ingress.error !== null && <Note tone="bad">{status.ingress.error}</Note>}
        {status.ingress.url !== null && <CopyField text={status.ingress.url} what="ingress address" />}
        <div className="line end-aligned">
          <TextField
            label="Port"
            mono
            value={shown}
            onChange={setPort}
            hint={
              valid
                ? 'It is part of every local redirect URL. Used from the next start.'
                : 'A port is a number from 0 to 65535.'
            }
          />
          <Button submit disabled={port === null || !valid} busy={save.isPending}>
            Save port
          </Button>
        </div>
        {save.error !== null && <Failure error={save.error} />}
      </form>
    </section>
  );
}

const hostWords = {
  electron: 'desktop app',
  web: 'browser, served on this machine',
  cli: 'command line',
} as const;

export function SettingsScreen() {
  const status = useStatus();
  if (status === undefined) return null;
  return (
    <div className="page">
      <div className="measure">
        <h1 className="page-title">Settings</h1>
        <ThemeSettings />
        <AddressSettings />
        <IngressSettings status={status} />
        <section className="card" aria-label="Apps">
          <header>
            <h2>Apps</h2>
            <span className="faint small">credentials, install link, scopes, addresses and routes</span>
            <span className="grow" />
            <a className="btn" href={href('app')}>
              Manage app…
            </a>
          </header>
        </section>
        <NotificationSettings />
        <ConnectionSettings />
        <RetentionSettings />
        <VaultSettings vault={status.vault} />
        <Doctor />
        <section className="card" aria-label="About">
          <header>
            <h2>About</h2>
          </header>
          <div className="inside">
            <dl className="facts">
              <dt>Version</dt>
              <dd className="mono">{status.version}</dd>
              <dt>Runs as</dt>
              <dd>{hostWords[status.host]}</dd>
              <dt>Data folder</dt>
              <dd>
                <CopyField text={status.dataDir} what="data folder" />
              </dd>
              <dt>Telemetry</dt>
              <dd>None. Only this machine and HighLevel ever see a token.</dd>
            </dl>
          </div>
        </section>
      </div>
    </div>
  );
}
