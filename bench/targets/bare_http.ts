// The least that Node can do: parse a JSON body, answer JSON.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveTarget } from '../harness/target.ts';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { name } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { name: string };
    const body = JSON.stringify({ hello: name });
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

serveTarget(
  `http://127.0.0.1:${port}`,
  {
    json: () => ({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/json' },
      bodies: [JSON.stringify({ name: 'gatehouse' })],
      once: false,
    }),
  },
  () => void server.close(),
);
