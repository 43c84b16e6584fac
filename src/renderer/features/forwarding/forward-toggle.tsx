import { Forward } from 'lucide-react';
import { useState } from 'react';
import { toast } from '../../lib/notices.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { toProblem } from '../../platform/problem.ts';
import { Button } from '../../ui/button.tsx';
import { ForwardingDialog } from './forwarding-dialog.tsx';
import { useForwarding, useSetForwarding } from './use-forwarding.ts';

/** Live forwarding on and off in one key; without an address it asks for one. */
export function ForwardToggle() {
  const state = useForwarding();
  const save = useSetForwarding();
  const [asking, setAsking] = useState(false);
  const isOn = state?.on ?? false;
  const toggle = (): void => {
    if (state === undefined) return;
    if (!isOn && !state.targets.some((target) => target.on)) setAsking(true);
    else
      save.mutate(
        { on: !isOn },
        {
          onSuccess: ({ on }) => toast(on ? 'Webhooks are forwarded' : 'Webhooks are not forwarded'),
          onError: (error) => toast(toProblem(error).message),
        },
      );
  };
  useShortcuts({ f: toggle });
  return (
    <>
      <Button
        look="quiet"
        className="forward-toggle"
        icon={Forward}
        aria-label="Forward webhooks"
        aria-pressed={isOn}
        disabled={state === undefined}
        aria-keyshortcuts="F"
        title={isOn ? 'Webhooks are forwarded; stop (F)' : 'Forward webhooks to your server (F)'}
        onClick={toggle}
      />
      {asking && state !== undefined && (
        <ForwardingDialog state={state} turnsOn onClose={() => setAsking(false)} />
      )}
    </>
  );
}
