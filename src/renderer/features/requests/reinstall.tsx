import { useMutation } from '@tanstack/react-query';
import { Copy, ExternalLink } from 'lucide-react';
import { portalHost } from '../../../shared/highlevel/hosts.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import { copyText } from '../../lib/clipboard.ts';
import { href } from '../../lib/route.ts';
import { beginInstall, openOutside, run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';
import './reinstall.css';

type ReinstallProps = {
  readonly profile: Profile;
  /** What the operation needs and the token was not given. */
  readonly scopes: readonly string[];
};

/** The install link with the scopes that a token lacks, ready to be opened or copied. */
export function Reinstall({ profile, scopes }: ReinstallProps) {
  const installing = useMutation({ mutationFn: () => beginInstall(profile.id, [...scopes]) });
  const copying = useMutation({
    mutationFn: async () => {
      const { installUrl } = await rpc.install.begin({
        profileId: profile.id,
        openBrowser: false,
        addScopes: [...scopes],
      });
      await copyText(installUrl, 'Reinstall link');
    },
  });
  const error = installing.error ?? copying.error;
  const them = scopes.length === 1 ? 'it' : 'them';
  return (
    <section className="reinstall" aria-label="Reinstall">
      <div className="line wrap">
        <Button icon={ExternalLink} disabled={installing.isPending} onClick={() => installing.mutate()}>
          Install again with {them}
        </Button>
        <Button look="quiet" icon={Copy} disabled={copying.isPending} onClick={() => copying.mutate()}>
          Copy reinstall link
        </Button>
      </div>
      <p className="small muted">
        A link that asks for more than the app has fails at its last step.{' '}
        {profile.environment === 'simulator' ? (
          <>The simulator’s app must have {them}</>
        ) : (
          <>
            First add {them} to the app in the{' '}
            <button type="button" className="link" onClick={() => run(() => openOutside(portalHost))}>
              developer portal
            </button>{' '}
            (a live version takes scopes in a new draft only)
          </>
        )}
        , and to <a href={href('app')}>the app’s own link</a> for later installs.
      </p>
      {error !== null && <Failure error={error} />}
    </section>
  );
}
