/** Answers what the capture worker is asked beside its captures. */
import type { CareWriter } from './care-writer.ts';
import { storeFailure } from './database-errors.ts';
import type { Housekeeping } from './housekeeping.ts';
import type { CareRequest, Settled, ToCapture } from './messages.ts';

export function createCareDesk(
  care: CareWriter,
  housekeeping: Housekeeping,
  tell: (message: Settled) => void,
): (message: Extract<ToCapture, { kind: 'care' | 'followed' }>) => void {
  const answerOf = (request: CareRequest): unknown => {
    switch (request.name) {
      case 'pin':
        return care.pin(request.query);
      case 'note':
        return care.note(request.query);
      case 'delete':
        return care.delete(request.query);
      case 'restore':
        return care.restore(request.query);
      case 'empty':
        care.expire();
        return housekeeping.tidied().then(() => null);
      case 'retain':
        return housekeeping.retain(request.query.rules, request.query.asOf);
    }
  };

  const answer = async (request: CareRequest): Promise<void> => {
    const { ticket } = request;
    try {
      tell({ kind: 'answer', ticket, value: await answerOf(request) });
      // A deletion may be the next that is due.
      housekeeping.wake();
    } catch (error) {
      tell({ kind: 'failure', ticket, failure: storeFailure(error) });
    }
  };

  const forget = (number: number): void => {
    try {
      care.followed(number);
    } catch {
      // A full disk or a lock: they are forgotten at another start.
    }
  };

  return (message) => {
    if (message.kind === 'care') void answer(message);
    else forget(message.number);
  };
}
