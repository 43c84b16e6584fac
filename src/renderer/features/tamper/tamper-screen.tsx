import './tamper.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Play, ShieldAlert, Square } from 'lucide-react';
import type { Profile } from '../../../shared/model/profile.ts';
import type { TamperReport } from '../../../shared/model/tamper.ts';
import { modifier, useShortcuts } from '../../lib/shortcuts.ts';
import { useValue } from '../../lib/value.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/copy-field.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { useUsualTarget } from '../forwarding/use-forwarding.ts';
import { WebhooksPage } from '../webhooks/webhooks-page.tsx';
import { TamperReportCard } from './tamper-report.tsx';
import { benchForm, benchRun, cancelBench, reportsKey, startBench } from './tamper-run.ts';

function Keys() {
  const { data, error } = useQuery({ queryKey: ['tamper-keys'], queryFn: () => rpc.tamper.keys() });
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <p className="muted small">Making the development keys…</p>;
  return (
    <>
      <p className="muted small">
        First make your endpoint trust the development key: put this line into its environment and restart it.
      </p>
      <CopyField text={data.current.environmentLine} what="environment variable" oneLine />
      <details className="small">
        <summary className="muted">It still checks the legacy header X-WH-Signature</summary>
        <CopyField text={data.legacy.environmentLine} what="legacy environment variable" oneLine />
      </details>
    </>
  );
}

function BenchForm({ profile }: { readonly profile: Profile }) {
  const { url, allowRemote } = useValue(benchForm);
  const { running, error } = useValue(benchRun);
  const start = (): void => {
    if (!running && url.trim() !== '')
      void startBench({ profileId: profile.id, to: url.trim(), allowRemote });
  };
  useShortcuts({ 'mod+Enter': start });
  const usual = useUsualTarget();
  useEffect(() => {
    if (usual !== undefined && benchForm.get().url === '')
      benchForm.set({ url: usual.url, allowRemote: usual.allowRemote });
  }, [usual]);
  return (
    <section className="card" aria-label="Endpoint">
      <header>
        <h2>Your endpoint</h2>
        <span className="grow" />
        <span className="faint small">17 requests, each recorded</span>
      </header>
      <form
        className="inside stack"
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <Keys />
        <TextField
          label="Address of the endpoint"
          value={url}
          onChange={(text) => benchForm.set({ url: text, allowRemote })}
          placeholder="http://localhost:3000/webhooks"
          mono
          required
        />
        <div className="line wrap">
          {running ? (
            <Button icon={Square} onClick={cancelBench}>
              Cancel
            </Button>
          ) : (
            <Button
              look="primary"
              icon={Play}
              submit
              disabled={url.trim() === ''}
              title={`Run (${modifier}+Enter)`}
            >
              Run the bench
            </Button>
          )}
          <CheckField
            label="May be outside this machine"
            checked={allowRemote}
            onChange={(allowed) => benchForm.set({ url, allowRemote: allowed })}
          />
        </div>
        {error !== null && <Failure error={error} />}
      </form>
    </section>
  );
}

function Earlier({ reports }: { readonly reports: readonly TamperReport[] }) {
  if (reports.length === 0) return null;
  return (
    <div className="line wrap">
      <span className="faint small">Earlier reports</span>
      {reports.map((report) => (
        <button
          key={report.url}
          type="button"
          className="chip mono clip-long"
          title={report.url}
          onClick={() => {
            benchForm.set({ ...benchForm.get(), url: report.url });
            benchRun.set({
              ...benchRun.get(),
              cancelled: false,
              error: null,
              progress: { total: report.cases.length, report },
            });
          }}
        >
          {report.url.replace(/^https?:\/\//, '')}
        </button>
      ))}
    </div>
  );
}

function Bench({ profile }: { readonly profile: Profile }) {
  const { running, cancelled, progress } = useValue(benchRun);
  const { data: reports = [] } = useQuery({ queryKey: reportsKey, queryFn: () => rpc.tamper.reports() });
  const shown = progress?.report ?? (running ? undefined : reports[0]);
  return (
    <>
      <BenchForm profile={profile} />
      {!running && <Earlier reports={reports.filter(({ url }) => url !== shown?.url)} />}
      {cancelled && <Note tone="info">Cancelled. What had been sent by then is below and in Exchanges.</Note>}
      {shown === undefined ? (
        <Empty icon={ShieldAlert} title="No report yet">
          One run sends a valid webhook, forged, altered, old, repeated and reordered ones, and six spellings
          of the same JSON. Each answer is held against what it should have been.
        </Empty>
      ) : (
        <TamperReportCard report={shown} total={running ? (progress?.total ?? null) : null} />
      )}
    </>
  );
}

/** Good and bad webhooks against the developer's endpoint, and a report of its answers. */
export function TamperScreen() {
  return (
    <WebhooksPage
      title="Tamper bench"
      noApp={{
        icon: ShieldAlert,
        title: 'No app to send webhooks of yet',
        text: 'Once there is an app, the simulator’s included, your endpoint can be tried with good and forged webhooks of it.',
      }}
    >
      {(profile) => <Bench profile={profile} />}
    </WebhooksPage>
  );
}
