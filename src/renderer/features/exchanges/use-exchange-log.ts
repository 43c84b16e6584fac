/** An exchange log that runs while a screen shows it, and its version for React. */
import { useMemo, useSyncExternalStore } from 'react';
import type { ExchangeFilter } from '../../../shared/model/exchange.ts';
import { createExchangeLog, type ExchangeLog } from '../../lib/exchange-log.ts';
import { rpc } from '../../platform/connection.ts';
import { onTick } from '../../platform/live.ts';

export function useExchangeLog(filter: ExchangeFilter): ExchangeLog {
  const key = JSON.stringify(filter);
  const log = useMemo(
    () =>
      createExchangeLog(
        { fetchPage: (query) => rpc.exchanges.page(query), onTick },
        JSON.parse(key) as ExchangeFilter,
      ),
    [key],
  );
  useSyncExternalStore(log.subscribe, log.version);
  return log;
}
