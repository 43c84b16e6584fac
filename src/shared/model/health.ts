/** What the doctor finds: one check a line, with what to do about it. */
import * as z from 'zod';

export const healthChecks = [
  'runtime',
  'data-folder',
  'disk',
  'log',
  'vault',
  'ingress',
  'network',
  'public-address',
  'simulator',
  'app',
  'install-link',
  'tokens',
  'webhooks',
  'api',
  'clock',
] as const;

/** `warn`: works, but not for everything. `fail`: something cannot work until it is mended. */
export const healthVerdicts = ['ok', 'warn', 'fail'] as const;

export const healthCheck = z.object({
  id: z.enum(healthChecks),
  verdict: z.enum(healthVerdicts),
  sentence: z.string(),
  /** What to do; null where nothing needs doing. */
  remedy: z.string().nullable(),
});
export type HealthCheck = z.infer<typeof healthCheck>;
