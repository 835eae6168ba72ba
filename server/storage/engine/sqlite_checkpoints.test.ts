import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { scratchFolder } from '../../../test/support/scratch_folder.ts';
import { openSqlite } from './sqlite.ts';

describe('The log of SQLite', () => {
  it('is moved into the database file by a thread while many write, which ends with the database', async () => {
    const folder = scratchFolder('checkpoints');
    const file = join(folder, 'gatehouse.db');
    const database = openSqlite(file);
    await database.migrate();
    const before = statSync(file).size;
    let number = 0;
    // Far fewer pages than would make the writing connection do it: nobody but the thread makes the file grow.
    for (let round = 0; statSync(file).size === before; round++) {
      assert.ok(round < 10_000, 'the database file does not grow');
      await Promise.all(
        Array.from({ length: 64 }, () =>
          database.write((session) =>
            session.execute((db) =>
              db.insertInto('throttles').values({ name: `n${++number}`, count: 1, window_ends_at: 0 }),
            ),
          ),
        ),
      );
      await turn();
    }
    const rows = await database.read.query((db) => db.selectFrom('throttles').select('name'));
    assert.equal(rows.length, number);
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is closed to the end by a process that has nothing else to do', () => {
    const folder = scratchFolder('checkpoints-close');
    const source = new URL('./sqlite.ts', import.meta.url).href;
    const program = `
      const { openSqlite } = await import('${source}');
      const database = openSqlite(${JSON.stringify(join(folder, 'gatehouse.db'))});
      await database.migrate();
      for (let round = 0; round < 20; round++)
        await Promise.all(Array.from({ length: 64 }, (_, n) => database.write((session) =>
          session.execute((db) => db.insertInto('throttles')
            .values({ name: round + '-' + n, count: 1, window_ends_at: 0 })))));
      await database.close();
      console.log('closed');`;
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    assert.equal(stdout.trim(), 'closed');
    assert.equal(status, 0);
    rmSync(folder, { recursive: true, force: true });
  });
});
