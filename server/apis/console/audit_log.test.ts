import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ConsoleWorld, openConsoleWorld, type TestPerson } from '../../../test/support/console_world.ts';
import { days, seconds } from '../../kernel/clock.ts';
import { formatTimestamp } from '../../kernel/timestamp.ts';
import type { AuditLogEntry } from './schemas.ts';

const URL_OF_LOG = '/console/api/organization/audit_log';
interface Page {
  entries: AuditLogEntry[];
  next_page_id?: string;
}

describe('the audit log', () => {
  let world: ConsoleWorld;
  let owner: TestPerson;
  let administrator: TestPerson;
  let stranger: TestPerson;
  before(async () => {
    world = await openConsoleWorld();
    const acme = await world.organization('Acme');
    owner = await world.person(acme, { name: 'Olga', role: 'owner' });
    administrator = await world.person(acme, { name: 'Adam', role: 'administrator' });
    stranger = await world.person(await world.organization('Other'), { name: 'Otto', role: 'owner' });
  });
  after(() => world.close());

  const read = async (query: Record<string, string> = {}, who = owner): Promise<Page> => {
    const answer = await who.call<Page>('GET', `${URL_OF_LOG}?${new URLSearchParams(query)}`);
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  const actions = ({ entries }: Page) => entries.map(({ action }) => action);

  it('tells who did what to which app, from where and by which request', async () => {
    const { app } = await administrator.app('Told', 'server_side_app');
    const [newest, older] = (await read()).entries;
    assert.ok(newest && older);
    assert.equal(newest.action, 'authorization.added');
    assert.deepEqual(newest.actor, {
      id: administrator.accountId,
      name: 'Adam',
      email: administrator.email,
    });
    assert.deepEqual(newest.app, { id: app.id, name: 'Told' });
    assert.equal(newest.detail.type, 'server_side_app');
    assert.match(newest.request_id, /^[0-9a-f-]{36}$/);
    assert.equal(newest.ip, '127.0.0.1');
    assert.equal(older.action, 'app.created');
  });

  it('finds by action, person, app and day, and pages with the same filters', async () => {
    const { app } = await owner.app('Found', 'javascript_app');
    await owner.call('POST', `/console/api/apps/${app.id}/installation`, { body: {} });
    await owner.app('Another');
    assert.deepEqual(actions(await read({ app_id: app.id })), [
      'app.installed',
      'authorization.added',
      'app.created',
    ]);
    assert.ok(actions(await read({ action: 'app.created' })).every((action) => action === 'app.created'));
    const ofAdam = await read({ actor: administrator.email });
    assert.ok(ofAdam.entries.length > 0);
    assert.ok(ofAdam.entries.every(({ actor }) => actor?.id === administrator.accountId));
    assert.deepEqual((await read({ actor: 'nobody@example.test' })).entries, []);
    const today = formatTimestamp(world.clock.now()).slice(0, 10);
    assert.ok((await read({ from: today, to: today })).entries.length > 0);
    assert.deepEqual((await read({ to: '2026-01-01' })).entries, []);
    assert.deepEqual((await read({ from: '2099-01-01' })).entries, []);
  });

  it('reads every entry once, page by page, while new ones come', async () => {
    for (let at = 0; at < 60; at++) await owner.app(`Many ${at}`);
    const first = await read({ action: 'app.created' });
    assert.equal(first.entries.length, 50);
    assert.ok(first.next_page_id);
    await owner.app('Late');
    const second = await read({ action: 'app.created', page_id: first.next_page_id });
    const ids = [...first.entries, ...second.entries].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length >= 60);
    assert.equal(second.next_page_id, undefined);
    const other = await owner.call('GET', `${URL_OF_LOG}?page_id=${first.next_page_id}`);
    assert.equal(other.status, 400);
    assert.match(other.body.error.message, /other filters/);
  });

  it('shows an organization nothing of another', async () => {
    await owner.app('Ours');
    assert.ok(actions(await read({}, stranger)).every((action) => action === 'session.started'));
  });

  it('says what a filter should be', async () => {
    for (const query of ['from=yesterday', 'to=2026-13-45', 'app_id=x', 'action=app.bent', 'page_id=x']) {
      const { status, body } = await owner.call('GET', `${URL_OF_LOG}?${query}`);
      assert.equal(status, 400, query);
      assert.equal(body.error.fields[0]?.field, query.split('=')[0]);
    }
  });

  it('forgets after 180 days', async () => {
    assert.ok((await read()).entries.length > 0);
    world.clock.advance(days(180) + seconds(60));
    while ((await world.services.insight.purge()) > 0);
    const left = await world.services.insight.audit.list(1001, {}, { before: undefined, limit: 10 });
    assert.deepEqual(left.entries, []);
  });
});
