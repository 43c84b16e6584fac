/** Stands in for the agent's program where the real one cannot be made to misbehave. */
import type { FromAgent, ToAgent } from '../../../src/main/core/tunnel/agent/protocol.ts';

const [behaviour, url = ''] = process.argv.slice(2);
const say = (message: FromAgent): void => void process.send?.(message);

process.once('disconnect', () => process.exit(0));
process.on('message', (message: ToAgent) => {
  switch (message.type) {
    case 'start':
      if (behaviour === 'unloadable') {
        say({ type: 'failed', phase: 'load', code: null, text: 'Cannot find module /elsewhere/native.node' });
      } else {
        say({ type: 'bound', url });
      }
      return;
    case 'ping':
      // One that hangs answers nothing.
      if (behaviour === 'ends') process.exit(3);
      return;
    case 'stop':
      process.exit(0);
  }
});
say({ type: 'ready' });
