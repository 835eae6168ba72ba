import assert from 'node:assert/strict';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { assertKept, load, type Promised } from './support/crash_load.ts';
import type { CrashPoint } from './support/crash_server.ts';
import { gatehouse, startGatehouse } from './support/gatehouse.ts';
import { openSite, type Site } from './support/site.ts';

/** How often the server is killed at random; a nightly run sets 100. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 10);
const ENTRY = fileURLToPath(new URL('./support/crash_server.ts', import.meta.url));
const crashAt = (point: CrashPoint) => [
  process.execPath,
  '--disable-warning=ExperimentalWarning',
  ENTRY,
  point,
];

describe('a server that is killed (SIGKILL)', () => {
  let site: Site;
  const restarts: number[] = [];
  let answers = 0;

  before(async () => {
    site = await openSite();
  });
  after(() => site.remove());

  async function restart(): Promise<void> {
    await site.server.kill();
    const begun = performance.now();
    await site.start();
    assert.equal((await fetch(`${site.server.url}/readyz`)).status, 200);
    restarts.push(performance.now() - begun);
  }

  it('keeps its database and its key from other users', () => {
    for (const name of ['gatehouse.db', 'secret.key'])
      assert.equal(statSync(join(site.dataDir, name)).mode & 0o077, 0, `${name} is readable by others`);
  });

  for (let round = 1; round <= ROUNDS; round++)
    it(`at any moment under load has lost nothing that it acknowledged, and lets nothing be used twice (kill ${round})`, async () => {
      // From before the first answer to after the last but a few.
      const at = Math.floor(Math.random() * 24);
      const kill = (count: number) => void (count === at && site.server.process.kill('SIGKILL'));
      const promised = await load(site, round, () => kill(0), kill);
      answers += promised.answers;
      await restart();
      await assertKept(site, promised);
    });

  const points: CrashPoint[] = ['before commit', 'after commit'];
  for (const [index, point] of points.entries())
    it(`${point} has lost nothing that it acknowledged, and lets nothing be used twice`, async () => {
      await site.server.kill();
      await site.start({ command: crashAt(point) });
      const arm = () => void site.server.process.kill('SIGUSR2');
      const promised: Promised = await load(site, 1000 + index, arm, () => {});
      assert.ok(promised.unanswered.length > 0, 'it was killed');
      await restart();
      await assertKept(site, promised);
    });

  it('in a migration is as it was before, and starts', async () => {
    const code = await site.newCode();
    await site.server.kill();
    await assert.rejects(site.start({ command: crashAt('in a migration') }), /ended with code null/);
    const database = new DatabaseSync(join(site.dataDir, 'gatehouse.db'));
    assert.deepEqual(database.prepare("select name from sqlite_schema where name = 'half_made'").all(), []);
    assert.deepEqual(database.prepare("select name from migrations where name = '9999_crash'").all(), []);
    database.close();
    await restart();
    assert.equal((await site.exchange(code)).status, 200);
  });

  it('in a purge has deleted nothing that lives', async () => {
    const { accessToken } = await site.exchange(await site.newCode());
    await site.server.kill();
    await site.start({ command: crashAt('in a purge') });
    const ended = new Promise((resolve) => site.server.process.once('exit', resolve));
    site.server.process.kill('SIGUSR2');
    await ended;
    await restart();
    assert.equal(await site.works(accessToken), true);
    assert.equal(await site.page('/account'), 200);
  });

  it('during a backup leaves that to end: it is whole', async () => {
    const { accessToken } = await site.exchange(await site.newCode());
    const file = join(site.folder, 'during.tar');
    const backup = startGatehouse('backup', '--data-dir', site.dataDir, '--to', file);
    await until(() => existsSync(`${file}.partial-database`) || existsSync(file));
    await site.server.kill();
    assert.equal((await backup.result).code, 0);
    const dataDir = join(site.folder, 'restored');
    const restored = await gatehouse('restore', file, '--data-dir', dataDir, '--keep-sessions');
    assert.equal(restored.code, 0, restored.noted);
    await restart();
    assert.equal(await site.works(accessToken), true);
  });

  it('is not harmed by a backup that is killed, and the next backup clears up after it', async () => {
    const file = join(site.folder, 'killed.tar');
    const backup = startGatehouse('backup', '--data-dir', site.dataDir, '--to', file);
    await until(() => existsSync(`${file}.partial-database`) || existsSync(file));
    backup.process.kill('SIGKILL');
    await backup.result;
    assert.equal((await site.exchange(await site.newCode())).status, 200);
    const next = await gatehouse('backup', '--data-dir', site.dataDir, '--to', `${file}.next`);
    assert.equal(next.code, 0, next.noted);
    if (!existsSync(file)) await gatehouse('backup', '--data-dir', site.dataDir, '--to', file);
    assert.deepEqual(
      readdirSync(site.folder).filter((name) => name.includes('partial')),
      [],
    );
  });

  it('serves again within seconds (reported, not judged)', (context: TestContext) => {
    restarts.sort((a, b) => a - b);
    const at = (share: number) => Math.round(restarts[Math.floor((restarts.length - 1) * share)] ?? 0);
    context.diagnostic(
      `${restarts.length} restarts: median ${at(0.5)} ms, slowest ${at(1)} ms; ${answers} answers were acknowledged before ${ROUNDS} random kills`,
    );
  });

  it('ends by itself and with code 0 when it is asked to (SIGTERM)', async () => {
    assert.equal(await site.server.stop(), 0);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(1);
}
