import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';
import { eachEngine } from './support/databases.ts';
import { scratchFolder } from './support/scratch_folder.ts';
import { tokensFor } from './support/world.ts';

eachEngine((engine) => {
  describe('auto access rules', () => {
    let own: ChatWorld;
    let authorization: string;
    before(async () => {
      const file = join(scratchFolder('places'), 'places.csv');
      writeFileSync(
        file,
        'network,country_code,country,region,city\n127.0.0.0/8,PL,Poland,Lower Silesia,Wroclaw\n::1/128,PL,Poland\n',
      );
      own = await openChatWorld(engine, ['--geolocation-file', file]);
      const app = await own.world.app(own.owner, own.organization, {
        scopes: ['access_rules:rw', 'groups--all:rw'],
      });
      authorization = `Bearer ${(await tokensFor(own.world, own.owner, app)).access_token}`;
      for (const name of ['Sales', 'Poland', 'Support'])
        good(await call('create_group', { name, agent_priorities: {} }));
    });
    after(() => own.close());

    const call = (name: string, body: object = {}) =>
      own.world.call(`/v3.6/configuration/action/${name}`, body, authorization);
    const add = async (group: number, conditions: object, more: object = {}): Promise<string> =>
      good(await call('add_auto_access', { access: { groups: [group] }, conditions, ...more })).id;
    const clear = async () => {
      for (const { id } of good(await call('list_auto_accesses')))
        good(await call('delete_auto_access', { id }));
    };
    const accessOf = async (chatId: string): Promise<number[]> => {
      const { storage } = own.world.server.composition;
      const found = await storage.read.chats(own.organization.licenseId).chat(chatId);
      return [...(found?.chat.access ?? [])];
    };
    const startOn = async (page: string, body: object = {}): Promise<number[]> => {
      const customer = await own.customer({ referer: page });
      return accessOf(good(await customer.call('start_chat', body)).chat_id);
    };
    const groupOf = async (url: string): Promise<number> => {
      const customer = await own.customer();
      return good(await customer.read('get_dynamic_configuration', { url })).livechat.group_id;
    };

    it('give the chats of a page, a domain or a place to their groups, the first that is met', async () => {
      await clear();
      assert.deepEqual(await startOn('https://shop.test/'), [0]);
      const sales = await add(1, { url: { values: [{ value: '/pricing' }] } });
      await add(3, { domain: { values: [{ value: 'help.test', exact_match: true }] } });
      await add(2, {
        domain: { exclude_values: [{ value: 'intern' }] },
        geolocation: { values: [{ country_code: 'DE' }, { country: 'poland', city: 'Wroclaw' }] },
      });
      assert.deepEqual(await startOn('https://www.help.test/a'), [3]);
      assert.deepEqual(await startOn('https://help.test/pricing'), [1]);
      assert.deepEqual(await startOn('https://shop.test/other'), [2]);
      assert.deepEqual(await startOn('https://intern.test/'), [0]);
      const asked = { chat: { access: { group_ids: [3] } } };
      assert.deepEqual(await startOn('https://help.test/pricing', asked), [3], 'access overrides the rules');
      assert.equal(await groupOf('https://help.test/pricing'), 1);
      assert.equal(await groupOf('https://help.test/'), 3);
      good(await call('delete_auto_access', { id: sales }));
      assert.deepEqual(await startOn('https://help.test/pricing'), [3]);
    });

    it('decide again when a chat is resumed, and route it past agents of other groups', async () => {
      await clear();
      await add(1, { url: { values: [{ value: 'shop.test/cart', exact_match: true }] } });
      const customer = await own.customer({ referer: 'https://shop.test/cart/' });
      const { chat_id: id } = good(await customer.call('start_chat'));
      assert.deepEqual(await accessOf(id), [1]);
      const { storage } = own.world.server.composition;
      const found = await storage.read.chats(own.organization.licenseId).chat(id);
      assert.equal(
        found?.chat.users.filter(({ type }) => type === 'agent').length,
        0,
        'nobody is in group 1',
      );
      good(await customer.call('deactivate_chat', { id }));
      good(await customer.call('resume_chat', { chat: { id } }, { referer: 'https://shop.test/cartoon' }));
      assert.deepEqual(await accessOf(id), [0]);
    });

    it('stand in the order that next_id gives them', async () => {
      await clear();
      const on = (value: string) => ({ url: { values: [{ value }] } });
      const [a, b] = [await add(1, on('a')), await add(1, on('b'))];
      const c = await add(1, on('c'), { next_id: b });
      const order = async () =>
        good(await call('list_auto_accesses')).map(({ id }: { id: string }) => [a, b, c].indexOf(id));
      assert.deepEqual(await order(), [0, 2, 1]);
      good(await call('update_auto_access', { id: b, next_id: a }));
      assert.deepEqual(await order(), [1, 0, 2]);
      good(await call('update_auto_access', { id: b, next_id: '' }));
      assert.deepEqual(await order(), [0, 2, 1]);
      good(await call('update_auto_access', { id: a, description: 'First', access: { groups: [2] } }));
      const rules = good(await call('list_auto_accesses'));
      assert.deepEqual(rules[0], {
        id: a,
        description: 'First',
        access: { groups: [2] },
        conditions: on('a'),
        next_id: c,
      });
      assert.deepEqual(
        rules.map(({ next_id }: { next_id: string }) => next_id),
        [c, b, ''],
      );
      refused(await call('update_auto_access', { id: a, next_id: 'nobody' }), 400, 'validation', /next_id/);
      refused(await call('update_auto_access', { id: a, next_id: a }), 400, 'validation', /next_id/);
    });

    it('are refused where they say nothing, or two things at once', async () => {
      await clear();
      const list = [{ value: 'a' }];
      const wrong: [object, RegExp][] = [
        [{}, /conditions/],
        [{ url: {} }, /conditions\.url/],
        [{ url: { values: [] } }, /conditions\.url/],
        [{ domain: { values: list, exclude_values: list } }, /not used together/],
        [{ url: { values: [{ value: '  ' }] } }, /empty value/],
        [{ geolocation: { values: [{}] } }, /geolocation/],
      ];
      for (const [conditions, words] of wrong)
        refused(
          await call('add_auto_access', { access: { groups: [1] }, conditions }),
          400,
          'validation',
          words,
        );
      const conditions = { url: { values: list } };
      refused(
        await call('add_auto_access', { access: { groups: [99] }, conditions }),
        400,
        'validation',
        /group 99/,
      );
      refused(await call('delete_auto_access', { id: 'none' }), 404, 'not_found');
      assert.deepEqual(good(await call('list_auto_accesses')), []);
    });

    it('leave out a group that is deleted, and count no more without one', async () => {
      await clear();
      const { id: group } = good(await call('create_group', { name: 'Gone soon', agent_priorities: {} }));
      await add(group, { url: { values: [{ value: 'shop.test' }] } });
      assert.deepEqual(await startOn('https://shop.test/'), [group]);
      good(await call('delete_group', { id: group }));
      assert.deepEqual(await startOn('https://shop.test/'), [0]);
    });
  });
});
