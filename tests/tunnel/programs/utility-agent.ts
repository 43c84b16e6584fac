/** The agent as Electron starts it: with a parent port instead of a fork's channel. */
import { EventEmitter } from 'node:events';

const channel = process.send?.bind(process);
const port = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => channel?.(message) });
process.on('message', (data) => port.emit('message', { data, ports: [] }));
process.once('disconnect', () => process.exit(0));
Object.assign(process, { parentPort: port, send: undefined });

await import('../../../src/main/core/tunnel/agent/main.ts');
