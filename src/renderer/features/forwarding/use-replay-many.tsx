import { useState } from 'react';
import { mostIds, type ExchangeSelection } from '../../../shared/model/care.ts';
import { exchangeId } from '../../../shared/model/ids.ts';
import { toast } from '../../lib/notices.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { idsOf } from '../exchanges/care-actions.ts';
import { ForwardingDialog } from './forwarding-dialog.tsx';
import { useForwarding } from './use-forwarding.ts';

async function replayAll(selection: ExchangeSelection): Promise<void> {
  const ids = (await idsOf(selection, mostIds)).map((id) => exchangeId.parse(id));
  let words = 'Nothing was sent.';
  for await (const { total, done, failed } of await rpc.forwarding.replay({ ids })) {
    words = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} sent${
      failed === 0 ? '' : `, ${failed.toLocaleString('en')} without an answer`
    }.`;
  }
  toast(words);
}

/** Sends a selection again, to the targets that are on; asks for an address where there is none. */
export function useReplayMany() {
  const state = useForwarding();
  const [asking, setAsking] = useState(false);
  return {
    replay(selection: ExchangeSelection): void {
      if (state === undefined) return;
      if (state.targets.some((target) => target.on)) run(() => replayAll(selection));
      else setAsking(true);
    },
    dialog: asking && state !== undefined && (
      <ForwardingDialog state={state} turnsOn={false} onClose={() => setAsking(false)} />
    ),
  };
}
