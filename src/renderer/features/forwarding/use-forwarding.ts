/** What the window knows of forwarding and of what was delivered. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ExchangeSummary } from '../../../shared/model/exchange.ts';
import type { ForwardingSettings } from '../../../shared/model/forwarding.ts';
import { exchangeId } from '../../../shared/model/ids.ts';
import { announce, toast } from '../../lib/notices.ts';
import { rpc } from '../../platform/connection.ts';
import { useTickRenewal } from '../../platform/tick-renewal.ts';
import { queryClient } from '../../platform/queries.ts';

const stateKey = ['forwarding'];

export function useForwarding() {
  return useQuery({ queryKey: stateKey, queryFn: () => rpc.forwarding.state() }).data;
}

/** The first address that webhooks are forwarded to; undefined where there is none. */
export function useUsualTarget() {
  return useForwarding()?.targets.find((target) => target.on);
}

export function useSetForwarding() {
  return useMutation({
    mutationFn: (changes: Partial<ForwardingSettings>) => rpc.forwarding.set(changes),
    onSuccess: (state) => queryClient.setQueryData(stateKey, state),
  });
}

export function useDevelopmentKey() {
  return useQuery({ queryKey: ['development-key'], queryFn: () => rpc.forwarding.developmentKey() });
}

/** Newest first; read again when something new was stored. */
export function useDeliveries(causeId: string) {
  const queryKey = ['deliveries', causeId] as const;
  useTickRenewal(...queryKey);
  return useQuery({
    queryKey,
    queryFn: () => rpc.forwarding.deliveries({ causeIds: [exchangeId.parse(causeId)] }),
  });
}

/** Says in passing how deliveries ended. */
export function tellDelivery(delivery: ExchangeSummary): void {
  const words =
    delivery.outcome === 'answered'
      ? `Delivered: ${new URL(delivery.url).host} answered ${delivery.status ?? ''}`.trim()
      : (delivery.error ?? 'Not delivered');
  toast(words);
  announce(words);
}
