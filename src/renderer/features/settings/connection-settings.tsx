import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../../shared/model/system.ts';
import { changeSettings, run } from '../../platform/actions.ts';
import { useSettings } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Whether tokens are refreshed by themselves, and which way token and API calls take to HighLevel. */
export function ConnectionSettings() {
  const settings = useSettings();
  if (settings === undefined) return null;
  return (
    <>
      <RefreshSettings on={settings.autoRefresh} />
      <NetworkSettings network={settings.network} />
    </>
  );
}

function RefreshSettings({ on }: { readonly on: boolean }) {
  return (
    <section className="card" aria-label="Token refresh">
      <header>
        <h2>Token refresh</h2>
        <span className="faint small">
          {on
            ? 'Tokens are refreshed ten minutes ahead of their end, and when HighLevel refuses them.'
            : 'Tokens are refreshed only when you ask for it; one that has expired cannot be used until then.'}
        </span>
        <span className="grow" />
        <span className="segments" role="group" aria-label="Automatic refresh">
          {[true, false].map((choice) => (
            <button
              key={String(choice)}
              type="button"
              aria-pressed={choice === on}
              onClick={() => run(() => changeSettings({ autoRefresh: choice }))}
            >
              {choice ? 'Automatic' : 'By hand'}
            </button>
          ))}
        </span>
      </header>
    </section>
  );
}

function NetworkSettings({ network }: { readonly network: Settings['network'] }) {
  const [proxy, setProxy] = useState(network.proxy ?? '');
  const [caFile, setCaFile] = useState(network.caFile ?? '');
  const save = useMutation({ mutationFn: changeSettings });
  const next = { proxy: given(proxy), caFile: given(caFile) };
  const isChanged = next.proxy !== network.proxy || next.caFile !== network.caFile;
  return (
    <section className="card" aria-label="Network">
      <header>
        <h2>Network</h2>
        <span className="faint small">
          for token and API calls and the public address; never for addresses of this machine
        </span>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged) save.mutate({ network: next });
        }}
      >
        <TextField
          label="Proxy"
          mono
          value={proxy}
          onChange={setProxy}
          placeholder="http://proxy.example.com:8080"
          hint="Empty: HTTPS_PROXY and HTTP_PROXY of the environment, where a password may stand as well."
        />
        <div className="line end-aligned">
          <TextField
            label="Certificate authorities"
            mono
            value={caFile}
            onChange={setCaFile}
            placeholder="/path/to/authorities.pem"
            hint="A PEM file, trusted beside the usual ones and NODE_EXTRA_CA_CERTS."
          />
          <Button submit disabled={!isChanged} busy={save.isPending}>
            Save network
          </Button>
        </div>
        {save.error !== null && <Failure error={save.error} />}
      </form>
    </section>
  );
}

function given(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
