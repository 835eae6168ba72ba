import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { readTar } from '../../server/app/backup/tar.ts';
import { gatehouse, spawnGatehouse } from '../support/gatehouse.ts';
import { LOGIN, openSite, type Site, type TokenAnswer } from '../support/site.ts';

describe('gatehouse backup and restore', () => {
  let site: Site;
  let file: string;
  /** Issued before the backup was begun, and before it had ended. */
  const early: TokenAnswer[] = [];
  let unused = '';

  before(async () => {
    site = await openSite();
    file = join(site.folder, 'backup.tar');
  });
  after(() => site.remove());

  it('copies the database of a server under load: what was acknowledged before it began is in it', async () => {
    for (let index = 0; index < 8; index++) early.push(await site.exchange(await site.newCode()));
    unused = await site.newCode();
    let running = true;
    let written = 0;
    const load = Array.from({ length: 4 }, async () => {
      while (running) {
        assert.notEqual(await site.newCode(), '');
        written += 1;
      }
    });
    const result = await spawnGatehouse('backup', '--data-dir', site.dataDir, '--to', file);
    running = false;
    await Promise.all(load);
    assert.equal(result.code, 0, result.noted);
    assert.equal(result.printed.trim(), file);
    assert.match(result.noted, /holds the secret key/);
    assert.ok(written > 4, 'the server wrote meanwhile');
    assert.equal(statSync(file).mode & 0o077, 0, 'others cannot read it');
    assert.deepEqual(
      readdirSync(site.folder).filter((name) => name.includes('partial')),
      [],
    );
  });

  it('writes a manifest that says what is in it', () => {
    const [first] = readTar(file);
    assert.ok(first);
    assert.equal(first.name, 'manifest.json');
    assert.deepEqual(
      [...readTar(file)].map(({ name }) => name),
      ['manifest.json', 'secret.key', 'gatehouse.db'],
    );
    const manifest = JSON.parse(manifestText(file));
    assert.equal(manifest.format, 'gatehouse-backup/1');
    assert.match(manifest.migration, /^\d{4}_/);
    assert.equal(manifest.tables.accounts, 1);
    assert.match(manifest.files[0].sha256, /^[0-9a-f]{64}$/);
    assert.ok(
      !JSON.stringify(manifest).includes(readFileSync(join(site.dataDir, 'secret.key'), 'utf8').trim()),
    );
  });

  it('is not restored while a server has the folder', async () => {
    const result = await gatehouse('restore', file, '--data-dir', site.dataDir, '--force');
    assert.equal(result.code, 1);
    assert.match(result.noted, /in use by another process \(\d+\)/);
    assert.equal(await site.page('/account'), 200);
  });

  it('does not replace what is there unless it is told to', async () => {
    await site.server.stop();
    const before = readFileSync(join(site.dataDir, 'gatehouse.db'));
    const result = await gatehouse('restore', file, '--data-dir', site.dataDir);
    assert.equal(result.code, 1);
    assert.match(result.noted, /exists\. Add --force/);
    assert.deepEqual(readFileSync(join(site.dataDir, 'gatehouse.db')), before);
  });

  it('brings the server back; sessions, codes and tokens from before are void, and the rest is good', async () => {
    const result = await gatehouse('restore', file, '--data-dir', site.dataDir, '--force');
    assert.equal(result.code, 0, result.noted);
    assert.match(result.noted, /Void now: \d+ sessions/);
    const [aside = ''] = readdirSync(site.dataDir).filter((name) => name.startsWith('before-restore-'));
    assert.deepEqual(readdirSync(join(site.dataDir, aside)).sort(), ['gatehouse.db', 'secret.key']);
    assert.ok(!existsSync(join(site.dataDir, 'restoring')));

    await site.start();
    for (const { accessToken, refreshToken } of early) {
      assert.equal(await site.works(accessToken), false);
      assert.equal((await site.refresh(refreshToken)).status, 400);
    }
    assert.equal((await site.exchange(unused)).status, 400);
    assert.equal(await site.page('/account'), 303, 'the session has ended');
    assert.equal(await site.personalTokenWorks(), true);
    site.browser.cookies.clear();
    await site.browser.get(`${site.server.url}/signin`);
    await logInAgain();
    const fresh = await site.exchange(await site.newCode());
    assert.equal(fresh.status, 200, 'the client secret is good');
    assert.equal(await site.works(fresh.accessToken), true);
    await site.server.stop();
  });

  it('keeps sessions and tokens when it is told to', async () => {
    const dataDir = join(site.folder, 'kept');
    const result = await gatehouse('restore', file, '--data-dir', dataDir, '--keep-sessions');
    assert.equal(result.code, 0, result.noted);
    assert.match(result.noted, /may work again/);
    await site.start({ dataDir });
    for (const { accessToken } of early) assert.equal(await site.works(accessToken), true);
    assert.equal((await site.exchange(unused)).status, 200);
    await site.server.stop();
  });

  it('leaves the secret key out when it is told to, and says at the restore that it is missing', async () => {
    const bare = join(site.folder, 'bare.tar');
    const made = await gatehouse('backup', '--data-dir', site.dataDir, '--to', bare, '--without-key');
    assert.match(made.noted, /NOT in it/);
    const dataDir = join(site.folder, 'bare');
    const result = await gatehouse('restore', bare, '--data-dir', dataDir);
    assert.equal(result.code, 0, result.noted);
    assert.match(result.noted, /WARNING: the secret key is missing/);
    copyFileSync(join(site.dataDir, 'secret.key'), join(dataDir, 'secret.key'));
    const again = await gatehouse('restore', bare, '--data-dir', dataDir, '--force');
    assert.doesNotMatch(again.noted, /WARNING/);
  });

  const spoilt: [string, (bytes: Buffer) => Buffer, RegExp][] = [
    ['was cut', (bytes) => bytes.subarray(0, bytes.length - 20_000), /ends too early|no database/],
    ['has one changed byte', (bytes) => changed(bytes, bytes.length - 3000), /not what the manifest says/],
    ['has another manifest', (bytes) => changed(bytes, 700), /not a whole backup/],
    ['is something else', () => Buffer.from('x'.repeat(5000)), /not a tar archive/],
    ['is empty', () => Buffer.alloc(0), /ends too early/],
  ];
  for (const [what, spoil, words] of spoilt)
    it(`refuses a backup that ${what}, and changes nothing`, async () => {
      const bad = join(site.folder, 'bad.tar');
      writeFileSync(bad, spoil(readFileSync(file)));
      const dataDir = join(site.folder, 'never');
      const result = await gatehouse('restore', bad, '--data-dir', dataDir);
      assert.equal(result.code, 1);
      assert.match(result.noted, words);
      assert.deepEqual(
        readdirSync(dataDir).filter((name) => !name.endsWith('.lock')),
        [],
      );
      rmSync(dataDir, { recursive: true });
    });

  it('refuses a backup of a newer version', async () => {
    const dataDir = join(site.folder, 'newer');
    mkdirSync(dataDir);
    for (const name of ['gatehouse.db', 'secret.key'])
      copyFileSync(join(site.dataDir, name), join(dataDir, name));
    const database = new DatabaseSync(join(dataDir, 'gatehouse.db'));
    database.exec("insert into migrations values ('9999_from_the_future', 1)");
    database.close();
    const newer = join(site.folder, 'newer.tar');
    assert.equal((await gatehouse('backup', '--data-dir', dataDir, '--to', newer)).code, 0);
    const result = await gatehouse('restore', newer, '--data-dir', join(site.folder, 'never'));
    assert.equal(result.code, 1);
    assert.match(result.noted, /changed by a newer version of Gatehouse \(9999_from_the_future/);
  });

  it('refuses to write over a file, to copy what is not there, and to guess', async () => {
    const twice = await gatehouse('backup', '--data-dir', site.dataDir, '--to', file);
    assert.equal(twice.code, 1);
    assert.match(twice.noted, /exists already/);
    const nothing = await gatehouse('backup', '--data-dir', join(site.folder, 'nowhere'));
    assert.equal(nothing.code, 1);
    assert.match(nothing.noted, /There is no database/);
    assert.ok(!existsSync(join(site.folder, 'nowhere')));
    assert.equal((await gatehouse('restore')).code, 2);
    assert.equal((await gatehouse('restore', file, '--froce')).code, 2);
    assert.equal((await gatehouse('resotre', file)).code, 2);
  });

  it('tells how PostgreSQL is backed up, and shows no password', async () => {
    const url = 'postgres://gatehouse:hunter2@db.example.com:5432/gatehouse?schema=chat';
    const result = await gatehouse('backup', '--database-url', url);
    assert.equal(result.code, 1);
    assert.match(result.noted, /pg_dump --format=custom .*--schema=chat/);
    assert.doesNotMatch(result.noted, /hunter2/);
    assert.match(
      (await gatehouse('restore', file, '--database-url', url)).noted,
      /pg_restore[\s\S]*end-sessions/,
    );
  });

  async function logInAgain(): Promise<void> {
    const page = await site.browser.get(`${site.server.url}/signin`);
    const [, token = ''] = /name="csrf_token" value="([^"]+)"/.exec(page.text) ?? [];
    const answer = await site.browser.post(`${site.server.url}/signin`, { csrf_token: token, ...LOGIN });
    assert.equal(answer.status, 303);
  }
});

function manifestText(file: string): string {
  const pieces: Uint8Array[] = [];
  for (const entry of readTar(file))
    if (entry.name === 'manifest.json') entry.read((bytes) => pieces.push(bytes));
  return Buffer.concat(pieces).toString('utf8');
}

function changed(bytes: Buffer, position: number): Buffer {
  bytes[position] = (bytes[position] ?? 0) ^ 0xff;
  return bytes;
}
