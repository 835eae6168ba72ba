import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '../../server/app/config.ts';
import { demo } from '../../server/app/demo/demo_seed.ts';
import { type RunningServer, startServer } from '../../server/app/start.ts';
import { type EmptyDatabase, engines } from '../support/databases.ts';
import { gatehouse } from '../support/gatehouse.ts';
import { scratchFolder } from '../support/scratch_folder.ts';

describe('gatehouse migrate-data', () => {
  const folder = scratchFolder('move');
  let target: EmptyDatabase;
  const flags = (...more: string[]) =>
    readConfig(['--port', '0', '--data-dir', folder, '--development', ...more], {});
  let running: RunningServer | undefined;
  async function start(...more: string[]): Promise<RunningServer> {
    running = await startServer(flags(...more), { logger: false });
    return running;
  }
  const move = () => gatehouse('migrate-data', '--data-dir', folder, '--to', target.url);

  async function listChats(url: string): Promise<string> {
    const response = await fetch(`${url}/v3.6/agent/action/list_chats`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${demo.owner.id}:${demo.personalAccessToken}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: '{"limit": 100}',
    });
    assert.equal(response.status, 200);
    const { chats_summary, found_chats } = (await response.json()) as Record<string, unknown>;
    return JSON.stringify({ chats_summary, found_chats });
  }

  before(async () => {
    target = await engines.postgres.create();
  });
  after(async () => {
    await running?.close().catch(() => {});
    await target.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('moves a server to PostgreSQL, where it answers as it did before', async () => {
    const old = await start('--demo');
    const served = await move();
    assert.equal(served.code, 1);
    assert.match(served.noted, /in use by this very process/);
    const chats = await listChats(old.url);
    assert.ok(chats.length > 1000);
    await old.close();

    // A text that PostgreSQL cannot store: the run breaks off, and can be made again.
    const file = new DatabaseSync(join(folder, 'gatehouse.db'));
    file.exec("insert into throttles values ('nul' || char(0), 1, 1)");
    const broken = await move();
    assert.equal(broken.code, 1);
    assert.match(broken.noted, /table throttles cannot be moved: .*NUL[\s\S]*Nothing was moved/);
    file.exec("delete from throttles where name like 'nul%'");
    file.close();

    const moved = await move();
    assert.equal(moved.code, 0, moved.noted);
    assert.match(moved.printed, /^accounts +4 {2}[0-9a-f]{16}$/m);
    const twice = await move();
    assert.equal(twice.code, 1);
    assert.match(twice.noted, /has rows in \w+ already/);

    const fresh = await start('--database-url', target.url);
    assert.equal(await listChats(fresh.url), chats);
    await fresh.close();
  });

  it('wants a target, and a source', async () => {
    assert.equal((await gatehouse('migrate-data', '--data-dir', folder)).code, 2);
    assert.equal((await gatehouse('migrate-data', '--data-dir', folder, '--to', 'mysql://x')).code, 2);
    const none = await gatehouse('migrate-data', '--data-dir', join(folder, 'none'), '--to', target.url);
    assert.match(none.noted, /There is no database/);
  });
});
