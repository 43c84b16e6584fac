import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SimulatorAction, SimulatorView } from '../../../shared/model/simulator.ts';
import { announce } from '../../lib/notices.ts';
import { rpc } from '../../platform/connection.ts';
import { onTick } from '../../platform/live.ts';
import { queryClient } from '../../platform/queries.ts';

const key = ['simulator-view'] as const;
/** The answer to a webhook is known to the simulator a moment after the webhook is stored here. */
const settleMs = 300;

/** What the running simulator holds; read again when anything arrives from it. */
export function useSimulatorView() {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = onTick(() => {
      timer ??= setTimeout(() => {
        timer = null;
        void queryClient.invalidateQueries({ queryKey: key });
      }, settleMs);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return useQuery({ queryKey: key, queryFn: () => rpc.simulator.view(), staleTime: 0, gcTime: 0 });
}

/** What it holds now, for whoever shows it. */
export function showSimulator(view: SimulatorView): void {
  queryClient.setQueryData(key, view);
}

/** Does something to the simulator and shows what it holds then; `said` is announced when it is done. */
export function useAct() {
  return useMutation({
    mutationFn: ({ action }: { readonly action: SimulatorAction; readonly said: string }) =>
      rpc.simulator.act(action),
    onSuccess(view: SimulatorView, { said }) {
      showSimulator(view);
      announce(said);
    },
  });
}

export type Act = ReturnType<typeof useAct>;
