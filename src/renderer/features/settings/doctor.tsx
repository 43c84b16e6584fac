import './doctor.css';
import { useMutation } from '@tanstack/react-query';
import { Stethoscope } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { HealthCheck } from '../../../shared/model/health.ts';
import { copyText } from '../../lib/clipboard.ts';
import { announce } from '../../lib/notices.ts';
import { useRoute } from '../../lib/route.ts';
import { rpc } from '../../platform/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notes.tsx';

const verdictWords = {
  ok: { mark: '✓', word: 'fine', tone: 'ok' },
  warn: { mark: '!', word: 'worth a look', tone: 'warn' },
  fail: { mark: '✕', word: 'to mend', tone: 'bad' },
} as const;

const checkNames: Readonly<Record<HealthCheck['id'], string>> = {
  runtime: 'Runtime',
  'data-folder': 'Data folder',
  disk: 'Disk',
  log: 'Exchanges',
  vault: 'Vault',
  ingress: 'Ingress',
  network: 'Network',
  'public-address': 'Public address',
  simulator: 'Simulator',
  app: 'App',
  'install-link': 'Install link',
  tokens: 'Tokens',
  webhooks: 'Webhooks',
  api: 'API',
  clock: 'Clock',
};

function summaryOf(checks: readonly HealthCheck[]): string {
  const count = (verdict: HealthCheck['verdict']): number =>
    checks.filter((check) => check.verdict === verdict).length;
  return `${count('ok')} fine, ${count('warn')} worth a look, ${count('fail')} to mend`;
}

const reportOf = (checks: readonly HealthCheck[]): string =>
  checks
    .map(({ id, verdict, sentence, remedy }) =>
      [`${verdict.toUpperCase().padEnd(4)} ${checkNames[id]}: ${sentence}`, remedy ?? ''].join(' ').trimEnd(),
    )
    .join('\n');

/** Every part looked at once, at the developer's wish; `#/settings/doctor` begins at once. */
export function Doctor() {
  const { item } = useRoute();
  const card = useRef<HTMLElement>(null);
  const examine = useMutation({
    mutationFn: () => rpc.system.doctor({}),
    onSuccess: (checks) => announce(summaryOf(checks)),
  });
  const begin = useEffectEvent(() => examine.mutate());
  useEffect(() => {
    if (item === 'doctor') begin();
  }, [item]);
  const checks = examine.data;
  // Once what it found is there, so that there is enough below it to scroll by.
  useEffect(() => {
    if (item === 'doctor' && checks !== undefined) card.current?.scrollIntoView({ block: 'start' });
  }, [item, checks]);
  return (
    <section className="card" aria-label="Doctor" ref={card}>
      <header>
        <h2>Doctor</h2>
        <span className="faint small">
          {checks === undefined
            ? 'checks everything an install, a webhook or a call needs, and says what to do'
            : summaryOf(checks)}
        </span>
        <span className="grow" />
        {checks !== undefined && (
          <Button look="quiet" onClick={() => void copyText(reportOf(checks), 'Report')}>
            Copy report
          </Button>
        )}
        <Button icon={Stethoscope} busy={examine.isPending} onClick={() => examine.mutate()}>
          Check everything
        </Button>
      </header>
      {examine.error !== null && <Failure error={examine.error} />}
      {checks !== undefined && (
        <ul className="health">
          {checks.map(({ id, verdict, sentence, remedy }) => (
            <li key={id}>
              <span className={verdictWords[verdict].tone} title={verdictWords[verdict].word}>
                <span aria-hidden>{verdictWords[verdict].mark}</span>
                <span className="unseen">{verdictWords[verdict].word}</span>
              </span>
              <b>{checkNames[id]}</b>
              <div>
                {sentence}
                {remedy !== null && <p className="muted">{remedy}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
