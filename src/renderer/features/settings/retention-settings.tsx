import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import {
  retentionRules,
  type ExchangeSum,
  type RetentionPreview,
  type RetentionState,
} from '../../../shared/model/care.ts';
import { purposes, type Purpose } from '../../../shared/model/exchange.ts';
import { size } from '../../lib/bytes.ts';
import { toast } from '../../lib/notices.ts';
import { useRoute } from '../../lib/route.ts';
import { ago, clockTime, exactTime, useNow } from '../../lib/time.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { purposeWords } from '../../lib/words.ts';
import { rpc } from '../../platform/connection.ts';
import { queryClient } from '../../platform/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Failure, Note } from '../../ui/notes.tsx';
import { counted } from '../exchanges/care-actions.ts';
import { DeletedExchanges } from './deleted-exchanges.tsx';
import { draftOf, fault, limits, rulesOf, type Limit, type RetentionDraft } from './retention-draft.ts';

const typingMs = 250;

type TableProps = {
  readonly draft: RetentionDraft;
  readonly preview: RetentionPreview | undefined;
  readonly onChange: (purpose: Purpose, limit: Limit, text: string) => void;
};

function RulesTable({ draft, preview, onChange }: TableProps) {
  return (
    <table className="table retention">
      <thead>
        <tr>
          <th scope="col">Purpose</th>
          <th scope="col" className="num">
            Stored
          </th>
          {limits.map(({ key, name }) => (
            <th scope="col" key={key}>
              {name}
            </th>
          ))}
          <th scope="col" className="num">
            Deletes now
          </th>
        </tr>
      </thead>
      <tbody>
        {purposes.map((purpose) => {
          const part = preview?.purposes.find((one) => one.purpose === purpose);
          const going = part?.deleted.count ?? 0;
          return (
            <tr key={purpose}>
              <th scope="row">{purposeWords[purpose]}</th>
              <td className="num" title={part && `${part.stored.bytes.toLocaleString('en')} bytes of bodies`}>
                {part === undefined
                  ? '…'
                  : `${part.stored.count.toLocaleString('en')}, ${size(part.stored.bytes)}`}
              </td>
              {limits.map((limit) => {
                const text = draft[purpose][limit.key];
                return (
                  <td key={limit.key}>
                    <input
                      className="input num"
                      inputMode="decimal"
                      placeholder="all"
                      aria-label={`${purposeWords[purpose]}: ${limit.name}`}
                      aria-invalid={fault(limit, text) !== null}
                      value={text}
                      onChange={(event) => onChange(purpose, limit.key, event.currentTarget.value)}
                    />
                  </td>
                );
              })}
              <td
                className={going > 0 ? 'num bad' : 'num faint'}
                title={part && part.kept > 0 ? `${counted(part.kept)} pinned or noted, kept` : undefined}
              >
                {going === 0 ? '–' : `${going.toLocaleString('en')}, ${size(part?.deleted.bytes ?? 0)}`}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Range({ sum }: { readonly sum: ExchangeSum }) {
  if (sum.oldest === null || sum.newest === null) return null;
  return (
    <>
      , from <time title={exactTime(sum.oldest)}>{clockTime(sum.oldest)}</time> to{' '}
      <time title={exactTime(sum.newest)}>{clockTime(sum.newest)}</time>
    </>
  );
}

function PreviewNote({ preview }: { readonly preview: RetentionPreview }) {
  const { total, purposes: parts } = preview;
  const kept = parts.reduce((sum, part) => sum + part.kept, 0);
  const keptWords =
    kept === 0
      ? ''
      : ` ${counted(kept)} with a pin or a note ${kept === 1 ? 'is' : 'are'} kept by every rule.`;
  if (total.count === 0) return <p className="muted small">These rules delete nothing now.{keptWords}</p>;
  return (
    <Note tone="warn">
      Saving deletes <b>{counted(total.count)}</b>, {size(total.bytes)} of bodies
      <Range sum={total} />, for good.{keptWords} From then on the rules run every ten minutes.
    </Note>
  );
}

function LastRun({ state }: { readonly state: RetentionState }) {
  const now = useNow(30_000);
  const { last, rules } = state;
  if (last === null)
    return (
      <p className="muted small">
        {Object.keys(rules).length === 0
          ? 'No rule is set: everything is kept.'
          : 'The rules have deleted nothing so far.'}
      </p>
    );
  return (
    <p className="muted small">
      Last deleted by a rule <span title={exactTime(last.at)}>{ago(last.at, now)}</span>:{' '}
      {counted(last.count)}, {size(last.bytes)} of bodies
      <Range sum={last} />.
    </p>
  );
}

function RetentionForm({ state }: { readonly state: RetentionState }) {
  const [typed, setTyped] = useState<RetentionDraft | null>(null);
  const draft = typed ?? draftOf(state.rules);
  const asked = rulesOf(draft);
  const rules = 'rules' in asked ? asked.rules : state.rules;
  const key = JSON.stringify(rules);
  const settled = useDelayed(key, typingMs);
  const { data: preview, error } = useQuery({
    queryKey: ['retention', 'preview', settled],
    queryFn: () => rpc.exchanges.previewRetention(retentionRules.parse(JSON.parse(settled))),
    staleTime: 0,
    placeholderData: (earlier) => earlier,
  });
  const current = settled === key ? preview : undefined;
  const save = useMutation({
    mutationFn: () => rpc.exchanges.setRetention({ rules, asOf: current?.asOf }),
    onSuccess: async ({ deleted }) => {
      await queryClient.invalidateQueries({ queryKey: ['retention'] });
      setTyped(null);
      toast(deleted.count === 0 ? 'The rules are saved.' : `Saved; ${counted(deleted.count)} deleted.`);
    },
  });
  const going = current?.total.count ?? 0;
  return (
    <form
      className="inside stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <RulesTable
        draft={draft}
        preview={preview}
        onChange={(purpose, limit, text) =>
          setTyped({ ...draft, [purpose]: { ...draft[purpose], [limit]: text } })
        }
      />
      <div role="status">
        {'fault' in asked ? (
          <Note tone="bad">{asked.fault}</Note>
        ) : (
          typed !== null && current !== undefined && <PreviewNote preview={current} />
        )}
      </div>
      {error !== null && <Failure error={error} />}
      {save.error !== null && <Failure error={save.error} />}
      <div className="line">
        <LastRun state={state} />
        <span className="grow" />
        {typed !== null && <Button onClick={() => setTyped(null)}>Cancel</Button>}
        <Button
          submit
          look={going > 0 ? 'danger' : undefined}
          disabled={typed === null || 'fault' in asked || current === undefined}
          busy={save.isPending}
        >
          {going > 0 && typed !== null ? `Save and delete ${going.toLocaleString('en')}` : 'Save rules'}
        </Button>
      </div>
    </form>
  );
}

/** How long each kind of exchange is kept, and what was deleted by hand. At `#/settings/kept` it comes into view. */
export function RetentionSettings() {
  const { item } = useRoute();
  const card = useRef<HTMLElement>(null);
  const { data: state, error } = useQuery({
    queryKey: ['retention'],
    queryFn: () => rpc.exchanges.retention(),
    staleTime: 0,
  });
  const there = state !== undefined;
  useEffect(() => {
    if (item === 'kept' && there) card.current?.scrollIntoView({ block: 'start' });
  }, [item, there]);
  return (
    <section className="card" aria-label="Kept exchanges" ref={card}>
      <header>
        <h2>Kept exchanges</h2>
        <span className="faint small">
          nothing is deleted until a rule says so; pinned and noted ones never are
        </span>
      </header>
      {error !== null && <Failure error={error} />}
      {state !== undefined && (
        <>
          <RetentionForm state={state} />
          <DeletedExchanges state={state} />
        </>
      )}
    </section>
  );
}
