import { Settings2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ForwardingDialog } from './forwarding-dialog.tsx';
import { useForwarding } from './use-forwarding.ts';

/** Where webhooks go on to, and the way to change it. */
export function ForwardingSummary() {
  const state = useForwarding();
  const [open, setOpen] = useState(false);
  if (state === undefined) return null;
  const count = state.targets.filter((target) => target.on).length;
  const addresses = `${count} ${count === 1 ? 'address' : 'addresses'}`;
  return (
    <div className="line forward-summary">
      <span className="muted">
        {state.on ? `Webhooks are forwarded to ${addresses}.` : 'Webhooks are not forwarded.'}
        {state.waiting > 0 && ` ${state.waiting.toLocaleString('en')} wait.`}
      </span>
      <span className="grow" />
      <Button icon={Settings2} onClick={() => setOpen(true)}>
        Forwarding addresses
      </Button>
      {open && <ForwardingDialog state={state} turnsOn={false} onClose={() => setOpen(false)} />}
    </div>
  );
}
