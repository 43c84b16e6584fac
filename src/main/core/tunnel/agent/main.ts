/**
 * The ngrok agent in a process of its own: the only importer of `@ngrok/ngrok`. It connects once, binds once, and says
 * when that is lost; it never reconnects by itself. Ending this process is the only clean stop the agent has in every
 * state, so the companion ends it and starts another.
 */
import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import type * as NgrokModule from '@ngrok/ngrok';
import { connectParent, type Parent } from './parent.ts';
import { fromAgent, toAgent, type FromAgent, type ToAgent } from './protocol.ts';
import { createRelay, type Relay } from './relay.ts';

type Start = Extract<ToAgent, { type: 'start' }>;
type Ngrok = typeof NgrokModule;
type Phase = Extract<FromAgent, { type: 'failed' }>['phase'];

const orderlyStopMs = 500;
/** ngrok docs: agent connect URL. */
const defaultEdge = 'connect.ngrok-agent.com:443';

async function run(parent: Parent): Promise<void> {
  let close: () => Promise<void> = async () => undefined;
  parent.onMessage((received) => {
    const message = toAgent.safeParse(received);
    if (!message.success) return;
    switch (message.data.type) {
      case 'start':
        void start(parent, message.data).then((closer) => {
          close = closer;
        });
        return;
      case 'ping':
        parent.send({ type: 'pong' });
        return;
      case 'stop':
        setTimeout(() => process.exit(0), orderlyStopMs);
        void close().finally(() => process.exit(0));
    }
  });
  parent.send({ type: 'ready' });
}

/** Resolves with what gives the endpoint back to the edge. Never rejects. */
async function start(parent: Parent, options: Start): Promise<() => Promise<void>> {
  let phase: Phase = 'load';
  try {
    // Here and not above: where its native part is missing, a sentence is said instead of nothing.
    const ngrok = await import('@ngrok/ngrok');
    phase = 'connect';
    const edge = await edgeOf(options);
    const session = await connect(sessionBuilder(ngrok, parent, options, edge), edge);
    phase = 'bind';
    const endpoint = session.httpEndpoint();
    if (options.domain !== null) endpoint.domain(options.domain);
    // The target is also what ngrok is told, instead of this machine's name and paths.
    const listener = await endpoint.listenAndForward(`http://127.0.0.1:${options.port}`);
    listener.join().then(
      () => parent.send({ type: 'lost', reason: 'closed', code: null }),
      (error: unknown) => parent.send({ type: 'lost', reason: 'closed', code: codeOf(error) }),
    );
    parent.send(fromAgent.parse({ type: 'bound', url: listener.url() }));
    return async () => {
      await listener.close();
      await session.close();
    };
  } catch (error) {
    parent.send({
      type: 'failed',
      phase,
      code: codeOf(error),
      text: textOf(error, options.authtoken),
      ...(error instanceof WayError && { sentence: error.message }),
    });
    return async () => undefined;
  }
}

/** Something between the agent and its edge failed; its message is a sentence for the user. */
class WayError extends Error {}

type Edge = { readonly address?: string; readonly ca: string; readonly failure?: Relay['failure'] };

/** Null is the agent's own way: straight to ngrok, with the authorities it brings along. */
async function edgeOf({ edge, way: { proxy, caFile } }: Start): Promise<Edge | null> {
  if (proxy === null && caFile === null) return edge;
  const ca = [...(edge === null ? getCACertificates('default') : [edge.ca]), ...authoritiesOf(caFile)];
  return proxy === null
    ? { ...(edge !== null && { address: edge.address }), ca: ca.join('\n') }
    : await createRelay({ proxy, edge: edge?.address ?? defaultEdge, ca });
}

function authoritiesOf(caFile: string | null): string[] {
  if (caFile === null) return [];
  try {
    return [readFileSync(caFile, 'utf8')];
  } catch (cause) {
    throw new WayError('The file of certificate authorities in Settings > Network cannot be read.', {
      cause,
    });
  }
}

/** The agent only says that its connection ended; the relay knows why. */
async function connect(
  builder: InstanceType<Ngrok['SessionBuilder']>,
  edge: Edge | null,
): Promise<Awaited<ReturnType<typeof builder.connect>>> {
  const connecting = builder.connect();
  if (edge?.failure === undefined) return await connecting;
  const failed = edge.failure.catch((cause: unknown) => {
    throw new WayError(cause instanceof Error ? cause.message : 'The proxy cannot be used.', { cause });
  });
  return await Promise.race([connecting, failed]);
}

function sessionBuilder(
  ngrok: Ngrok,
  parent: Parent,
  { authtoken, version, heartbeatSeconds }: Start,
  edge: Edge | null,
): InstanceType<Ngrok['SessionBuilder']> {
  const builder = new ngrok.SessionBuilder()
    .authtoken(authtoken)
    .clientInfo('highlevel-companion', version)
    .heartbeatInterval(heartbeatSeconds)
    .heartbeatTolerance(heartbeatSeconds)
    // The agent reports a missed heartbeat and does nothing about it. (`null` then, whatever its types say.)
    .handleHeartbeat((latency: number | null) => {
      if (latency === null) parent.send({ type: 'lost', reason: 'heartbeat', code: null });
    })
    // An exception, a promise or anything but a boolean from this one would abort the process.
    .handleDisconnection(() => {
      parent.send({ type: 'lost', reason: 'disconnected', code: null });
      return false;
    });
  if (edge === null) return builder;
  if (edge.address !== undefined) builder.serverAddr(edge.address);
  return builder.caCert(new TextEncoder().encode(edge.ca));
}

/** `listenAndForward` and `join` give the code in the text only. */
function codeOf(error: unknown): string | null {
  return /ERR_NGROK_\d+/.exec(error instanceof Error ? error.message : '')?.[0] ?? null;
}

/** ngrok's own texts repeat the authtoken. */
function textOf(error: unknown, authtoken: string): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(authtoken, '********');
}

const parent = connectParent();
if (parent === null) {
  process.stderr.write('This program is started by HighLevel Companion, not by hand.\n');
  process.exitCode = 2;
} else {
  await run(parent);
}
