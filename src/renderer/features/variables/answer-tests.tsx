import { Check, CircleAlert, Variable, X } from 'lucide-react';
import { checkWords } from '../../../shared/model/check-words.ts';
import type { RequestResult } from '../../../shared/model/request.ts';

/** How the checks of an answer came out, and what was taken from it; nothing where a request has neither. */
export function AnswerTests({ result }: { readonly result: Pick<RequestResult, 'checks' | 'captured'> }) {
  const { checks, captured } = result;
  if (checks.length + captured.length === 0) return null;
  const failed = checks.filter(({ ok }) => !ok).length;
  const words =
    checks.length === 0
      ? 'Variables'
      : failed === 0
        ? checks.length === 1
          ? 'The check holds'
          : `All ${checks.length} checks hold`
        : `${failed} of ${checks.length} checks failed`;
  return (
    <details className="answer-tests" open>
      <summary className={failed > 0 ? 'bad' : ''}>{words}</summary>
      <ul aria-label="Checks and variables">
        {checks.map(({ check, ok, saw }, index) => (
          // Two checks may be the same; their order is all that tells them apart.
          <li key={index} className={ok ? 'ok' : 'bad'}>
            {ok ? <Check aria-label="holds" /> : <X aria-label="failed" />}
            <span className="mono clip" title={checkWords(check)}>
              {checkWords(check)}
            </span>
            <span className="mono clip end" title={saw}>
              {ok ? saw : `it was ${saw}`}
            </span>
          </li>
        ))}
        {captured.map(({ variable, path, value, problem }) => (
          <li key={`${variable} ${path}`} className={problem === null ? '' : 'bad'}>
            {problem === null ? <Variable aria-label="variable" /> : <CircleAlert aria-label="not set" />}
            <span className="mono clip" title={path}>
              {variable}
            </span>
            <span className="mono clip end" title={problem ?? value ?? ''}>
              {problem ?? `= ${value}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
