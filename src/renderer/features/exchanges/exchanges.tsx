import { ArrowRightLeft, MousePointerClick } from 'lucide-react';
import { purposes, type ExchangeFilter } from '../../../shared/model/exchange.ts';
import { href } from '../../lib/route.ts';
import type { ListFilter } from '../../lib/view-state.ts';
import { purposeWords } from '../../lib/words.ts';
import { Empty } from '../../ui/empty.tsx';
import { exchangeColumns } from './columns.tsx';
import { FilterMenu } from './filter-menu.tsx';
import { ListScreen } from './list-screen.tsx';

const toQuery = (filter: ListFilter): ExchangeFilter => ({
  ...(filter.search.trim() === '' ? {} : { search: filter.search.trim() }),
  ...(filter.purposes.length === 0 ? {} : { purposes: [...filter.purposes] }),
});

const purposeOptions = purposes.map((value) => ({ value, label: purposeWords[value] }));

export function Exchanges() {
  return (
    <ListScreen
      screen="exchanges"
      title="Exchanges"
      columns={exchangeColumns}
      toQuery={toQuery}
      renderChips={(filter, change) => (
        <FilterMenu
          name="Purpose"
          options={purposeOptions}
          chosen={filter.purposes}
          onChange={(chosen) => change({ purposes: chosen })}
        />
      )}
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
