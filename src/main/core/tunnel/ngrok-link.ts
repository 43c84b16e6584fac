import type { ChildProgram, Log } from '../ports.ts';
import type { AgentVerdict } from './agent-sentences.ts';
import { createAgentProcess, type AgentProcess, type AgentStart } from './agent-process.ts';
import type { Link, LinkReporter } from './link.ts';
import type { SelfTest } from './self-test.ts';
import { createSelfTestWatch, type SelfTestWatch } from './self-test-watch.ts';
import { retryDelay, type TunnelTiming } from './timing.ts';

type NgrokLinkDeps = LinkReporter & {
  readonly startProgram: () => ChildProgram;
  readonly start: AgentStart;
  readonly test: SelfTest;
  readonly timing: TunnelTiming;
  readonly log: Log;
};

/** After so many failed self-tests in a row the agent is replaced. */
const testsBeforeRestart = 3;

/**
 * Keeps an agent up. Whatever happens to it, its process is killed and, after a wait of our own, another is started:
 * the agent's own reconnecting waits up to days, and it never acts on a missed heartbeat.
 */
export function createNgrokLink(deps: NgrokLinkDeps): Link {
  const { startProgram, start, test, timing, log, report, tested } = deps;
  let agent: AgentProcess | null = null;
  let watch: SelfTestWatch | null = null;
  let retry: NodeJS.Timeout | undefined;
  let onlineSince: number | null = null;
  let failures = 0;

  function attempt(): void {
    report({ is: 'trying' });
    agent = createAgentProcess({ startProgram, start, timing, log, onBound: bound, onDown: down });
  }

  function bound(publicUrl: string): void {
    report({ is: 'bound', publicUrl });
    watch = createSelfTestWatch({
      test: (signal) => test(publicUrl, signal),
      timing,
      recheckMs: timing.ngrokRecheckMs,
      onResult(result, circumstances) {
        tested(result);
        if (result.ok) {
          onlineSince ??= performance.now();
          report({ is: 'online', publicUrl });
        } else if (circumstances.failures < testsBeforeRestart) {
          report({ is: 'down', error: result.sentence, nextInMs: circumstances.nextInMs });
        } else {
          agent?.kill();
          down({ sentence: result.sentence, retry: true });
        }
      },
    });
  }

  function down({ sentence, retry: again }: AgentVerdict): void {
    agent = null;
    watch?.stop();
    watch = null;
    if (onlineSince !== null && performance.now() - onlineSince >= timing.stableMs) failures = 0;
    onlineSince = null;
    failures += 1;
    const nextInMs = again ? retryDelay(failures, timing) : null;
    if (nextInMs !== null) retry = setTimeout(attempt, nextInMs);
    report({ is: 'down', error: sentence, nextInMs });
  }

  attempt();
  return {
    selfTest: () => watch?.checkNow() ?? null,
    async stop() {
      clearTimeout(retry);
      watch?.stop();
      await agent?.stop();
      agent = null;
    },
  };
}
