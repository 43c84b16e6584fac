import {
  answerWords,
  expectationWords,
  tamperMarkdown,
  verdictWords,
} from '../../../shared/model/tamper-markdown.ts';
import type { TamperCase, TamperReport, TamperVerdict } from '../../../shared/model/tamper.ts';
import { copyText } from '../../lib/clipboard.ts';
import { href } from '../../lib/route.ts';
import { Button } from '../../ui/button.tsx';
import { Ago } from '../../ui/time.tsx';

const looks: Readonly<Record<TamperVerdict, { mark: string; tone: string }>> = {
  'as-it-should': { mark: '✓', tone: 'ok' },
  'too-lax': { mark: '✕', tone: 'bad' },
  'too-strict': { mark: '✕', tone: 'bad' },
  failed: { mark: '!', tone: 'warn' },
  'no-answer': { mark: '○', tone: 'warn' },
};

function CaseRow({ one }: { readonly one: TamperCase }) {
  const { mark, tone } = looks[one.verdict];
  return (
    <tr>
      <th scope="row">{one.title}</th>
      <td>{expectationWords[one.expected]}</td>
      <td>
        <span className="line wrap">
          {one.deliveries.map((delivery, index) => (
            <a
              key={delivery.exchangeId}
              className="link mono"
              href={href('exchanges', delivery.exchangeId)}
              aria-label={`${one.title}: answer ${index + 1}, ${answerWords([delivery])}`}
            >
              {answerWords([delivery])}
            </a>
          ))}
        </span>
      </td>
      <td className="verdict">
        <span className={tone}>
          <span aria-hidden>{mark}</span> {verdictWords[one.verdict]}
        </span>
      </td>
      <td>
        <p className={one.advice === null ? 'muted small' : 'small'}>{one.sentence}</p>
        {one.advice !== null && <p className="muted small">{one.advice}</p>}
      </td>
    </tr>
  );
}

type ReportProps = {
  readonly report: TamperReport;
  /** How many cases a whole run has; null where the run has ended. */
  readonly total: number | null;
};

/** What the endpoint answered, case by case, and what it should have. */
export function TamperReportCard({ report, total }: ReportProps) {
  const right = report.cases.filter(({ verdict }) => verdict === 'as-it-should').length;
  const isGood = right === report.cases.length;
  return (
    <section className="card" aria-label="Report">
      <header>
        <h2>Report</h2>
        <span className="mono clip muted" title={report.url}>
          {report.url}
        </span>
        <span className="grow" />
        {total === null ? (
          <>
            <span className="faint small">
              <Ago at={report.startedAt} />
            </span>
            <Button look="quiet" onClick={() => void copyText(tamperMarkdown(report), 'Report as Markdown')}>
              Copy Markdown
            </Button>
            <Button
              look="quiet"
              onClick={() => void copyText(JSON.stringify(report, null, 2), 'Report as JSON')}
            >
              Copy JSON
            </Button>
          </>
        ) : (
          <progress
            className="bench-progress"
            aria-label="Cases sent"
            value={report.cases.length}
            max={total}
          />
        )}
      </header>
      {report.conclusion !== null && (
        <div className={`strip bench-conclusion ${isGood ? 'ok' : 'bad'}`}>
          <span aria-hidden>{isGood ? '✓' : '✕'}</span>
          <span>{report.conclusion}</span>
        </div>
      )}
      <div className="table-frame">
        <table className="facts-table bench-table">
          <thead>
            <tr>
              <th scope="col">Case</th>
              <th scope="col">Should</th>
              <th scope="col">Answered</th>
              <th scope="col">Verdict</th>
              <th scope="col">Why, and what to do</th>
            </tr>
          </thead>
          <tbody>
            {report.cases.map((one) => (
              <CaseRow key={one.id} one={one} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
