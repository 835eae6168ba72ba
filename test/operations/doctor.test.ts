import assert from 'node:assert/strict';
import { chmodSync, closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../server/app/config.ts';
import type { Finding } from '../../server/app/doctor/finding.ts';
import { type RunningServer, startServer } from '../../server/app/start.ts';
import { engines } from '../support/databases.ts';
import { gatehouse } from '../support/gatehouse.ts';
import { scratchFolder } from '../support/scratch_folder.ts';

describe('gatehouse doctor', () => {
  const folder = scratchFolder('doctor');
  const dataDir = join(folder, 'data');
  let server: RunningServer;
  let port: string;

  async function examine(...flags: string[]): Promise<{ code: number | null; of(name: string): Finding }> {
    const result = await gatehouse('doctor', '--json', '--data-dir', dataDir, '--port', port, ...flags);
    const { findings } = JSON.parse(result.printed) as { findings: Finding[] };
    return {
      code: result.code,
      of(name) {
        const found = findings.find((finding) => finding.name === name);
        assert.ok(found, `nothing about ${name}`);
        assert.equal(found.remedy !== undefined, found.state !== 'ok', 'what is not ok has a remedy');
        return found;
      },
    };
  }

  before(async () => {
    server = await startServer(readConfig(['--port', '0', '--data-dir', dataDir], {}), { logger: false });
    port = new URL(server.address).port;
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds a running server healthy, and says what each line is about', async () => {
    const result = await gatehouse('doctor', '--data-dir', dataDir, '--port', port);
    assert.equal(result.code, 0, result.printed);
    for (const name of ['configuration', 'data folder', 'secret key', 'database', 'tables', 'clock', 'port'])
      assert.match(result.printed, new RegExp(`^ok +${name} `, 'm'));
    assert.match(result.printed, /in use, and the server is running/);
    assert.match(result.printed, /^warn +mail .*\n +→ Set MAIL_URL/m);
  });

  const troubles: [string, string, Finding['state'], RegExp, () => string[] | Promise<string[]>][] = [
    ['a wrong setting', 'configuration', 'fail', /--region is "DAL1"/, () => ['--region', 'DAL1']],
    [
      'http for the world',
      'public URL',
      'fail',
      /in the clear/,
      () => ['--public-url', 'http://chat.example.com'],
    ],
    [
      'https without a proxy',
      'public URL',
      'warn',
      /no proxy is trusted/,
      () => ['--public-url', 'https://c.example'],
    ],
    [
      'a mail server that is not there',
      'mail',
      'fail',
      /does not take mail/,
      () => ['--mail-url', 'smtp://127.0.0.1:1'],
    ],
    ['an address of another machine', 'port', 'fail', /cannot be listened on/, () => ['--host', '192.0.2.1']],
    [
      'a PostgreSQL that does not answer',
      'database',
      'fail',
      /does not answer \(ECONNREFUSED\)/,
      () => ['--database-url', 'postgres://x@127.0.0.1:1/x'],
    ],
    [
      'a folder that others may enter',
      'data folder',
      'warn',
      /can be entered by other users \(mode 755\)/,
      () => {
        chmodSync(dataDir, 0o755);
        return [];
      },
    ],
    [
      'a key that others may read',
      'secret key',
      'fail',
      /can be read by other users/,
      () => {
        chmodSync(join(dataDir, 'secret.key'), 0o644);
        return [];
      },
    ],
    [
      'a clock that is behind the rows',
      'clock',
      'fail',
      /ahead of the clock/,
      () => {
        sqlite("update migrations set applied_at = applied_at + 3600000000 where name like '0001%'");
        return [];
      },
    ],
    [
      'a database that is missing beside its folder',
      'database',
      'warn',
      /does not exist yet/,
      () => ['--database-url', `sqlite:${join(folder, 'none.db')}`],
    ],
  ];
  for (const [what, name, state, words, arrange] of troubles)
    it(`notices ${what}`, async () => {
      const { code, of } = await examine(...(await arrange()));
      assert.match(of(name).message, words);
      assert.equal(of(name).state, state);
      if (state === 'fail') assert.equal(code, 1);
    });

  it('notices another program at the port, a newer database, and a damaged one', async () => {
    await server.close();
    const other = createServer().listen(Number(port), '127.0.0.1');
    const first = await examine();
    other.close();
    assert.match(first.of('port').message, /in use by another program/);

    sqlite("insert into migrations values ('9999_from_the_future', 1)");
    assert.match(
      (await examine()).of('database').message,
      /newer version of Gatehouse \(9999_from_the_future/,
    );

    const descriptor = openSync(join(dataDir, 'gatehouse.db'), 'r+');
    writeSync(descriptor, Buffer.alloc(4096, 0xa5), 0, 4096, 4096 * 3);
    closeSync(descriptor);
    const damaged = await examine();
    assert.equal(damaged.code, 1);
    assert.match(damaged.of('database').message, /is damaged/);
    assert.match(damaged.of('database').remedy ?? '', /gatehouse restore/);
  });

  it('knows PostgreSQL by its version and its round trip', async () => {
    const database = await engines.postgres.open();
    const { of } = await examine('--database-url', database.url, '--development');
    assert.match(of('database').message, /^PostgreSQL \d\d$/);
    assert.match(of('latency').message, /^round trip \d+\.\d ms$/);
    assert.equal(of('tables').state, 'ok');
    await database.close();
  });

  function sqlite(text: string): void {
    const database = new DatabaseSync(join(dataDir, 'gatehouse.db'));
    database.exec(text);
    database.close();
  }
});
