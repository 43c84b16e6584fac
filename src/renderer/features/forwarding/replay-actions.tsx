import { useMutation } from '@tanstack/react-query';
import { Pencil, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { EditReplayDialog } from './edit-replay-dialog.tsx';
import { ForwardingDialog } from './forwarding-dialog.tsx';
import { tellDelivery, useForwarding } from './use-forwarding.ts';

async function replay(id: ExchangeDetail['id']): Promise<void> {
  for await (const { last } of await rpc.forwarding.replay({ ids: [id] }))
    if (last !== null) tellDelivery(last);
}

/** Sends this webhook again, as it came or edited. Without an address it asks for one. */
export function ReplayActions({ exchange }: { readonly exchange: ExchangeDetail }) {
  const state = useForwarding();
  const [dialog, setDialog] = useState<'closed' | 'edit' | 'address'>('closed');
  const sending = useMutation({ mutationFn: () => replay(exchange.id) });
  const replayNow = (): void => {
    if (state === undefined || sending.isPending) return;
    if (state.targets.some((target) => target.on)) run(() => sending.mutateAsync());
    else setDialog('address');
  };
  useShortcuts({ r: replayNow, e: () => setDialog('edit') });
  return (
    <>
      <Button look="quiet" icon={RotateCw} keys="R" busy={sending.isPending} onClick={replayNow}>
        Replay
      </Button>
      <Button look="quiet" icon={Pencil} keys="E" onClick={() => setDialog('edit')}>
        Edit and replay
      </Button>
      {dialog === 'edit' && <EditReplayDialog exchange={exchange} onClose={() => setDialog('closed')} />}
      {dialog === 'address' && state !== undefined && (
        <ForwardingDialog state={state} turnsOn={false} onClose={() => setDialog('closed')} />
      )}
    </>
  );
}
