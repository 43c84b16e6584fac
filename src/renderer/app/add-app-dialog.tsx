import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { ProfileDraft } from '../../shared/model/profile.ts';
import type { SystemStatus } from '../../shared/model/system.ts';
import { useValue } from '../lib/value.ts';
import { changeSettings } from '../platform/actions.ts';
import { rpc } from '../platform/connection.ts';
import { keys, queryClient, useStatus } from '../platform/queries.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure, Note } from '../ui/notes.tsx';
import { TextField } from '../ui/text-field.tsx';
import { go } from '../lib/route.ts';
import { closeOverlay, overlays } from './overlays.ts';

async function addApp(draft: ProfileDraft): Promise<void> {
  const profile = await rpc.profiles.add(draft);
  await changeSettings({ activeProfile: profile.id });
  await queryClient.invalidateQueries({ queryKey: keys.profiles });
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether the browser, sent to this address, ends up at the ingress. */
function leadsHere(address: string, status: SystemStatus | undefined): boolean {
  const url = URL.parse(address);
  if (url === null || status === undefined) return false;
  if (status.tunnel.publicUrl !== null && url.origin === URL.parse(status.tunnel.publicUrl)?.origin)
    return true;
  return loopback.has(url.hostname) && url.port === String(status.ingress.port);
}

function AddAppForm() {
  const form = useId();
  const [link, setLink] = useState('');
  const [clientId, setClientId] = useState('');
  const [secret, setSecret] = useState('');
  const [name, setName] = useState('');
  const read = useMutation({
    mutationFn: (text: string) => rpc.profiles.readLink({ link: text }),
    onSuccess: (found) => setClientId(found.clientId),
  });
  const add = useMutation({
    mutationFn: addApp,
    onSuccess: () => {
      closeOverlay();
      go('home');
    },
  });
  const found = read.data;
  const status = useStatus();
  const [keepsRedirect, setKeepsRedirect] = useState(false);
  const elsewhere =
    found?.redirectUrl !== undefined && found.redirectUrl !== null && !leadsHere(found.redirectUrl, status)
      ? found.redirectUrl
      : null;

  function submit(): void {
    add.mutate({
      clientId: clientId.trim(),
      ...(secret === '' ? {} : { clientSecret: secret }),
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(found === undefined
        ? {}
        : {
            installLink: link.trim(),
            scopes: found.scopes,
            redirectUrl: elsewhere !== null && !keepsRedirect ? null : found.redirectUrl,
            consentHost: found.consentHost,
          }),
    });
  }

  return (
    <Dialog
      open
      onClose={closeOverlay}
      title="Add app"
      description="One of your Marketplace apps. Everything stays on this machine; the secret goes to the vault."
      footer={
        <>
          <Button onClick={closeOverlay}>Cancel</Button>
          <Button look="primary" submit form={form} busy={add.isPending} disabled={clientId.trim() === ''}>
            Add app
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label="Install link"
          hint="From the developer portal: Manage, Auth, Install link. It holds client id, redirect URL and scopes."
          value={link}
          mono
          placeholder="https://marketplace.gohighlevel.com/v2/oauth/chooselocation?…"
          onChange={(text) => {
            setLink(text);
            if (text.trim() === '') read.reset();
            else read.mutate(text.trim());
          }}
        />
        {read.error !== null && <Failure error={read.error} />}
        {found !== undefined && (
          <Note tone="ok">
            <b>The link names app {found.appId}</b>
            <p className="muted">
              {found.scopes.length} scopes
              {found.redirectUrl === null ? '' : `, redirect URL ${found.redirectUrl}`}
            </p>
          </Note>
        )}
        {elsewhere !== null && (
          <Note tone="warn">
            <b>The link’s redirect URL does not lead to this companion</b>
            <p className="muted">
              Register the companion’s own redirect URL on the app as well; Home shows it. Keep {elsewhere}{' '}
              only if a proxy of yours passes it on to here.
            </p>
            <label className="line">
              <input
                type="checkbox"
                checked={keepsRedirect}
                onChange={(event) => setKeepsRedirect(event.currentTarget.checked)}
              />
              Keep the link’s redirect URL
            </label>
          </Note>
        )}
        <TextField label="Client id" value={clientId} mono onChange={setClientId} required />
        <TextField
          label="Client secret"
          hint="Shown once by the portal, under Auth, Client keys. Can be added later."
          value={secret}
          mono
          secret
          onChange={setSecret}
        />
        <TextField label="Name" hint="How you call it here." value={name} onChange={setName} />
        {add.error !== null && <Failure error={add.error} />}
      </form>
    </Dialog>
  );
}

export function AddAppDialog() {
  const overlay = useValue(overlays);
  return overlay?.kind === 'add-app' ? <AddAppForm /> : null;
}
