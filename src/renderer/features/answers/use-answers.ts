/** What the window knows of the answer rules; `live.ts` keeps it fresh. */
import { useMutation, useQuery } from '@tanstack/react-query';
import type { AnswersState, DeliveryRule } from '../../../shared/model/delivery-rule.ts';
import { toast } from '../../lib/notices.ts';
import { run } from '../../platform/actions.ts';
import { rpc } from '../../platform/connection.ts';
import { keys, queryClient } from '../../platform/queries.ts';

const keep = (state: AnswersState): AnswersState => {
  queryClient.setQueryData(keys.answers, state);
  return state;
};

export function useAnswers(): AnswersState | undefined {
  return useQuery({ queryKey: keys.answers, queryFn: () => rpc.answers.state() }).data;
}

/** The rules that are on, those that are used up included: a reset of their count is one click away. */
export function useRulesOn(): number {
  return useAnswers()?.rules.filter(({ rule }) => rule.on).length ?? 0;
}

export function useSetRules() {
  return useMutation({
    mutationFn: async (rules: readonly DeliveryRule[]) => keep(await rpc.answers.set({ rules: [...rules] })),
  });
}

export function switchAllOff(): void {
  run(async () => {
    keep(await rpc.answers.allOff());
    toast('Answer rules are off: routes give their usual answers');
  });
}
