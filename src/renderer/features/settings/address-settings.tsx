import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { tunnelKinds, type TunnelState } from '../../../shared/model/system.ts';
import { addressWords } from '../../app/address-words.ts';
import { duration, stopwatch, useNow } from '../../lib/time.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient, useSettings, useStatus } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Ago, ClockTime } from '../../ui/time.tsx';

type Kind = (typeof tunnelKinds)[number];
const kindWords: Readonly<Record<Kind, { name: string; text: string }>> = {
  none: {
    name: 'None',
    text: 'Local only. Enough for the simulator, and for installs in this machine’s browser.',
  },
  url: {
    name: 'An address I have',
    text: 'A reverse proxy or tunnel of your own that leads to the ingress.',
  },
  ngrok: {
    name: 'ngrok',
    text: 'The companion runs the ngrok agent and keeps it up. Takes a free authtoken.',
  },
};

function NextAttempt({ at }: { readonly at: number }) {
  const now = useNow();
  return <span className="muted"> Next attempt in {stopwatch(at - now)}.</span>;
}

function AddressState({ tunnel }: { readonly tunnel: TunnelState }) {
  const test = useMutation({ mutationFn: () => rpc.tunnel.selfTest() });
  const start = useMutation({ mutationFn: () => rpc.tunnel.start() });
  const stop = useMutation({ mutationFn: () => rpc.tunnel.stop() });
  const result = test.data ?? tunnel.selfTest;
  const { tone, word } = addressWords(tunnel);
  const error = test.error ?? start.error ?? stop.error;
  if (tunnel.kind === 'none') return null;
  return (
    <div className="stack">
      <div className="line wrap">
        <span className={`line ${tone}`}>
          <span className={tunnel.status === 'starting' ? 'dot live' : 'dot'} aria-hidden />
          <b>{word}</b>
        </span>
        <span className="muted">
          {tunnel.since !== null && (
            <>
              since <ClockTime at={tunnel.since} />
            </>
          )}
        </span>
        <span className="grow" />
        {tunnel.publicUrl !== null && (
          <Button busy={test.isPending} onClick={() => test.mutate()}>
            Test from outside
          </Button>
        )}
        {tunnel.status === 'off' || tunnel.status === 'failed' ? (
          <Button busy={start.isPending} onClick={() => start.mutate()}>
            Start
          </Button>
        ) : (
          <Button look="quiet" busy={stop.isPending} onClick={() => stop.mutate()}>
            Stop
          </Button>
        )}
      </div>
      {tunnel.error !== null && (
        <Note tone={tunnel.status === 'failed' ? 'bad' : 'warn'}>
          {tunnel.error}
          {tunnel.nextAttemptAt !== null && <NextAttempt at={tunnel.nextAttemptAt} />}
        </Note>
      )}
      {tunnel.publicUrl !== null && <CopyField text={tunnel.publicUrl} what="public address" />}
      {result !== null && (
        <Note tone={result.ok ? 'ok' : 'bad'}>
          {result.sentence}{' '}
          <span className="muted">
            {duration(result.durationMs)}, <Ago at={result.at} />
          </span>
        </Note>
      )}
      {error !== null && <Failure error={error} />}
    </div>
  );
}

export function AddressSettings() {
  const settings = useSettings();
  const tunnel = useStatus()?.tunnel;
  const [kind, setKind] = useState<Kind | null>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [domain, setDomain] = useState<string | null>(null);
  const [authtoken, setAuthtoken] = useState('');
  const configure = useMutation({
    mutationFn: (next: Parameters<typeof rpc.tunnel.configure>[0]) => rpc.tunnel.configure(next),
    onSuccess: () => {
      setAuthtoken('');
      void queryClient.invalidateQueries({ queryKey: keys.settings });
    },
  });
  if (settings === undefined || tunnel === undefined) return null;
  const chosen = kind ?? settings.tunnel.kind;
  const shownUrl = url ?? settings.tunnel.url ?? '';
  const shownDomain = domain ?? settings.tunnel.domain ?? '';
  return (
    <section className="card" aria-labelledby="address-title">
      <header>
        <h2 id="address-title">Public address</h2>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          configure.mutate({
            kind: chosen,
            url: shownUrl.trim() === '' ? null : shownUrl.trim(),
            domain: shownDomain.trim() === '' ? null : shownDomain.trim(),
            ...(authtoken === '' ? {} : { authtoken }),
          });
        }}
      >
        <fieldset className="choices">
          <legend className="unseen">How HighLevel reaches this machine</legend>
          {tunnelKinds.map((one) => (
            <label key={one} className={one === chosen ? 'choice on' : 'choice'}>
              <input type="radio" name="address" checked={one === chosen} onChange={() => setKind(one)} />
              <b>{kindWords[one].name}</b>
              <span className="muted small">{kindWords[one].text}</span>
            </label>
          ))}
        </fieldset>
        {chosen === 'url' && (
          <TextField
            label="Address"
            value={shownUrl}
            mono
            placeholder="https://hooks.example.dev"
            onChange={setUrl}
          />
        )}
        {chosen === 'ngrok' && (
          <>
            <TextField
              label="Authtoken"
              secret
              mono
              value={authtoken}
              onChange={setAuthtoken}
              hint={
                tunnel.hasAuthtoken
                  ? 'One is in the vault. Type another to replace it.'
                  : 'From dashboard.ngrok.com, Your Authtoken. Goes to the vault.'
              }
            />
            <TextField
              label="Domain"
              mono
              value={shownDomain}
              onChange={setDomain}
              placeholder="my-app.ngrok.app"
              hint="Your account’s own domain, so that the address stays the same. Empty lets ngrok choose."
            />
          </>
        )}
        <div className="line">
          <Button look="primary" submit busy={configure.isPending}>
            Save address
          </Button>
        </div>
        {configure.error !== null && <Failure error={configure.error} />}
        <AddressState tunnel={tunnel} />
      </form>
    </section>
  );
}
