import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { type OutgoingAnswer, OutgoingFailure, type OutgoingRequests } from '../../domain/outgoing.ts';
import { findTarget, type Resolve, type Target } from './target.ts';

const REDIRECTS = 3;
const MOST_BYTES = 512 * 1024;
const PATIENCE_MILLISECONDS = 3_000;
/** Requests that are under way at a time. */
const MOST_REQUESTS = 64;

interface Options {
  /** Development mode: this machine may be reached. */
  allowLoopback(): boolean;
  userAgent: string;
  resolve?: Resolve;
  patience?: number;
}

/** Everything that the server asks of addresses which others name goes through here. */
export function guardedClient(options: Options): OutgoingRequests {
  const { allowLoopback, userAgent, resolve = resolveByDns, patience = PATIENCE_MILLISECONDS } = options;
  let underWay = 0;

  async function send(
    text: string,
    signal: AbortSignal,
    init: { method: 'GET' | 'POST'; accept: string; body?: string },
  ): Promise<{ target: Target; response: IncomingMessage }> {
    const target = await findTarget(text, (host) => orAbort(resolve(host), signal), allowLoopback());
    const response = await ask(target, signal, userAgent, init);
    return { target, response };
  }

  /** @throws OutgoingFailure and nothing else */
  async function guarded<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (underWay >= MOST_REQUESTS) throw new OutgoingFailure('busy', 'too many requests are under way');
    underWay += 1;
    try {
      return await run(AbortSignal.timeout(patience));
    } catch (error) {
      throw error instanceof OutgoingFailure ? error : new OutgoingFailure('failed', 'no answer', error);
    } finally {
      underWay -= 1;
    }
  }

  return {
    read: (url, accept) =>
      guarded(async (signal) => {
        let next = url;
        for (let hop = 0; hop <= REDIRECTS; hop++) {
          const { target, response } = await send(next, signal, { method: 'GET', accept });
          const status = response.statusCode ?? 0;
          const { location } = response.headers;
          if (![301, 302, 303, 307, 308].includes(status) || location === undefined)
            return answerOf(target, response);
          response.destroy();
          if (!URL.canParse(location, target.url))
            throw new OutgoingFailure('refused', 'it redirects to what is no URL');
          next = new URL(location, target.url).href;
        }
        throw new OutgoingFailure('refused', `it redirects more than ${REDIRECTS} times`);
      }),
    post: (url, json) =>
      guarded(async (signal) => {
        const init = { method: 'POST', accept: '*/*', body: json } as const;
        const { response } = await send(url, signal, init);
        response.destroy();
        return response.statusCode ?? 0;
      }),
  };
}

async function resolveByDns(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}

/** Connects to the pinned address; the name is for the other side alone: its Host header, and its certificate. */
function ask(
  { url, address }: Target,
  signal: AbortSignal,
  userAgent: string,
  { method, accept, body }: { method: string; accept: string; body?: string },
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  const name = isIP(url.hostname.replace(/^\[|\]$/g, '')) === 0 ? url.hostname : undefined;
  return new Promise((resolve, reject) => {
    const request = (secure ? secureRequest : plainRequest)({
      host: address,
      port: url.port || (secure ? 443 : 80),
      path: `${url.pathname}${url.search}`,
      method,
      agent: false,
      signal,
      ...(secure && name !== undefined ? { servername: name } : {}),
      headers: {
        host: url.host,
        'user-agent': userAgent,
        accept,
        'accept-encoding': 'gzip, deflate, br',
        ...(body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      },
    });
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
}

async function answerOf({ url }: Target, response: IncomingMessage): Promise<OutgoingAnswer> {
  const type = response.headers['content-type'] ?? '';
  return {
    url: url.href,
    status: response.statusCode ?? 0,
    mediaType: type.split(';')[0]?.trim().toLowerCase() ?? '',
    charset: /;\s*charset="?([\w.:-]+)/i.exec(type)?.[1],
    body: await readStart(response),
  };
}

/** The first bytes of a body, decompressed; neither what comes nor what it unpacks to is read any further. */
async function readStart(response: IncomingMessage): Promise<Buffer> {
  let received = 0;
  response.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > MOST_BYTES) response.destroy();
  });
  const body = decompressed(response);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, MOST_BYTES - size));
      size += chunk.length;
      if (size >= MOST_BYTES) break;
    }
  } catch (error) {
    // Cut off here, or there: what came is what there is.
    if (received <= MOST_BYTES) throw error;
  } finally {
    body.destroy();
    response.destroy();
  }
  return Buffer.concat(chunks);
}

function decompressed(response: IncomingMessage): Readable {
  const decoders = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  };
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return response;
  const create = decoders[encoding as keyof typeof decoders];
  if (!create) throw new OutgoingFailure('failed', `the content encoding ${encoding} is not read`);
  const decoder = create();
  response.on('error', (error) => decoder.destroy(error));
  response.on('close', () => {
    if (!response.readableEnded) decoder.destroy(new Error('the answer was cut off'));
  });
  return response.pipe(decoder);
}
