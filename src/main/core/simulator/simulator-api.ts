import * as z from 'zod';
import { AppError } from '../../../shared/model/app-error.ts';
import { simulatorView, type SimulatorAction, type SimulatorView } from '../../../shared/model/simulator.ts';

const answerMs = 60_000;
const shownDeliveries = 100;

const refusal = z.object({ message: z.union([z.string(), z.array(z.string())]) });
const parts = z.record(z.string(), z.unknown());

/** The method, path and body by which the simulator's control API does something. */
type ControlCall = readonly [method: string, path: string, body?: object];

function callFor(action: SimulatorAction): ControlCall {
  switch (action.do) {
    case 'advance':
      return ['POST', 'clock', { advanceMs: action.ms }];
    case 'faults':
      return ['PUT', 'faults', { faults: action.faults }];
    case 'seed':
      return ['POST', 'seed', { size: action.size, seed: action.seed }];
    case 'reset':
      return ['POST', 'reset'];
    case 'keep':
      return ['POST', 'snapshots', { name: action.name }];
    case 'restore':
      return ['POST', `snapshots/${encodeURIComponent(action.name)}/restore`];
    case 'forget':
      return ['DELETE', `snapshots/${encodeURIComponent(action.name)}`];
    case 'resend':
      return ['POST', `deliveries/${encodeURIComponent(action.webhookId)}/resend`];
    case 'resume':
      return ['POST', 'breaker/resume'];
    case 'switch':
      return ['PUT', 'switches', { [action.name]: action.value }];
    case 'events':
      return ['PUT', 'app', { events: action.events }];
    case 'pause':
      return ['PUT', `locations/${encodeURIComponent(action.locationId)}`, { active: action.active }];
    case 'uninstall':
      return ['POST', 'uninstall', { locationId: action.locationId }];
    case 'version':
      return ['POST', 'version', {}];
    case 'plan':
      return ['POST', 'plan', { locationId: action.locationId, planId: action.planId }];
  }
}

/**
 * Calls the control API of the simulator at this origin. Answers what it says, or null where it says nothing.
 *
 * @throws AppError `bad_input` with its sentence where it refuses, `simulator_failed` where no answer came.
 */
async function call(origin: string, [method, path, body]: ControlCall): Promise<unknown> {
  let response: Response;
  let said: string;
  try {
    response = await fetch(`${origin}/_simulator/${path}`, {
      method,
      signal: AbortSignal.timeout(answerMs),
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    said = await response.text();
  } catch (error) {
    throw new AppError('simulator_failed', 'The simulator did not answer.', {
      retryable: true,
      cause: error,
    });
  }
  const answer: unknown = said === '' ? null : JSON.parse(said);
  if (response.ok) return answer;
  const reason = refusal.safeParse(answer);
  const message = reason.success ? [reason.data.message].flat().join(' ') : `It answered ${response.status}.`;
  throw new AppError('bad_input', `The simulator refused this: ${message}`);
}

/** Everything the window shows of the simulator at this origin. */
export async function viewSimulator(origin: string): Promise<SimulatorView> {
  const paths = [
    'info',
    'state',
    'faults',
    'switch-list',
    'snapshots',
    `deliveries?limit=${shownDeliveries}`,
  ];
  const answers = await Promise.all(paths.map((path) => call(origin, ['GET', path])));
  return simulatorView.parse(Object.assign({}, ...answers.map((one) => parts.parse(one))));
}

export async function actOnSimulator(origin: string, action: SimulatorAction): Promise<SimulatorView> {
  await call(origin, callFor(action));
  return viewSimulator(origin);
}

export async function makePrivateToken(
  origin: string,
  wanted: { readonly locationId?: string | undefined; readonly scopes: readonly string[] },
): Promise<{ token: string }> {
  return z.object({ token: z.string() }).parse(await call(origin, ['POST', 'private-tokens', wanted]));
}
