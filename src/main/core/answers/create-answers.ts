/** The answer rules: which delivery is answered otherwise than its route says, and how often. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/model/app-error.ts';
import type { AnswersState, DeliveryAction, DeliveryRule } from '../../../shared/model/delivery-rule.ts';
import type { ProfileId } from '../../../shared/model/ids.ts';
import type { DerivationContext } from '../exchanges/types.ts';
import { answerWith } from '../ingress/answer.ts';
import type { ArrivedDelivery, RuledAnswer } from '../ingress/ruled-answer.ts';
import type { Ingress } from '../ingress/types.ts';
import type { SettingsStore } from '../ports.ts';
import { classify } from '../webhooks/classify.ts';
import type { Classification } from '../webhooks/classify.ts';
import { createTurnCounter } from './rule-turn.ts';
import type { TurnCounter } from './rule-turn.ts';
import type { Answers } from './types.ts';

export type AnswersDeps = {
  readonly settings: SettingsStore;
  readonly ingress: Pick<Ingress, 'setRules' | 'held'>;
  /** To whom an `appId` belongs, where the path alone does not say. */
  readonly profiles: () => DerivationContext['profiles'];
};

type ActiveRule = { readonly rule: DeliveryRule; readonly turn: TurnCounter; readonly ruled: RuledAnswer };

export function createAnswers({ settings, ingress, profiles }: AnswersDeps): Answers {
  const listeners = new Set<() => void>();
  let active: readonly ActiveRule[] = [];

  const state = (): AnswersState => ({
    rules: settings.get('deliveryRules').map((rule) => {
      const turn = active.find((each) => each.rule.id === rule.id)?.turn;
      return {
        rule,
        matched: turn?.matched() ?? 0,
        decided: turn?.decided() ?? 0,
        spent: turn?.isSpent() ?? false,
      };
    }),
    held: ingress.held.count(),
  });
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  const decide = (delivery: ArrivedDelivery): RuledAnswer | null => {
    let facts: Classification | undefined;
    const read = (): Classification =>
      (facts ??= classify(delivery.body, delivery.receivedAt, delivery.routeKind === 'webhook'));
    const key = (): string => read().webhookId ?? createHash('sha256').update(delivery.body).digest('hex');
    let asked = false;
    try {
      for (const { rule, turn, ruled } of active) {
        if (!matches(rule, delivery, read, profiles)) continue;
        asked = true;
        if (turn.take(key)) return ruled;
      }
      return null;
    } finally {
      if (asked) changed();
    }
  };

  const follow = (rules: readonly DeliveryRule[]): void => {
    const before = active;
    active = rules
      .filter(({ on }) => on)
      .map((rule) => {
        const same = before.find((each) => JSON.stringify(each.rule) === JSON.stringify(rule));
        return same ?? { rule, turn: createTurnCounter(rule.turn), ruled: ruledAnswer(rule.action) };
      });
    ingress.setRules(active.length === 0 ? null : decide);
  };

  const set = (rules: readonly DeliveryRule[]): AnswersState => {
    const before = settings.get('deliveryRules').map((rule) => JSON.stringify(rule));
    for (const rule of rules)
      if (!before.includes(JSON.stringify(rule))) requireProfile(rule.profileId, profiles());
    settings.set('deliveryRules', rules);
    follow(rules);
    changed();
    return state();
  };

  ingress.held.onChange(changed);
  follow(settings.get('deliveryRules'));

  return {
    state,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set,
    allOff() {
      const rules = settings.get('deliveryRules').map((rule) => ({ ...rule, on: false }));
      settings.set('deliveryRules', rules);
      follow(rules);
      ingress.held.letGo();
      changed();
      return state();
    },
  };
}

function matches(
  rule: DeliveryRule,
  delivery: ArrivedDelivery,
  read: () => Classification,
  profiles: AnswersDeps['profiles'],
): boolean {
  if (rule.routeKind !== delivery.routeKind) return false;
  if (rule.profileId !== null) {
    const owner = delivery.profileId ?? profiles().find(({ appId }) => appId === read().appId)?.id;
    if (owner !== rule.profileId) return false;
  }
  return holds(rule.eventTypes, () => read().type) && holds(rule.locationIds, () => read().locationId);
}

function holds(wanted: readonly string[], value: () => string | null): boolean {
  if (wanted.length === 0) return true;
  const present = value();
  return present !== null && wanted.includes(present);
}

/** Made once a rule, not once a delivery. */
function ruledAnswer(action: DeliveryAction): RuledAnswer {
  return action.kind === 'answer'
    ? {
        kind: 'answer',
        answer: answerWith(action.status, action.headers, action.body),
        delayMs: action.delayMs,
      }
    : action;
}

function requireProfile(id: ProfileId | null, profiles: DerivationContext['profiles']): void {
  if (id === null || profiles.some((profile) => profile.id === id)) return;
  throw new AppError('not_found', `There is no profile "${id}".`);
}
