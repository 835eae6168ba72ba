import { once } from 'node:events';
import { createConnection, createServer, type Socket } from 'node:net';

/** Stands between a server and PostgreSQL, and can take PostgreSQL away. */
export interface DatabaseProxy {
  /** The database's address by way of this proxy. */
  url: string;
  /** Breaks every connection and refuses new ones. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  /** Carries nothing any more in either direction: connections stay, and new ones are accepted. */
  fallSilent(): void;
  /** New connections are served; those of the silence never are. */
  speakAgain(): void;
  /** Breaks the next connection over which the client sends these words, before they arrive. */
  breakAt(words: string): void;
  close(): Promise<void>;
}

/** @param url as of `engines.postgres.create()`: with a host, or with the folder of a socket */
export async function openDatabaseProxy(url: string): Promise<DatabaseProxy> {
  const target = new URL(url);
  const folder = target.searchParams.get('host');
  const connect = () =>
    folder?.startsWith('/')
      ? createConnection({ path: `${folder}/.s.PGSQL.5432` })
      : createConnection({ host: target.hostname, port: Number(target.port) });
  const open = new Set<Socket>();
  let breakWords: string | undefined;
  let silent = false;

  const listener = createServer((client) => {
    const server = connect();
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    // As behind a firewall that has forgotten the connection: it is not taken up again afterwards.
    const heard = !silent;
    server.on('data', (bytes) => {
      if (heard && !silent) client.write(bytes);
    });
    client.on('data', (bytes) => {
      if (!heard || silent) return;
      if (breakWords !== undefined && bytes.includes(breakWords)) {
        breakWords = undefined;
        client.destroy();
      } else server.write(bytes);
    });
  });
  let port = 0;
  async function listen(): Promise<void> {
    listener.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address !== null && typeof address === 'object') port = address.port;
  }
  async function stop(): Promise<void> {
    if (!listener.listening) return;
    const closed = once(listener, 'close');
    listener.close();
    for (const socket of open) socket.destroy();
    await closed;
  }
  await listen();

  const proxied = new URL(`postgres://127.0.0.1:${port}${target.pathname}`);
  proxied.username = target.searchParams.get('user') ?? target.username;
  const schema = target.searchParams.get('schema');
  if (schema !== null) proxied.searchParams.set('schema', schema);
  return {
    url: proxied.href,
    goAway: stop,
    comeBack: listen,
    fallSilent: () => {
      silent = true;
    },
    speakAgain: () => {
      silent = false;
    },
    breakAt: (words) => {
      breakWords = words;
    },
    close: stop,
  };
}
