/** What an exchange hangs together with. */
import { useQuery } from '@tanstack/react-query';
import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import type { Mention } from '../../../shared/model/relations.ts';
import { rpc } from '../../platform/connection.ts';
import { useTickRenewal } from '../../platform/tick-renewal.ts';

export function useRelated(id: ExchangeDetail['id']) {
  return useQuery({ queryKey: ['related', id], queryFn: () => rpc.relations.related({ id }) });
}

const none: readonly Mention[] = [];

/** What it names, the entity it holds first. Asked for again while there is none: it may have come a moment ago. */
export function useEntities(id: ExchangeDetail['id']): readonly Mention[] {
  const entities = useRelated(id).data?.entities ?? none;
  useTickRenewal('related', id, entities.length === 0);
  return entities;
}
