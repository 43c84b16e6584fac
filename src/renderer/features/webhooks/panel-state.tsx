import { LoaderCircle } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';

type PanelStateProps = {
  readonly what: string;
  readonly error: unknown;
  readonly onRetry: () => void;
};

/** A panel that waits for its answer, or did not get one. */
export function PanelState({ what, error, onRetry }: PanelStateProps) {
  if (error !== null && error !== undefined)
    return <Failure error={error} action={<Button onClick={onRetry}>Try again</Button>} />;
  return (
    <div className="loading-pane" role="status">
      <LoaderCircle className="spin" aria-hidden />
      <span className="unseen">{what}</span>
    </div>
  );
}
