import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { thirdPartyNotices } from './scripts/notices/vite-plugin.ts';

const notices = thirdPartyNotices(import.meta.dirname);
const at = (path: string): string => resolve(import.meta.dirname, path);

/**
 * One build for every host. The main build has an entry for each program that runs by itself: the desktop, the
 * command line (which is also the web host), the two database workers, the reader of documents, the tunnel agent and the simulator.
 */
export default defineConfig({
  main: {
    plugins: [notices],
    build: {
      outDir: 'out/main',
      sourcemap: true,
      rollupOptions: {
        input: {
          electron: at('src/main/hosts/electron/main.ts'),
          cli: at('src/main/hosts/cli/main.ts'),
          'capture-worker': at('src/main/core/exchanges/capture-worker.ts'),
          'derive-worker': at('src/main/core/exchanges/derive-worker.ts'),
          'document-reader': at('src/main/core/catalogue/import/reader-worker.ts'),
          'tunnel-agent': at('src/main/core/tunnel/agent/main.ts'),
          simulator: at('src/simulator/main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    // A sandboxed preload can be neither an ES module nor load packages: one CommonJS file, nothing external but electron.
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react(), notices],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      // Everything is served from our own origin under a strict policy: nothing may become a data: URL or an inline script.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: at('src/renderer/index.html') },
    },
  },
});
