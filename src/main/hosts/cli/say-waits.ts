import type { ContractClient } from '../node/owner-client.ts';

/** Says each wait of a call for the rate limit, until the signal is aborted or the connection is gone. Never rejects. */
export async function sayWaits(
  client: ContractClient,
  callId: string,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let said = 0;
  try {
    for await (const waits of await client.requests.watchWaits(undefined, { signal })) {
      const wait = waits.find((one) => one.callId === callId);
      if (wait === undefined || wait.attempt === said) continue;
      said = wait.attempt;
      const seconds = Math.max(1, Math.ceil((wait.until - Date.now()) / 1000));
      say(
        `The rate limit is used up: attempt ${wait.attempt} of ${wait.attempts} follows in ${seconds} s (exchange ${wait.exchangeId}).`,
      );
    }
  } catch {
    // Whatever ends the call is said by the call.
  }
}
