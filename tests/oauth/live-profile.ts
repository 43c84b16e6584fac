import type { Environment } from '../../src/shared/model/profile.ts';
import type { Bench } from './bench.ts';

/** The simulated app, treated as one of HighLevel's own. */
export function environmentIn({ settings, profile }: Bench, environment: Environment): void {
  settings.set(
    'profiles',
    settings.get('profiles').map((one) => (one.id === profile.id ? { ...one, environment } : one)),
  );
}
