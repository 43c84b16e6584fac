import type { ExchangeDetail } from '../../../shared/model/exchange.ts';
import { useTickRenewal } from '../../platform/tick-renewal.ts';
import { EntityLink } from './entity-link.tsx';
import { useRelated } from './related-tab.tsx';

/** The entity an exchange holds, or else the first it names; nothing where it names none. */
export function SubjectLink({ id }: { readonly id: ExchangeDetail['id'] }) {
  const [entity] = useRelated(id).data?.entities ?? [];
  // An exchange that has just come is understood a moment later.
  useTickRenewal('related', id, entity === undefined);
  return entity === undefined ? null : <EntityLink entity={entity} />;
}
