import { useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import { TextAreaField } from '../../ui/text-area-field.tsx';
import { useUpdate } from './use-update.ts';

const schemes = [
  { scheme: 'ed25519', label: 'Ed25519 public key (X-GHL-Signature)' },
  { scheme: 'rsa', label: 'RSA public key (X-WH-Signature)' },
] as const;

/** Keys beside HighLevel's own, for the day a key is rotated or a proxy of the developer's signs. */
export function WebhookKeys({ profile }: { readonly profile: Profile }) {
  const own = (scheme: 'ed25519' | 'rsa'): string =>
    profile.keys.find((key) => key.owner === 'profile' && key.scheme === scheme)?.pem ?? '';
  const [pems, setPems] = useState({ ed25519: own('ed25519'), rsa: own('rsa') });
  const save = useUpdate(profile, 'Webhook keys saved');
  return (
    <section className="card" aria-label="Webhook keys">
      <header>
        <h2>Webhook keys</h2>
        <span className="faint small">beside HighLevel’s published ones, which always count</span>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            webhookKeys: schemes.flatMap(({ scheme }) =>
              pems[scheme].trim() === '' ? [] : [{ scheme, pem: pems[scheme] }],
            ),
          });
        }}
      >
        <div className="two-fields">
          {schemes.map(({ scheme, label }) => (
            <TextAreaField
              key={scheme}
              label={label}
              value={pems[scheme]}
              onChange={(text) => setPems({ ...pems, [scheme]: text })}
              placeholder="-----BEGIN PUBLIC KEY-----"
            />
          ))}
        </div>
        <div className="line">
          <Button submit busy={save.isPending}>
            Save keys
          </Button>
        </div>
        {save.error !== null && <Failure error={save.error} />}
      </form>
    </section>
  );
}
