import type { ChildProgram, Log } from '../ports.ts';
import { fromAgent, type AgentFailure, type AgentLoss, type ToAgent } from './agent/protocol.ts';
import { describeFailure, describeLoss, type AgentVerdict } from './agent-sentences.ts';
import type { TunnelTiming } from './timing.ts';

export type AgentStart = Extract<ToAgent, { type: 'start' }>;

export type AgentProcess = {
  /** Gives the endpoint back and ends the process; ends it the hard way when that takes long. */
  stop(): Promise<void>;
  /** Ends it at once, without a word to anybody. */
  kill(): void;
};

type AgentProcessDeps = {
  readonly startProgram: () => ChildProgram;
  readonly start: AgentStart;
  readonly timing: TunnelTiming;
  readonly log: Log;
  readonly onBound: (url: string) => void;
  /** Called at most once. The process has been killed. */
  readonly onDown: (verdict: AgentVerdict) => void;
};

const orderlyStopMs = 1000;
const toleratedPings = 3;

/** One attempt with one process: whatever goes wrong with it ends it. */
export function createAgentProcess(deps: AgentProcessDeps): AgentProcess {
  const { start, timing, log, onBound, onDown } = deps;
  const program = deps.startProgram();
  const exited = Promise.withResolvers<void>();
  let over = false;
  let unanswered = 0;

  const deadline = setTimeout(
    () =>
      down({
        sentence: `ngrok cannot be reached: no answer came from its edge within ${timing.connectMs / 1000} s.`,
        retry: true,
      }),
    timing.connectMs,
  );
  let pinger: NodeJS.Timeout | undefined;

  function ping(): void {
    if (unanswered >= toleratedPings) down({ sentence: 'The ngrok agent hung and was ended.', retry: true });
    else {
      unanswered += 1;
      send({ type: 'ping' });
    }
  }

  program.onMessage((received) => {
    const message = fromAgent.safeParse(received);
    if (over) return;
    if (!message.success) {
      log('warn', 'the ngrok agent sent something unexpected');
      return;
    }
    switch (message.data.type) {
      case 'ready':
        // Not sooner: how long a process takes to start says nothing about it; the deadline covers that.
        pinger = setInterval(ping, timing.pingMs);
        send(start);
        return;
      case 'bound':
        clearTimeout(deadline);
        onBound(message.data.url);
        return;
      case 'pong':
        unanswered = 0;
        return;
      case 'failed':
        down(explained(message.data));
        return;
      case 'lost':
        down(explained(message.data));
    }
  });
  program.onExit((code) => {
    exited.resolve();
    down({
      sentence: `The ngrok agent ended by itself (${code === null ? 'killed' : `code ${code}`}).`,
      retry: true,
    });
  });

  function send(message: ToAgent): void {
    program.send(message);
  }

  function explained(message: AgentFailure | AgentLoss): AgentVerdict {
    const { code } = message;
    if (message.type === 'lost') {
      log('info', 'the ngrok agent lost its connection', { reason: message.reason, code });
      return describeLoss(message);
    }
    log('info', 'the ngrok agent failed', { phase: message.phase, code, text: message.text });
    return describeFailure(message);
  }

  function finish(): void {
    over = true;
    clearTimeout(deadline);
    clearInterval(pinger);
  }

  function kill(): void {
    finish();
    program.kill();
  }

  function down(verdict: AgentVerdict): void {
    if (over) return;
    kill();
    onDown(verdict);
  }

  return {
    kill,
    async stop() {
      if (over) return;
      finish();
      send({ type: 'stop' });
      const impatience = setTimeout(() => program.kill(), orderlyStopMs);
      await exited.promise;
      clearTimeout(impatience);
    },
  };
}
