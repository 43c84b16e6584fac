import { useEffect } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { useDevelopmentKey, useUsualTarget } from '../forwarding/use-forwarding.ts';
import { change, form } from './trigger-form.ts';
import type { TriggerForm } from './trigger-form.ts';

function KeyLine() {
  const { data, error } = useDevelopmentKey();
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return null;
  return (
    <>
      <p className="muted small">With this line in its environment your server trusts what is signed here:</p>
      <CopyField text={data.environmentLine} what="environment variable" oneLine />
    </>
  );
}

function OwnCompanion({ profile, ownUrl }: { readonly profile: Profile; readonly ownUrl: string | null }) {
  if (ownUrl === null)
    return <Note tone="warn">The companion does not listen. See the status bar for the reason.</Note>;
  return (
    <p className="muted small">
      Over HTTP to <span className="mono">{ownUrl}</span>.{' '}
      {profile.environment === 'live'
        ? `${profile.name} is a live app, so it arrives as signed by a development key, which does not count there.`
        : 'It arrives verified, signed by the development key.'}
    </p>
  );
}

type DestinationProps = { readonly profile: Profile; readonly written: TriggerForm };

/** Where the webhook goes: the companion's own listener, or a server of the developer's. */
export function Destination({ profile, written }: DestinationProps) {
  const { toOwn, url, allowRemote, draft } = written;
  const usual = useUsualTarget();
  useEffect(() => {
    if (usual !== undefined && form.get().url === '')
      change({ url: usual.url, allowRemote: usual.allowRemote });
  }, [usual]);
  return (
    <div className="destination">
      <div className="line wrap">
        <span className="segments" role="group" aria-label="Destination">
          <button type="button" aria-pressed={toOwn} onClick={() => change({ toOwn: true })}>
            This companion
          </button>
          <button type="button" aria-pressed={!toOwn} onClick={() => change({ toOwn: false })}>
            Another server
          </button>
        </span>
        {!toOwn && (
          <CheckField
            label="May be outside this machine"
            checked={allowRemote}
            onChange={(allowed) => change({ allowRemote: allowed })}
          />
        )}
      </div>
      {toOwn ? (
        <OwnCompanion profile={profile} ownUrl={draft === null ? '' : draft.ownUrl} />
      ) : (
        <>
          <TextField
            label="Address of the server"
            value={url}
            onChange={(text) => change({ url: text })}
            placeholder="http://localhost:3000/webhooks"
            mono
          />
          <KeyLine />
        </>
      )}
    </div>
  );
}
