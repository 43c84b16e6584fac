/** The yardstick: the least a `node:http` server can do that reads a body and answers. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.end(body);
  });
});

server.listen(0, '127.0.0.1', () => {
  // A server that listens on a host and port has an address with a port.
  const { port } = server.address() as AddressInfo;
  process.send?.({ port });
});
process.on('message', () => {
  server.closeAllConnections();
  server.close();
  process.disconnect();
});
