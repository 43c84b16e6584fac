import { useMutation } from '@tanstack/react-query';
import { Unplug } from 'lucide-react';
import { useState } from 'react';
import type { TokenSummary } from '../../../shared/model/token.ts';
import { toast } from '../../lib/notices.ts';
import { goInPlace } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/notes.tsx';
import { tokenName } from './token-row.ts';

/** Uninstalls through HighLevel's API, once it is said what that takes away. */
export function Uninstall({ token }: { readonly token: TokenSummary }) {
  const [asking, setAsking] = useState(false);
  const uninstall = useMutation({
    mutationFn: () => rpc.tokens.uninstall({ id: token.id }),
    onSuccess: async ({ forgotten }) => {
      toast(`Uninstalled. ${forgotten === 1 ? 'Its token is' : `${forgotten} tokens are`} forgotten here.`);
      await queryClient.invalidateQueries({ queryKey: keys.tokens });
      goInPlace('tokens', null);
    },
  });
  const agency = token.userType === 'Company';
  return (
    <section className="card" aria-label="Uninstall">
      <div className="inside stack">
        <p className="muted">
          {agency
            ? 'Uninstalling ends the app in this agency and in every sub-account it was installed in, with all their tokens.'
            : 'Uninstalling ends the app in this sub-account. HighLevel sends an UNINSTALL webhook.'}{' '}
          Needs the scope oauth.write.
        </p>
        {uninstall.error !== null && <Failure error={uninstall.error} />}
        <div className="line">
          <Button
            look="quiet danger"
            icon={Unplug}
            busy={uninstall.isPending}
            disabled={token.status === 'dead'}
            onClick={() => setAsking(true)}
          >
            Uninstall from {agency ? 'the agency' : 'the sub-account'}…
          </Button>
        </div>
      </div>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={`Uninstall the app from ${tokenName(token)}?`}
        action="Uninstall"
        onConfirm={() => uninstall.mutate()}
      >
        HighLevel removes the app from {agency ? 'this agency and all its sub-accounts' : 'this sub-account'}.
        The tokens stop working at once and are forgotten here. Only a new install brings them back.
      </Confirm>
    </section>
  );
}
