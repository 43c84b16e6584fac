import type { Log } from './ports.ts';

export type Step = { readonly name: string; readonly run: () => Promise<void> };

/** Resolves when the step has ended, has failed, or has had its time. */
async function runStep({ name, run }: Step, milliseconds: number, log: Log): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), milliseconds);
  });
  try {
    if ((await Promise.race([run(), late])) === 'late') log('warn', 'a part did not close in time', { name });
  } catch (cause) {
    log('warn', 'a part did not close cleanly', { name, cause });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Closes the parts of the core, group after group, those of one group together. Never rejects: one part that fails
 * keeps none of the others from closing.
 * @param capMs for all groups; the last one always gets at least a third of it, since it flushes the databases
 */
export async function shutDown(groups: readonly (readonly Step[])[], capMs: number, log: Log): Promise<void> {
  const end = performance.now() + capMs;
  const reserved = capMs / 3;
  for (const [index, group] of groups.entries()) {
    const isLast = index === groups.length - 1;
    const left = end - performance.now() - (isLast ? 0 : reserved);
    const milliseconds = Math.max(left, isLast ? reserved : 0);
    await Promise.all(group.map((step) => runStep(step, milliseconds, log)));
  }
}
