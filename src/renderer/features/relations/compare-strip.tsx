import { GitCompareArrows } from 'lucide-react';
import { useValue } from '../../lib/value.ts';
import { Button } from '../../ui/button.tsx';
import { ClockTime } from '../../ui/time.tsx';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { chooseToCompare, compareChoice, compareWith } from './compare-choice.ts';

/** Takes the exchange as the first of two, or as the second where one is waiting. */
export function CompareButton({ exchange }: { readonly exchange: ExchangeDetail }) {
  const choice = useValue(compareChoice);
  const compare = (): void => {
    if (choice === null || choice.id === exchange.id) chooseToCompare(exchange);
    else compareWith(exchange.id);
  };
  useShortcuts({ c: compare });
  return (
    <Button
      look="quiet"
      icon={GitCompareArrows}
      aria-label="Compare with another exchange"
      aria-keyshortcuts="C"
      title="Compare with… (C)"
      onClick={compare}
    />
  );
}

/** Above the exchange that is open, while another one waits to be compared with it. */
export function CompareStrip({ id }: { readonly id: string }) {
  const choice = useValue(compareChoice);
  if (choice === null) return null;
  return (
    <div className="strip info compare-strip">
      <GitCompareArrows aria-hidden />
      <span className="clip">
        {choice.id === id ? (
          'Open the exchange to compare this one with.'
        ) : (
          <>
            Compare <b>{choice.title}</b> (<ClockTime at={choice.at} />) with this one?
          </>
        )}
      </span>
      <span className="grow" />
      {choice.id !== id && (
        <Button look="primary" onClick={() => compareWith(id)}>
          Compare
        </Button>
      )}
      <Button look="quiet" onClick={() => compareChoice.set(null)}>
        Cancel
      </Button>
    </div>
  );
}
