import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type ConsoleWorld,
  openConsoleWorld,
  type TestOrganization,
  type TestPerson,
} from '../../../test/support/console_world.ts';
import type { App, AppSummary } from './schemas.ts';

interface AppsPage {
  apps: AppSummary[];
  total: number;
  next_page_id?: string;
}

const names = (page: AppsPage): string[] => page.apps.map(({ name }) => name);

describe('Apps in the Console', () => {
  let world: ConsoleWorld;
  let acme: TestOrganization;
  let owner: TestPerson;
  let stranger: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    acme = await world.organization('Acme');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
    stranger = await world.person(await world.organization('Other'), { name: 'Otto', role: 'owner' });
  });
  after(() => world.close());

  it('are created private, empty and at version 1', async () => {
    const { status, body } = await owner.call<App>('POST', '/console/api/apps', {
      body: { name: '  Order   lookup ', product: 'helpdesk' },
    });
    assert.equal(status, 201);
    const { id, created_at: createdAt, updated_at: updatedAt, ...rest } = body;
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.match(createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    assert.equal(updatedAt, createdAt);
    assert.deepEqual(rest, {
      name: 'Order lookup',
      product: 'helpdesk',
      short_description: '',
      icon_url: null,
      client: null,
      installed: false,
      registration: null,
      version: 1,
      visibility: 'private',
      authorization: null,
      installation: null,
    });
    assert.deepEqual((await owner.call('GET', `/console/api/apps/${id}`)).body, body);
  });

  it('need a name of 1 to 100 characters', async () => {
    for (const name of ['   ', 'x'.repeat(101)]) {
      const { status, body } = await owner.call('POST', '/console/api/apps', {
        body: { name, product: 'text' },
      });
      assert.equal(status, 400);
      assert.equal(body.error.fields[0]?.field, 'name');
    }
  });

  it('are changed under the version that the editor saw', async () => {
    const { app } = await owner.app('Before');
    const { status, body } = await owner.call<App>('PATCH', `/console/api/apps/${app.id}`, {
      body: { version: app.version, short_description: 'Finds orders' },
    });
    assert.equal(status, 200);
    assert.equal(body.name, 'Before');
    assert.equal(body.short_description, 'Finds orders');
    assert.equal(body.version, app.version + 1);
  });

  it('are not changed under an older version; the answer tells the present one', async () => {
    const { app } = await owner.app('Edited twice');
    const path = `/console/api/apps/${app.id}`;
    await owner.call('PATCH', path, { body: { version: app.version, name: 'First' } });
    const { status, body } = await owner.call('PATCH', path, {
      body: { version: app.version, name: 'Second' },
    });
    assert.equal(status, 409);
    assert.equal(body.error.type, 'conflict');
    assert.equal(body.error.current_version, app.version + 1);
    assert.equal((await owner.call<App>('GET', path)).body.name, 'First');
  });

  it('are deleted by who types their name', async () => {
    const { app } = await owner.app('Old app', 'server_side_app');
    const path = `/console/api/apps/${app.id}`;
    const wrong = await owner.call('DELETE', path, { body: { name: 'old app' } });
    assert.equal(wrong.status, 400);
    assert.match(wrong.body.error.fields[0]?.message ?? '', /"Old app"/);
    const right = await owner.call('DELETE', path, { body: { name: 'Old app' } });
    assert.equal(right.status, 204);
    assert.equal(right.text, '');
    assert.equal((await owner.call('GET', path)).status, 404);
  });

  it('are installed and uninstalled, once each', async () => {
    const { app } = await owner.app('Installed');
    const path = `/console/api/apps/${app.id}/installation`;
    const installed = await owner.call<App>('POST', path, { body: {} });
    assert.equal(installed.status, 200);
    assert.equal(installed.body.installed, true);
    assert.equal(installed.body.installation?.installed_by, 'Olga');
    const again = await owner.call('POST', path, { body: {} });
    assert.equal(again.status, 409);
    assert.equal(again.body.error.type, 'conflict');
    const removed = await owner.call<App>('DELETE', path);
    assert.equal(removed.body.installation, null);
    assert.equal((await owner.call('DELETE', path)).status, 404);
  });

  it('of another organization do not exist, whatever is asked of them', async () => {
    const { app } = await owner.app('Secret plans', 'server_side_app');
    const path = `/console/api/apps/${app.id}`;
    const switches = { accept_sub_paths: false, allow_plain_http: false, rotate_refresh_tokens: false };
    const calls: [string, string, unknown][] = [
      ['GET', path, undefined],
      ['PATCH', path, { version: 1, name: 'Mine' }],
      ['DELETE', path, { name: 'Secret plans' }],
      ['DELETE', `${path}/icon`, undefined],
      ['POST', `${path}/authorization`, { type: 'javascript_app' }],
      [
        'PUT',
        `${path}/authorization`,
        { version: 1, redirect_uris: [], scopes: [], profile: 'strict', switches },
      ],
      ['DELETE', `${path}/authorization`, { version: 1 }],
      ['POST', `${path}/secrets`, {}],
      ['DELETE', `${path}/secrets/${app.authorization?.secrets[0]?.id}`, undefined],
      ['POST', `${path}/installation`, {}],
      ['DELETE', `${path}/installation`, undefined],
      ['GET', `${path}/postman.json`, undefined],
    ];
    for (const [method, url, body] of calls) {
      const answer = await stranger.call(method, url, body === undefined ? {} : { body });
      assert.equal(answer.status, 404, `${method} ${url}: ${answer.text}`);
      assert.doesNotMatch(answer.text, /Secret plans/);
    }
    assert.deepEqual((await owner.call('GET', path)).body, app);
    assert.equal((await stranger.call<AppsPage>('GET', '/console/api/apps')).body.total, 0);
  });

  it('with an id that is none do not exist either', async () => {
    for (const id of ['x', '%00', 'a'.repeat(99)]) {
      const { status, body } = await owner.call('GET', `/console/api/apps/${id}`);
      assert.equal(status, 404);
      assert.equal(body.error.type, 'not_found');
    }
  });

  it('come as a Postman file when they have an Authorization block', async () => {
    const { app } = await owner.app('To Postman');
    const path = `/console/api/apps/${app.id}`;
    const without = await owner.call('GET', `${path}/postman.json`);
    assert.equal(without.status, 404);
    assert.match(without.body.error.message, /Add it first/);
    await owner.call('POST', `${path}/authorization`, { body: { type: 'javascript_app' } });
    const file = await owner.call<{ info: { name: string } }>('GET', `${path}/postman.json`);
    assert.equal(file.status, 200);
    assert.equal(file.headers['content-disposition'], 'attachment; filename="postman.json"');
    assert.match(file.body.info.name, /To Postman/);
  });

  describe('in the list', () => {
    let developer: TestPerson;
    before(async () => {
      developer = await world.person(await world.organization('Many'), {
        name: 'Dev',
        role: 'administrator',
      });
      for (let number = 1; number <= 27; number++)
        await developer.app(number === 7 ? '100% Lucky' : `App ${number}`);
    });

    it('come in pages, the newest first', async () => {
      const first = await developer.call<AppsPage>('GET', '/console/api/apps');
      assert.equal(first.body.total, 27);
      assert.equal(first.body.apps.length, 25);
      assert.equal(first.body.apps[0]?.name, 'App 27');
      const second = await developer.call<AppsPage>(
        'GET',
        `/console/api/apps?page_id=${first.body.next_page_id}`,
      );
      assert.deepEqual(names(second.body), ['App 2', 'App 1']);
      assert.equal(second.body.next_page_id, undefined);
    });

    it('are found by a part of the name, in whatever case', async () => {
      const { body } = await developer.call<AppsPage>('GET', '/console/api/apps?search=lUCk');
      assert.deepEqual(names(body), ['100% Lucky']);
      assert.equal(body.total, 1);
      const percent = await developer.call<AppsPage>('GET', '/console/api/apps?search=%25');
      assert.deepEqual(names(percent.body), ['100% Lucky']);
    });

    it('are searched further on the next page, but not for something else', async () => {
      const first = await developer.call<AppsPage>('GET', '/console/api/apps?search=app');
      const next = `/console/api/apps?page_id=${first.body.next_page_id}`;
      assert.deepEqual(names((await developer.call<AppsPage>('GET', `${next}&search=app`)).body), ['App 1']);
      const other = await developer.call('GET', `${next}&search=lucky`);
      assert.equal(other.status, 400);
      assert.equal(other.body.error.fields[0]?.field, 'page_id');
    });

    it('refuse a page_id that was made up', async () => {
      for (const pageId of ['x', 'e30', 'WzEsMl0']) {
        const { status, body } = await developer.call('GET', `/console/api/apps?page_id=${pageId}`);
        assert.equal(status, 400);
        assert.equal(body.error.fields[0]?.field, 'page_id');
      }
    });
  });
});
