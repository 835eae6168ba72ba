import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../server/app/config.ts';
import { startServer } from '../../server/app/start.ts';
import { gatehouse } from '../support/gatehouse.ts';
import { scratchFolder } from '../support/scratch_folder.ts';
import { openWorld } from '../support/world.ts';
import { company } from './support.ts';

describe('uploaded files', () => {
  it('are in a backup, and are served again where it is restored', async (t) => {
    const folder = scratchFolder('files-backup');
    const world = await openWorld(undefined, ['--files-url', `folder:${join(folder, 'files')}`]);
    t.after(() => world.close());
    const acme = await company(world, 'Acme');
    const path = await acme.agent.uploaded('kept in the backup', 'notes.txt');
    const flags = [
      '--data-dir',
      join(world.file ?? '', '..'),
      '--files-url',
      `folder:${join(folder, 'files')}`,
    ];
    flags.push('--secret-key', 'a'.repeat(64));
    const made = await gatehouse('backup', ...flags, '--to', join(folder, 'backup.tar'));
    assert.equal(made.code, 0, made.noted);
    assert.match(made.noted, /and 1 uploaded files/);

    const dataDir = join(folder, 'restored');
    const restored = await gatehouse('restore', join(folder, 'backup.tar'), '--data-dir', dataDir);
    assert.equal(restored.code, 0, restored.noted);
    assert.match(restored.noted, /with 1 uploaded files/);
    const again = await gatehouse('restore', join(folder, 'backup.tar'), '--data-dir', dataDir, '--force');
    assert.equal(again.code, 0, again.noted);
    const [aside = ''] = readdirSync(dataDir).filter((name) => name.startsWith('before-restore-'));
    assert.ok(readdirSync(join(dataDir, aside)).includes('files'));

    const server = await startServer(readConfig(['--port', '0', '--data-dir', dataDir], {}), {
      logger: false,
    });
    const answer = await fetch(server.url + path);
    assert.equal(await answer.text(), 'kept in the backup');
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
