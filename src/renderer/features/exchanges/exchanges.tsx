import { ArrowRightLeft, MousePointerClick } from 'lucide-react';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import { href } from '../../lib/route.ts';
import { Empty } from '../../ui/empty.tsx';
import { exchangeLayout } from './columns.tsx';
import { ListScreen } from './list-screen.tsx';

const everything: ExchangeFilter = {};

export function Exchanges() {
  return (
    <ListScreen
      screen="exchanges"
      title="Exchanges"
      layout={exchangeLayout}
      base={everything}
      empty={
        <Empty
          icon={ArrowRightLeft}
          title="Nothing has crossed the wire yet"
          actions={
            <a className="btn primary" href={href('home')}>
              Go to the first minute
            </a>
          }
        >
          Every callback, token exchange, webhook and API call appears here, with its exact bytes.
        </Empty>
      }
      nothingChosen={
        <Empty icon={MousePointerClick} title="Choose an exchange">
          Its bodies, headers and timing appear here. Move with <kbd>j</kbd> <kbd>k</kbd> or the arrows.
        </Empty>
      }
    />
  );
}
