/** Waits for requests the companion sends to itself through its public address. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../shared/model/app-error.ts';

const PREFIX = '/_companion/self-test/';

export type SelfTests = {
  /** Resolves when the nonce arrives; rejects with `timeout`. */
  expect(nonce: string, timeoutMs: number): Promise<void>;
  /** True, once, when the path carries an expected nonce. */
  arrived(path: string): boolean;
  dispose(): void;
};

type Expected = { readonly digest: Buffer; readonly settle: (error: AppError | null) => void };

export function createSelfTests(): SelfTests {
  const expected = new Set<Expected>();
  return {
    expect: (nonce, timeoutMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () =>
            entry.settle(
              new AppError('timeout', 'The self-test did not come back through the public address in time.'),
            ),
          timeoutMs,
        );
        const entry: Expected = {
          digest: digestOf(nonce),
          settle: (error) => {
            clearTimeout(timer);
            expected.delete(entry);
            if (error === null) resolve();
            else reject(error);
          },
        };
        expected.add(entry);
      }),
    arrived(path) {
      if (expected.size === 0 || !path.startsWith(PREFIX)) return false;
      const digest = digestOf(path.slice(PREFIX.length));
      // Every expected nonce is compared, in constant time, so that timing tells nothing about any of them.
      let found: Expected | null = null;
      for (const entry of expected) if (timingSafeEqual(entry.digest, digest)) found = entry;
      found?.settle(null);
      return found !== null;
    },
    dispose() {
      for (const entry of expected)
        entry.settle(new AppError('cancelled', 'The companion stopped listening.'));
    },
  };
}

function digestOf(nonce: string): Buffer {
  return createHash('sha256').update(nonce).digest();
}
