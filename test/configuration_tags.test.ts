import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MOST_TAGS } from '../server/domain/tags/tag_rules.ts';
import { type ChatWorld, good, openChatWorld, refused } from './support/chat_world.ts';
import { type Answer, type Person, tokensFor } from './support/world.ts';

type Call = (method: string, body?: unknown) => Promise<Answer>;

describe('the tags of an organization', () => {
  let chats: ChatWorld;
  let all: Call;
  let groups: Call;
  let ann: Person;
  before(async () => {
    chats = await openChatWorld(
      undefined,
      [],
      ['chats--all:rw', 'customers:own', 'groups--all:rw', 'tags--all:rw'],
    );
    const { world, organization, owner } = chats;
    const by =
      (authorization: string): Call =>
      (method, body = {}) =>
        world.call(`/v3.6/configuration/action/${method}`, body, authorization);
    all = by(`Bearer ${(await tokensFor(world, owner, chats.app)).access_token}`);
    for (const name of ['Sales', 'Service', 'Spares'])
      good(await all('create_group', { name, agent_priorities: {} }));
    ann = await world.person(organization, { account: 'member', chat: 'normal', groups: [1] });
    const app = await world.app(owner, organization, { scopes: ['tags--groups:rw'] });
    groups = by(`Bearer ${(await tokensFor(world, ann, app)).access_token}`);
  });
  after(() => chats.close());

  async function thread(group_ids: number[]) {
    const { chat_id, thread_id } = good(await chats.agent('start_chat', { chat: { access: { group_ids } } }));
    return {
      tag: (tag: string) => chats.agent('tag_thread', { chat_id, thread_id, tag }),
      untag: (tag: string) => chats.agent('untag_thread', { chat_id, thread_id, tag }),
      tags: async (): Promise<string[]> => good(await chats.agent('get_chat', { chat_id })).thread.tags,
    };
  }
  const names = async (call: Call, filters?: object): Promise<string[]> =>
    good(await call('list_tags', filters && { filters })).map(({ name }: { name: string }) => name);

  it('are any word, as long as it has created none', async () => {
    const { tag, tags } = await thread([2]);
    good(await tag('anything goes'));
    assert.deepEqual(await tags(), ['anything goes']);
  });

  it('are for threads of their groups once there are some, and those of group 0 for all', async () => {
    good(await all('create_tag', { name: 'refund', group_ids: [1, 2] }));
    good(await all('create_tag', { name: 'Spam', group_ids: [0] }));
    good(await all('create_tag', { name: 'later' }));
    const sales = await thread([1, 3]);
    const spares = await thread([3]);
    good(await sales.tag('refund'));
    good(await sales.tag('Spam'));
    good(await spares.tag('Spam'));
    refused(await spares.tag('refund'), 400, 'validation', /groups 1, 2, and this thread belongs to 3/);
    refused(await sales.tag('anything goes'), 400, 'validation', /no tag "anything goes".*create_tag/);
    refused(await sales.tag('spam'), 400, 'validation', /written "Spam"/);
    refused(await sales.tag('later'), 400, 'validation', /no group yet/);
    assert.deepEqual(await sales.tags(), ['refund', 'Spam']);
    good(await all('update_tag', { name: 'refund', group_ids: [3] }));
    good(await spares.tag('refund'));
    good(await all('delete_tag', { name: 'refund' }));
    good(await sales.tag('refund'));
    assert.deepEqual(await sales.tags(), ['refund', 'Spam'], 'what a thread has, it keeps');
    good(await sales.untag('refund'));
    refused(await sales.tag('refund'), 400, 'validation');
  });

  it('are listed with who made them and when, by name or by group', async () => {
    const [first] = good(await all('list_tags'));
    assert.deepEqual(first, {
      name: 'later',
      group_ids: [],
      author_id: chats.owner.email,
      created_at: first.created_at,
    });
    assert.match(first.created_at, /^\d{4}-\d\d-\d\dT.*\d{6}Z$/);
    good(await all('create_tag', { name: 'Alpha', group_ids: [2, 1, 2] }));
    assert.deepEqual(await names(all), ['Alpha', 'later', 'Spam']);
    assert.deepEqual(await names(all, { group_ids: [0, 99] }), ['Spam']);
    assert.deepEqual(await names(all, { group_ids: [] }), []);
    assert.deepEqual(good(await all('list_tags'))[0].group_ids, [1, 2]);
  });

  it('differ by name, whatever its case and Unicode form', async () => {
    good(await all('create_tag', { name: '  Café   au lait ' }));
    for (const name of ['café au lait', 'CAFE\u0301 AU LAIT', 'Café\u00a0au lait'])
      refused(await all('create_tag', { name }), 409, 'already_exists', /"Café au lait"/);
    for (const name of [' ', 'a\u200bb', 'a\u0000', '\ud800', 'x'.repeat(256)])
      refused(await all('create_tag', { name }), 400, 'validation', /name/);
    const raced = await Promise.all(['Twin', 'twin', 'TWIN'].map((name) => all('create_tag', { name })));
    assert.deepEqual(raced.map(({ status }) => status).toSorted(), [200, 409, 409]);
    refused(await all('create_tag', { name: 'nowhere', group_ids: [99] }), 404, 'group_not_found', /99/);
  });

  it('are named as they are written, and can be given another name', async () => {
    refused(await all('update_tag', { name: 'alpha', group_ids: [] }), 404, 'not_found', /"Alpha"/);
    refused(await all('delete_tag', { name: 'ALPHA' }), 404, 'not_found', /"Alpha"/);
    refused(await all('delete_tag', { name: 'nothing' }), 404, 'not_found');
    refused(await all('update_tag', { name: 'Alpha', new_name: 'SPAM' }), 409, 'already_exists', /"Spam"/);
    good(await all('update_tag', { name: 'Alpha', new_name: 'alpha' }));
    good(await all('update_tag', { name: 'alpha', new_name: 'Beta' }));
    const beta = good(await all('list_tags')).find(({ name }: { name: string }) => name === 'Beta');
    assert.deepEqual(beta.group_ids, [1, 2]);
    assert.equal((await names(all)).includes('alpha'), false);
  });

  it('stay in the caller’s own groups with tags--groups', async () => {
    good(await groups('create_tag', { name: 'mine', group_ids: [1] }));
    refused(await groups('create_tag', { name: 'x', group_ids: [1, 2] }), 403, 'missing_access', /2 is none/);
    refused(await groups('create_tag', { name: 'x' }), 403, 'missing_access', /group_ids/);
    assert.deepEqual(await names(groups), ['Beta', 'mine', 'Spam']);
    good(await groups('update_tag', { name: 'Beta', group_ids: [2] }));
    refused(await groups('update_tag', { name: 'Spam', group_ids: [] }), 403, 'missing_access');
    refused(await groups('update_tag', { name: 'Beta', group_ids: [1, 2] }), 404, 'not_found');
    good(await all('update_tag', { name: 'Beta', group_ids: [1, 2] }));
    refused(await groups('delete_tag', { name: 'Beta' }), 403, 'missing_access', /2 is none/);
    refused(await groups('update_tag', { name: 'Beta', new_name: 'Ours' }), 403, 'missing_access');
    refused(
      await groups('create_tag', { name: 'LATER', group_ids: [1] }),
      409,
      'already_exists',
      /Another group/,
    );
    good(await groups('delete_tag', { name: 'mine' }));
  });

  it('lose a group that is deleted', async () => {
    good(await all('delete_group', { id: 2 }));
    const beta = good(await all('list_tags')).find(({ name }: { name: string }) => name === 'Beta');
    assert.deepEqual(beta.group_ids, [1]);
  });

  it('can be two thousand, which hold up nobody', async () => {
    const { storage } = chats.world.server.composition;
    const { licenseId } = chats.organization;
    const known = (await names(all)).length;
    await storage.write(async ({ tags }) => {
      for (let count = known; count < MOST_TAGS; count += 1)
        await tags.addTag(licenseId, `t${count}`, {
          name: `t${count}`,
          groupIds: [0],
          authorId: '',
          createdAt: 0,
        });
    });
    refused(await all('create_tag', { name: 'one more' }), 409, 'limit_reached', /2000/);
    assert.equal((await names(all)).length, MOST_TAGS);
    good(await (await thread([3])).tag('t1999'));
  });
});
