/** What the request on screen can be filled in with, for every field below. */
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, type ReactNode } from 'react';
import type { KnownVariable } from '../../../shared/model/environment.ts';
import type { RequestDraft } from '../../../shared/model/request.ts';
import { useDelayed } from '../../lib/use-delayed.ts';
import { rpc } from '../../platform/connection.ts';

const Known = createContext<readonly KnownVariable[] | null>(null);

/** Null where variables are not filled in, or before it is known which there are. */
export const useKnownVariables = (): readonly KnownVariable[] | null => useContext(Known);

type KnownVariablesProps = {
  /** Without the bytes of its files. */
  readonly request: RequestDraft;
  readonly children: ReactNode;
};

const settleMs = 250;

export function KnownVariables({ request, children }: KnownVariablesProps) {
  const settled = useDelayed(JSON.stringify(request), settleMs);
  const { data } = useQuery({
    queryKey: ['variables', settled],
    queryFn: () => rpc.requests.variables(JSON.parse(settled) as RequestDraft),
    placeholderData: (earlier) => earlier,
  });
  return <Known value={data ?? null}>{children}</Known>;
}
