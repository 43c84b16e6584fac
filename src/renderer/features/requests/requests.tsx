import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Profile } from '../../../shared/model/profile.ts';
import { overlays } from '../../app/overlays.ts';
import { announce } from '../../lib/notices.ts';
import { goInPlace, href, useRoute } from '../../lib/route.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { send } from '../../platform/first-call.ts';
import { useActiveProfile, useTokens } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Split } from '../../ui/split.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Answer } from './answer.tsx';
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

/** Ended by the user: nothing to explain. */
class Cancelled extends Error {}

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
  const [earlier, setEarlier] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  const call = useMutation({
    mutationFn: (callId: string) => {
      abort.current = new AbortController();
      const { signal } = abort.current;
      return send(withHidden(toRequest(written, profile.id)), signal, callId).catch((error: unknown) => {
        throw signal.aborted ? new Cancelled() : error;
      });
    },
    onMutate: () => setEarlier(null),
    onSuccess: (result) => announce(`Answer ${result.status ?? 'missing'}`),
  });
  const sendNow = (): void => {
    if (call.isPending) return;
    if (side === 'runs') requestsSide.set('operations');
    reportShown.set(false);
    call.mutate(crypto.randomUUID());
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
              content: <History selected={earlier} onSelect={setEarlier} />,
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
        sending={call.isPending}
        onSend={sendNow}
        onCancel={() => abort.current?.abort()}
      />
      {side === 'runs' ? (
        <ShownRun />
      ) : side === 'collections' && report !== null ? (
        <RunReport run={report} />
      ) : (
        <section className="pane" aria-label="Answer">
          <Answer
            result={call.data}
            error={call.error instanceof Cancelled ? null : call.error}
            sentAt={call.isPending ? call.submittedAt : null}
            callId={call.variables ?? null}
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
