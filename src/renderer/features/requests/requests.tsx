import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useEffect } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { overlays } from '../../app/overlays.ts';
import { goInPlace, href, useRoute } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { useActiveProfile, useTokens } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Split } from '../../ui/split.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Answer } from './answer.tsx';
import { earlierCall, lastCall, startCall } from './call.ts';
import { Catalogue } from './catalogue.tsx';
import { CollectionTree } from '../collections/collection-tree.tsx';
import { reportShown, useReport } from '../collections/collection-run.ts';
import { RunReport } from '../collections/run-report.tsx';
import { leaveForOperation, leaveOpened, withHidden } from '../collections/opened.ts';
import { draft, draftOf, toRequest, type Draft } from './draft.ts';
import { History } from './history.tsx';
import { RunList } from '../runs/run-list.tsx';
import { ShownRun } from '../runs/shown-run.tsx';
import { requestsSide } from './requests-side.ts';
import { RequestForm } from './request-form.tsx';

/** Fills the form with the operation named in the address, once per choice. */
function useChosenOperation() {
  const { item } = useRoute();
  const id = item ?? draft.get().operationId;
  const { data } = useQuery({
    queryKey: ['operation', id],
    queryFn: () => (id === null ? null : rpc.catalogue.get({ id })),
    enabled: id !== null,
  });
  useEffect(() => {
    if (data === undefined || data === null || item === null || draft.get().operationId === data.id) return;
    leaveOpened();
    draft.set(draftOf(data, draft.get()));
  }, [data, item]);
  return data ?? undefined;
}

/** The draft, without a token that is gone or of another app. */
function useOwnDraft(profile: Profile): Draft {
  const written = useValue(draft);
  const tokens = useTokens() ?? [];
  const known = tokens.some((token) => token.id === written.tokenId && token.profileId === profile.id);
  return known ? written : { ...written, tokenId: null };
}

function Workbench({ profile }: { readonly profile: Profile }) {
  const written = useOwnDraft(profile);
  const operation = useChosenOperation();
  const side = useValue(requestsSide);
  const report = useReport();
  const earlier = useValue(earlierCall);
  const last = useValue(lastCall);
  const call = last?.profileId === profile.id ? last : null;
  const sending = call?.isPending === true;
  const sendNow = (): void => {
    if (sending) return;
    if (side === 'runs') requestsSide.set('operations');
    reportShown.set(false);
    void startCall(withHidden(toRequest(written, profile.id)), profile.id);
  };
  useShortcuts({ 'mod+Enter': sendNow });
  return (
    <Split id="requests-panes" sizes={['25', '39', '36']}>
      <section className="pane requests-side" aria-label="Catalogue">
        <header className="bar">
          <h1>Requests</h1>
        </header>
        <Tabs
          label="Catalogue and history"
          value={side}
          onChange={(id) => {
            if (id === 'operations' || id === 'collections' || id === 'history' || id === 'runs')
              requestsSide.set(id);
          }}
          tabs={[
            {
              id: 'operations',
              label: 'Operations',
              content: (
                <Catalogue
                  selected={written.operationId}
                  onSelect={(id) => {
                    leaveForOperation();
                    goInPlace('requests', id);
                  }}
                />
              ),
            },
            { id: 'collections', label: 'Collections', content: <CollectionTree profile={profile} /> },
            {
              id: 'history',
              label: 'History',
              content: <History selected={earlier} onSelect={earlierCall.set} />,
            },
            {
              id: 'runs',
              label: 'Runs',
              content: <RunList />,
            },
          ]}
        />
      </section>
      <RequestForm
        profile={profile}
        written={written}
        operation={operation !== undefined && operation.id === written.operationId ? operation : undefined}
        sending={sending}
        onSend={sendNow}
        onCancel={() => call?.abort.abort()}
      />
      {side === 'runs' ? (
        <ShownRun />
      ) : side === 'collections' && report !== null ? (
        <RunReport run={report} />
      ) : (
        <section className="pane" aria-label="Answer">
          <Answer
            result={call?.result}
            error={call?.error ?? null}
            sentAt={sending ? call.sentAt : null}
            callId={call?.id ?? null}
            earlier={earlier}
          />
        </section>
      )}
    </Split>
  );
}

export function Requests() {
  const profile = useActiveProfile();
  if (profile === undefined) return null;
  if (profile === null)
    return (
      <div className="page">
        <h1 className="unseen">Requests</h1>
        <Empty
          icon={ArrowRight}
          title="No app to call with yet"
          actions={
            <>
              <a className="btn primary" href={href('home')}>
                Go to the first minute
              </a>
              <Button onClick={() => overlays.set({ kind: 'add-app' })}>Add app…</Button>
            </>
          }
        >
          Every operation of the API is here to be searched, filled in and sent with the right token. It takes
          an installed app; the simulator’s will do.
        </Empty>
      </div>
    );
  return <Workbench key={profile.id} profile={profile} />;
}
