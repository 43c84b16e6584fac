import type { Link, LinkReporter } from './link.ts';
import type { SelfTest } from './self-test.ts';
import { createSelfTestWatch } from './self-test-watch.ts';
import type { TunnelTiming } from './timing.ts';

type UrlLinkDeps = LinkReporter & {
  /** As `readPublicAddress` returned it. */
  readonly base: string;
  readonly test: SelfTest;
  readonly timing: TunnelTiming;
};

/** An address the developer already has: whoever runs it, what counts is that requests through it arrive. */
export function createUrlLink({ base, test, timing, report, tested }: UrlLinkDeps): Link {
  report({ is: 'bound', publicUrl: base });
  const watch = createSelfTestWatch({
    test: (signal) => test(base, signal),
    timing,
    recheckMs: isNgrokHost(base) ? timing.ngrokRecheckMs : timing.recheckMs,
    onResult(result, { nextInMs }) {
      tested(result);
      if (result.ok) report({ is: 'online', publicUrl: base });
      else report({ is: 'down', error: result.sentence, nextInMs });
    },
  });
  return {
    selfTest: () => watch.checkNow(),
    async stop() {
      watch.stop();
    },
  };
}

const isNgrokHost = (base: string): boolean =>
  /\.ngrok(?:-free)?\.(?:app|dev|io|pizza)$/.test(new URL(base).hostname);
