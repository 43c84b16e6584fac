import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { CompanionRouter } from '../../router/create-router.ts';
import { createContractSocket } from './contract-socket.ts';
import { removeOwnerFile, writeOwnerFile, type OwnerInfo } from './owner-file.ts';
import { takeSocketPlace } from './owner-socket-path.ts';
import { isSameSecret } from './same-secret.ts';

export type OwnerServerDeps = {
  readonly dataDir: string;
  readonly router: CompanionRouter;
  readonly host: OwnerInfo['host'];
  readonly version: string;
};

export type OwnerServer = { readonly info: OwnerInfo; close(): Promise<void> };

/**
 * Serves the contract to `hlc` over a private socket of the data folder, and says so in `owner.json`. To be started
 * by the process that holds the folder's lock, once its core is up.
 */
export async function startOwnerServer({
  dataDir,
  router,
  host,
  version,
}: OwnerServerDeps): Promise<OwnerServer> {
  const place = takeSocketPlace(dataDir);
  const token = randomBytes(32).toString('base64url');
  const contract = createContractSocket(router);
  const server = createServer((_request, response) => response.writeHead(404).end());

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    // Whoever has an Origin is a web page, and none has any business here.
    if (given === undefined || request.headers.origin !== undefined || !isSameSecret(given, token)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    contract.accept(request, socket, head);
  });

  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(place.path, () => resolve());
    });
    if (process.platform !== 'win32') chmodSync(place.path, 0o600);
    const info: OwnerInfo = {
      pid: process.pid,
      socket: place.path,
      token,
      host,
      version,
      startedAt: Date.now(),
    };
    writeOwnerFile(dataDir, info);
    return {
      info,
      async close() {
        removeOwnerFile(dataDir, token);
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        contract.close();
        server.closeAllConnections();
        await closed;
        place.release();
      },
    };
  } catch (error) {
    server.close();
    place.release();
    throw error;
  }
}
