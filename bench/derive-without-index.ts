/** The deriving worker as it is, but for the text index, which takes nothing in: what the index costs is the difference. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.endsWith('/text-indexer.ts')) return next(specifier, context);
    return { url: new URL('./no-index.ts', import.meta.url).href, shortCircuit: true };
  },
});
await import('../src/main/core/exchanges/derive-worker.ts');
