import type { AreaDeps } from './context.ts';

export function tamperArea({ os, core }: AreaDeps) {
  const area = os.tamper;
  return area.router({
    run: area.run.handler(({ input, signal }) => core.tamper.run(input, signal)),
    reports: area.reports.handler(() => [...core.tamper.reports()]),
    keys: area.keys.handler(() => core.tamper.keys()),
  });
}
