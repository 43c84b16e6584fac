/** A companion that only starts an agent and says what it hears, so that a test can kill it. */
import { createForkedProgram } from '../../../src/main/hosts/node/child-program.ts';

process.once(
  'message',
  (order: { entry: string; authtoken: string; edge: { address: string; ca: string } }) => {
    const agent = createForkedProgram(new URL(order.entry), [], () => undefined);
    agent.onMessage((message) => {
      if (JSON.stringify(message) !== '{"type":"ready"}') {
        process.send?.(message);
        return;
      }
      agent.send({
        type: 'start',
        authtoken: order.authtoken,
        domain: null,
        port: 9,
        version: '0.1.0',
        heartbeatSeconds: 1,
        edge: order.edge,
        way: { proxy: null, caFile: null },
      });
    });
  },
);
