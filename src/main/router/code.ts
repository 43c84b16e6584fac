import type { AreaDeps } from './context.ts';

export function codeArea({ os, core }: AreaDeps) {
  const area = os.code;
  return area.router({ write: area.write.handler(({ input }) => core.code.write(input)) });
}
