/** The deliveries of one webhookId, oldest first. */
import { useQuery } from '@tanstack/react-query';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import { statusTone, type Tone } from '../../lib/words.ts';
import { rpc } from '../../platform/connection.ts';
import { useTickRenewal } from '../../platform/tick-renewal.ts';

export type Attempt = {
  readonly id: string;
  readonly number: number;
  /** ms since the epoch. */
  readonly at: number;
  readonly status: number | null;
  readonly pending: boolean;
  /** Why no answer went out; null where one did. */
  readonly error: string | null;
};

const most = 200;

const toAttempt = (row: ExchangeSummary, index: number): Attempt => ({
  id: row.id,
  number: index + 1,
  at: row.receivedAt,
  status: row.status,
  pending: row.outcome === 'pending',
  error: row.error,
});

async function read(webhookId: string): Promise<Attempt[]> {
  const { items } = await rpc.exchanges.page({
    purposes: ['webhook', 'inbound'],
    search: webhookId,
    limit: most,
  });
  return items
    .filter(({ event }) => event?.webhookId === webhookId)
    .toReversed()
    .map(toAttempt);
}

export function useAttempts(webhookId: string) {
  const queryKey = ['attempts', webhookId] as const;
  useTickRenewal(...queryKey);
  return useQuery({ queryKey, queryFn: () => read(webhookId) });
}

export function attemptWords({ status, pending, error }: Attempt): string {
  if (pending) return 'not answered yet';
  return status === null ? (error ?? 'no answer') : `answered ${status}`;
}

export function attemptTone({ status, pending }: Attempt): Tone {
  if (pending) return 'info';
  return status === null ? 'bad' : statusTone(status);
}
