import { MessageChannelMain, type WebContents } from 'electron';
import { RPCHandler } from '@orpc/server/message-port';
import type { CompanionRouter } from '../../router/create-router.ts';
import { connectChannel, isTrustedSender, portChannel } from './policy.ts';

/**
 * Serves the contract to one window over a message port. The page asks on `companion:connect`; only the main frame of
 * our own page is heard. A reload asks again: the earlier port is closed, so that its streams end.
 */
export function serveContract(
  contents: WebContents,
  router: CompanionRouter,
  log: (message: string) => void,
): void {
  const handler = new RPCHandler(router);
  let open: Electron.MessagePortMain | null = null;
  const closeOpen = (): void => {
    open?.close();
    open = null;
  };

  contents.ipc.on(connectChannel, (event) => {
    const frame = event.senderFrame;
    if (frame === null || !isTrustedSender({ url: frame.url, isMainFrame: frame === contents.mainFrame })) {
      log('a message from a frame that is not our page was dropped');
      return;
    }
    closeOpen();
    const { port1, port2 } = new MessageChannelMain();
    open = port1;
    handler.upgrade(port1);
    port1.start();
    frame.postMessage(portChannel, null, [port2]);
  });
  contents.once('destroyed', closeOpen);
}
