/** Answer rules; implemented in `create-answers.ts`. */
import type { AnswersState, DeliveryRule } from '../../../shared/model/delivery-rule.ts';

export type Answers = {
  state(): AnswersState;
  /** Some part of `state()` has changed: with each delivery that a rule matches. */
  onChange(listener: () => void): () => void;
  /** Throws `not_found` for a profile that is not there; nothing has changed then. */
  set(rules: readonly DeliveryRule[]): AnswersState;
  allOff(): AnswersState;
};
