import type { Purpose } from '../../../shared/model/exchange.ts';
import { purposeWords } from '../../lib/words.ts';

/** Its shape says what crossed the wire, and the word beside it says it again: round came in, angular went out. */
export function ExchangeMark({ purpose }: { readonly purpose: Purpose }) {
  return (
    <span className={`exchange-mark purpose-${purpose}`}>
      <i className={`mark-${purpose}`} aria-hidden />
      {purposeWords[purpose]}
    </span>
  );
}
