import { fileURLToPath } from 'node:url';
import { AppError } from '../../../shared/model/app-error.ts';
import { createCore } from '../../core/create-core.ts';
import type { Log } from '../../core/ports.ts';
import type { Core } from '../../core/services.ts';
import { createRouter } from '../../router/create-router.ts';
import { createNodePorts } from '../node/create-node-ports.ts';
import { locateRenderer } from '../node/entries.ts';
import { startOwnerServer } from '../node/owner-server.ts';
import { startWebServer } from './web-server.ts';

export type WebHostOptions = {
  /** Absolute. */
  readonly dataDir: string;
  /** Of the window; 0 takes any free one. */
  readonly port: number;
  /** Of the ingress, for this run; left out, the one of the settings, which may then be busy. */
  readonly ingressPort?: number;
  /** `import.meta.url` of the process' entry file. */
  readonly hostEntry: string;
  readonly log: Log;
  /** Default: where the build puts the window. */
  readonly rendererDir?: string;
};

export type WebHost = {
  readonly core: Core;
  /** The address of the window with a fresh one-time code. */
  link(): string;
  close(): Promise<void>;
};

/** The companion in a browser: core, window, contract, and the private socket for `hlc`. What was begun is undone when it fails. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { dataDir, hostEntry, log, ingressPort } = options;
  const undo: (() => Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const ports = createNodePorts({ host: 'web', dataDir, hostEntry, log });
    const core = await createCore(ports, ingressPort === undefined ? {} : { ingressPort }).catch(
      (error: unknown) => {
        // Only a port that was asked for is refused here.
        throw error instanceof AppError && error.code === 'port_busy'
          ? new AppError('port_busy', error.message, {
              remedy:
                'Close that program, or choose another port with --ingress-port or in Settings; the redirect and webhook URLs change with it.',
              cause: error,
            })
          : error;
      },
    );
    undo.push(() => core.dispose());
    let link: (() => string) | null = null;
    const router = createRouter(core, {
      log: core.log,
      capabilities: { passphraseVault: (await core.vault.status()).kind === 'passphrase' },
      uiLink: () => link?.() ?? null,
    });
    const web = await startWebServer({
      router,
      rendererDir: options.rendererDir ?? fileURLToPath(locateRenderer(hostEntry)),
      port: options.port,
      log: core.log,
    });
    undo.push(() => web.close());
    link = () => web.link();
    const owner = await startOwnerServer({ dataDir, router, host: 'web', version: ports.version });
    undo.push(() => owner.close());
    return { core, link: () => web.link(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
