import { connection } from '../platform/connection.ts';
import { useValue } from '../lib/value.ts';
import { ClockTime } from '../ui/time.tsx';
import { Note } from '../ui/notes.tsx';

/** Only when the connection has really gone: the first half second of a reconnection is not worth a word. */
export function ConnectionBanner() {
  const state = useValue(connection.state);
  if (state.phase !== 'lost' || state.attempt < 2) return null;
  return (
    <div className="banner" role="status">
      <Note
        tone="warn"
        action={
          <button type="button" className="btn" onClick={connection.retryNow}>
            Try now
          </button>
        }
      >
        <b>
          Reconnecting since <ClockTime at={state.since} />
        </b>
        <p className="muted">
          What you see is from before. If the companion was stopped, start it again; what it had acknowledged
          is on disk.
        </p>
      </Note>
    </div>
  );
}
