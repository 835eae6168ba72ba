// Fastify with nothing behind it: the same JSON as the bare server, and a ready answer behind a bearer check.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import { serveTarget } from '../harness/target.ts';

/** The bytes that Gatehouse answered to the same call. */
const page = process.argv[2] === undefined ? Buffer.from('{}') : readFileSync(process.argv[2]);
const key = randomBytes(32);
const token = randomBytes(32).toString('base64url');
const hash = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
const expected = hash(token);

const app = fastify({ logger: false });
app.post('/', async (request) => ({ hello: (request.body as { name: string }).name }));
app.post('/list_chats', async (request, reply) => {
  const given = request.headers.authorization?.slice('Bearer '.length) ?? '';
  if (!timingSafeEqual(hash(given), expected)) return reply.code(401).send({ error: 'unauthorized' });
  return reply.type('application/json; charset=utf-8').send(page);
});
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const json = { 'content-type': 'application/json' };

serveTarget(
  url,
  {
    json: () => ({
      method: 'POST',
      path: '/',
      headers: json,
      bodies: [JSON.stringify({ name: 'gatehouse' })],
      once: false,
    }),
    list_chats: () => ({
      method: 'POST',
      path: '/list_chats',
      headers: { ...json, authorization: `Bearer ${token}` },
      bodies: ['{"limit":10}'],
      once: false,
    }),
  },
  () => app.close(),
);
