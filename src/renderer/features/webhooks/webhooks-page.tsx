import { List, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { href } from '../../lib/route.ts';
import { useActiveProfile } from '../../platform/queries.ts';
import { Empty } from '../../ui/empty.tsx';

type WebhooksPageProps = {
  readonly title: string;
  readonly noApp: { readonly icon: LucideIcon; readonly title: string; readonly text: string };
  readonly children: (profile: Profile) => ReactNode;
};

/** A page beside the deliveries that speaks of the active app. */
export function WebhooksPage({ title, noApp, children }: WebhooksPageProps) {
  const profile = useActiveProfile();
  return (
    <div className="pane">
      <div className="bar">
        <h1>{title}</h1>
        {profile !== null && profile !== undefined && <span className="tag">{profile.name}</span>}
        <span className="grow" />
        <a className="btn quiet" href={href('webhooks')}>
          <List aria-hidden />
          Deliveries
        </a>
      </div>
      <div className="page">
        <div className="measure wide-measure">
          {profile === null ? (
            <Empty
              icon={noApp.icon}
              title={noApp.title}
              actions={
                <a className="btn primary" href={href('home')}>
                  Add an app
                </a>
              }
            >
              {noApp.text}
            </Empty>
          ) : (
            profile !== undefined && children(profile)
          )}
        </div>
      </div>
    </div>
  );
}
