import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RetentionState } from '../../../shared/model/care.ts';
import { size } from '../../lib/bytes.ts';
import { toast } from '../../lib/notices.ts';
import { ago, exactTime, span, useNow } from '../../lib/time.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { queryClient } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { counted, undoDeletion } from '../exchanges/care-actions.ts';

/** What was deleted by hand and can be brought back, and the space the database holds. */
export function DeletedExchanges({ state }: { readonly state: RetentionState }) {
  const now = useNow(30_000);
  const [asking, setAsking] = useState(false);
  const { data: deletions } = useQuery({
    queryKey: ['deletions'],
    queryFn: () => rpc.exchanges.deletions(),
    staleTime: 0,
  });
  const empty = useMutation({
    mutationFn: () => rpc.exchanges.emptyDeleted(),
    onSuccess: async () => {
      for (const key of ['deletions', 'retention']) await queryClient.invalidateQueries({ queryKey: [key] });
      toast('What was deleted is gone for good.');
    },
  });
  const some = deletions !== undefined && deletions.length > 0;
  return (
    <div className="inside stack deleted" role="group" aria-label="Deleted exchanges">
      {some && (
        <ul>
          {deletions.map(({ number, at, until, count }) => (
            <li key={number} className="line">
              <span>
                {counted(count)} deleted <span title={exactTime(at)}>{ago(at, now)}</span>
              </span>
              <span className="faint small" title={exactTime(until)}>
                gone for good in {span(until - now)}
              </span>
              <span className="grow" />
              <Button onClick={() => run(() => undoDeletion(number))}>Bring back</Button>
            </li>
          ))}
        </ul>
      )}
      {empty.error !== null && <Failure error={empty.error} />}
      <div className="line">
        <span className="muted small grow">
          The database takes {size(state.databaseBytes)}, {size(state.freeBytes)} of it free: new exchanges
          fill it before it grows. Bodies over 256 KiB are files and go at once.
        </span>
        {some && (
          <Button look="danger" busy={empty.isPending} onClick={() => setAsking(true)}>
            Remove for good now
          </Button>
        )}
      </div>
      <Confirm
        open={asking}
        title="Remove for good what was deleted?"
        action="Remove for good"
        onConfirm={() => empty.mutate()}
        onClose={() => setAsking(false)}
      >
        {`${counted((deletions ?? []).reduce((sum, { count }) => sum + count, 0))} can then no longer be brought back.`}
      </Confirm>
    </div>
  );
}
