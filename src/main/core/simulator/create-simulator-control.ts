import { AppError } from '../../../shared/model/app-error.ts';
import type { Profile } from '../../../shared/model/profile.ts';
import type { SimulatorState } from '../../../shared/model/system.ts';
import type { Ingress } from '../ingress/types.ts';
import type { Ports } from '../ports.ts';
import type { Profiles, SimulatorControl } from '../services.ts';
import { actOnSimulator, makePrivateToken, viewSimulator } from './simulator-api.ts';
import { startSimulatorProgram, type SimulatorProgram } from './simulator-program.ts';

export type SimulatorControlDeps = {
  readonly ports: Pick<Ports, 'settings' | 'startProgram' | 'log' | 'now'>;
  readonly profiles: Pick<Profiles, 'list' | 'addSimulator' | 'addresses' | 'onChange'>;
  readonly ingress: Pick<Ingress, 'onStatus'>;
  /** How long the simulator may take to listen, in ms. */
  readonly startMs?: number;
};

export type BuiltInSimulator = SimulatorControl & {
  /** Tells the running simulator where its app's redirects and webhooks go now. Does nothing while it is off. */
  reregister(): Promise<void>;
};

const registerMs = 5000;
const off: SimulatorState = { status: 'off', url: null, profileId: null, startedAt: null, error: null };

/** The simulator as a program beside the companion, and the profile of its app. */
export function createSimulatorControl(deps: SimulatorControlDeps): BuiltInSimulator {
  const { profiles, ingress, startMs = 15_000 } = deps;
  const { ports } = deps;
  const { log, settings } = ports;
  const listeners = new Set<(state: SimulatorState) => void>();
  let state = off;
  let program: SimulatorProgram | null = null;
  let starting: Promise<void> | null = null;
  let stopping = new AbortController();
  /** What the running simulator was told last. */
  let told = '';

  function become(next: SimulatorState): void {
    state = next;
    for (const listener of listeners) listener(state);
  }

  async function begin(signal: AbortSignal): Promise<void> {
    become({ ...off, status: 'starting' });
    try {
      const started = await startSimulatorProgram({
        // Its app is the same on every port, so that a taken port costs nothing but the usual address.
        ports: [...new Set([settings.get('simulatorPort'), 0])],
        startProgram: (args) => ports.startProgram('simulator', args),
        startMs,
        onDied: died,
        signal,
      });
      program = started;
      await adopt(started);
    } catch (error) {
      const ending = program;
      program = null;
      await ending?.stop();
      if (signal.aborted) {
        become(off);
        return;
      }
      log('warn', 'the simulator could not be started', { reason: sentenceOf(error) });
      become({ ...off, status: 'failed', error: sentenceOf(error) });
    }
  }

  /** Whatever the simulator's address, keys and credentials are this time: its profile follows. */
  async function adopt({ url }: SimulatorProgram): Promise<void> {
    const { id } = await profiles.addSimulator(url);
    if (settings.get('activeProfile') === null) settings.set('activeProfile', id);
    // A stop or an exit may have come in between.
    if (program === null) return;
    told = '';
    await register(url, id);
    if (program === null) return;
    become({ status: 'running', url, profileId: id, startedAt: ports.now(), error: null });
  }

  function died(code: number | null): void {
    program = null;
    const how = code === null ? '' : ` with code ${code}`;
    become({ ...off, status: 'failed', error: `The simulator ended by itself${how}; start it again.` });
  }

  /** It is ours: whatever the addresses were before, these are the ones. */
  async function register(url: string, id: Profile['id']): Promise<void> {
    const { redirectUrl, webhookUrl } = profiles.addresses(id);
    const body = JSON.stringify({ redirectUrls: [redirectUrl], webhookUrl });
    if (body === told) return;
    const response = await fetch(`${url}/_simulator/app`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(registerMs),
    });
    await response.body?.cancel();
    if (!response.ok) {
      throw new AppError(
        'simulator_failed',
        `The simulator refused the companion's addresses (${response.status}).`,
      );
    }
    told = body;
  }

  async function reregister(): Promise<void> {
    const { status, url, profileId } = state;
    if (status !== 'running' || url === null || profileId === null) return;
    if (!profiles.list().some(({ id }) => id === profileId)) return;
    await register(url, profileId);
  }

  function follow(): void {
    reregister().catch((error: unknown) => {
      log('warn', 'the simulator does not know the present addresses', { reason: sentenceOf(error) });
    });
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await starting;
    const ending = program;
    program = null;
    await ending?.stop();
    if (state.status !== 'off') become(off);
  }

  function runningUrl(): string {
    if (state.status === 'running' && state.url !== null) return state.url;
    throw new AppError('simulator_failed', 'The simulator is not running.', { remedy: 'Start it first.' });
  }

  const forget = [ingress.onStatus(follow), profiles.onChange(follow)];

  return {
    state: () => state,
    async start() {
      if (program === null && starting === null) {
        stopping = new AbortController();
        starting = begin(stopping.signal).finally(() => {
          starting = null;
        });
      }
      await starting;
      return state;
    },
    async stop() {
      await stop();
      return state;
    },
    view: async () => viewSimulator(runningUrl()),
    async act(action) {
      const url = runningUrl();
      const view = await actOnSimulator(url, action);
      if (action.do !== 'restore') return view;
      // A state from before may have other addresses than those of now.
      told = '';
      await reregister();
      return viewSimulator(url);
    },
    privateToken: async (wanted) => makePrivateToken(runningUrl(), wanted),
    reregister,
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async dispose() {
      for (const end of forget) end();
      await stop();
      listeners.clear();
    },
  };
}

const sentenceOf = (error: unknown): string =>
  error instanceof AppError ? error.message : 'The simulator could not be started; the log says why.';
