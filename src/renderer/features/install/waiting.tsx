import { ArrowUpRight, QrCode, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import type { InstallProgress } from '../../../shared/model/token.ts';
import { useNow } from '../../lib/time.ts';
import { openOutside, run, useBeginInstall } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Failure } from '../../ui/notes.tsx';
import { WaitingSince } from '../../ui/time.tsx';
import { LinkQr } from './link-qr.tsx';
import { waitingHints, type WaitingHint } from './waiting-hints.ts';

function Hints({ hints }: { readonly hints: readonly WaitingHint[] }) {
  return (
    <ul className="bullets muted">
      {hints.map(({ title, sentence }) => (
        <li key={title}>
          <b>{title}.</b> {sentence}
        </li>
      ))}
    </ul>
  );
}

type WaitingProps = { readonly progress: InstallProgress; readonly profile: Profile };

export function Waiting({ progress, profile }: WaitingProps) {
  const now = useNow();
  const [qr, setQr] = useState(false);
  const begin = useBeginInstall();
  const link = progress.installUrl;
  const hints = waitingHints(profile, link);
  const waited = progress.startedAt === null ? 0 : now - progress.startedAt;
  const due = hints.filter(({ after }) => after <= waited);
  const later = hints.filter(({ after }) => after > waited);
  const exchanging = progress.phase === 'exchanging';
  return (
    <section className="card" aria-label="Waiting">
      <header>
        <span className="dot live info" aria-hidden />
        <h2>{exchanging ? 'Exchanging the code' : 'Waiting for the callback'}</h2>
        <span className="grow" />
        <span className="muted small">
          {progress.startedAt !== null && <WaitingSince at={progress.startedAt} />}
        </span>
      </header>
      <div className="inside stack">
        <p className="muted">
          {exchanging
            ? 'The code has come and is being exchanged for a token.'
            : 'In the tab that opened: choose a sub-account or agency, then agree. HighLevel sends the browser back here with a code, which is exchanged at once. It does not say when it refuses.'}
        </p>
        {link !== null && <CopyField text={link} what="install link" oneLine />}
        {qr && link !== null && <LinkQr link={link} />}
        {due.length > 0 && !exchanging && (
          <div role="status">
            <b>Nothing yet. What does the tab show?</b>
            <Hints hints={due.toReversed()} />
          </div>
        )}
        {later.length > 0 && !exchanging && (
          <details>
            <summary>{due.length === 0 ? 'It does not come?' : 'Something else?'}</summary>
            <Hints hints={later} />
          </details>
        )}
        {begin.error !== null && <Failure error={begin.error} />}
        <div className="line">
          {link !== null && (
            <Button icon={ArrowUpRight} onClick={() => run(() => openOutside(link))}>
              Open it again
            </Button>
          )}
          {link !== null && (
            <Button look="quiet" icon={QrCode} aria-expanded={qr} onClick={() => setQr(!qr)}>
              QR code
            </Button>
          )}
          <Button
            look="quiet"
            icon={RotateCcw}
            busy={begin.isPending}
            disabled={exchanging}
            onClick={() => begin.mutate(profile.id)}
          >
            Begin again
          </Button>
          <Button look="quiet" disabled={exchanging} onClick={() => run(() => rpc.install.cancel())}>
            Cancel install
          </Button>
        </div>
      </div>
    </section>
  );
}
