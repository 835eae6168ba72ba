import type { Socket } from 'node:net';

const REFUSALS: Record<string, [status: string, type: string, message: string]> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'validation',
    'Address and headers together are larger than 16 KB, the most that is taken. Send fewer or shorter cookies and headers.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [
    '408 Request Timeout',
    'request_timeout',
    'The request took too long to arrive.',
  ],
};
const UNREADABLE = [
  '400 Bad Request',
  'validation',
  'This is not a request of HTTP/1.1 that can be read.',
] as const;

/**
 * Answers what the HTTP parser itself refuses, which no route or hook ever sees, in the shape of the router's
 * own errors, and closes the connection: nobody knows where the next request would begin.
 */
export function refuseUnreadable(
  error: Error & { code?: string; rawPacket?: unknown },
  socket: Socket,
  headers: Readonly<Record<string, string>>,
): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, type, message] = REFUSALS[error.code ?? ''] ?? UNREADABLE;
  const body = JSON.stringify({ error: { type, message } });
  const all = {
    ...headers,
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  // RFC 9112 §6.3: an answer to HEAD ends with its headers.
  const { rawPacket } = error;
  const isHead = Buffer.isBuffer(rawPacket) && rawPacket.subarray(0, 5).toString('latin1') === 'HEAD ';
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${isHead ? '' : body}`);
}
