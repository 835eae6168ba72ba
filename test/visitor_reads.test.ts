import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type ChatWorld, type CustomerCaller, good, openChatWorld, refused } from './support/chat_world.ts';

describe('what customers ask of an organization', () => {
  let chats: ChatWorld;
  let tom: CustomerCaller;
  before(async () => {
    chats = await openChatWorld();
    const { licenseId } = chats.organization;
    await chats.world.server.composition.storage.write(async ({ identity }) => {
      for (const id of [1, 2])
        await identity.addGroup(licenseId, { id, name: `Group ${id}` }, chats.world.server.clock.now());
      await identity.addToGroup(licenseId, 1, chats.owner.accountId);
    });
    chats.world.server.composition.forget();
    tom = await chats.customer();
  });
  after(() => chats.close());

  describe('the statuses of groups', () => {
    it('are those of all groups, or of the ones that are named and exist', async () => {
      assert.deepEqual(good(await tom.call('list_group_statuses', { all: true })), {
        groups_status: { 0: 'online', 1: 'online', 2: 'offline' },
      });
      assert.deepEqual(good(await tom.call('list_group_statuses', { group_ids: [2, 99, 2] })), {
        groups_status: { 2: 'offline' },
      });
      assert.deepEqual(good(await tom.call('list_group_statuses', { group_ids: [] })), { groups_status: {} });
    });

    for (const [what, body] of [
      ['nothing', {}],
      ['all: false', { all: false }],
      ['both', { all: true, group_ids: [1] }],
      ['a group that is no number', { group_ids: ['1'] }],
      ['a negative group', { group_ids: [-1] }],
    ] as const)
      it(`are not told for ${what}`, async () =>
        refused(await tom.call('list_group_statuses', body), 400, 'validation'));
  });

  describe('the predicted agent', () => {
    it('is the one who then gets the chat, and is not assigned by asking', async () => {
      const ann = await chats.customer();
      const predicted = good(await ann.call('get_predicted_agent'));
      assert.deepEqual(good(await ann.call('get_predicted_agent')), predicted);
      assert.equal(predicted.queue, false);
      assert.match(predicted.agent.id, /^[0-9a-f]{32}$/);
      const { chat_id } = good(await ann.call('start_chat'));
      const { users } = good(await ann.call('get_chat', { chat_id }));
      assert.ok(users.some(({ id }: { id: string }) => id === predicted.agent.id));
      assert.deepEqual(good(await ann.call('get_predicted_agent')), predicted);
      assert.doesNotMatch(JSON.stringify(predicted), /@/);
    });

    it('is nobody where the group of the last thread is offline', async () => {
      const ann = await chats.customer();
      const { chat_id } = good(await ann.call('start_chat', { chat: { access: { group_ids: [2] } } }));
      good(await ann.call('deactivate_chat', { id: chat_id }));
      refused(await ann.call('get_predicted_agent'), 409, 'group_offline');
    });
  });

  describe('what a page says of itself', () => {
    let server: Server;
    let page: string;
    before(async () => {
      server = createServer((request, response) => {
        if (request.url === '/gone') response.writeHead(404).end();
        else if (request.url === '/image') response.writeHead(200, { 'content-type': 'image/png' }).end('x');
        else if (request.url === '/inside') response.writeHead(302, { location: 'http://10.0.0.1/' }).end();
        else
          response
            .writeHead(200, { 'content-type': 'text/html; charset=iso-8859-2' })
            .end(
              Buffer.from(
                '<title>\xa3\xf3d\xbc</title><meta property="og:image" content="/i.png"><meta property="og:image:width" content="200">',
                'latin1',
              ),
            );
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      page = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => server.close());

    it('is read by the server', async () => {
      assert.deepEqual(good(await tom.call('get_url_info', { url: `${page}/` })), {
        url: `${page}/`,
        title: 'Łódź',
        image_url: `${page}/i.png`,
        image_original_url: `${page}/i.png`,
        image_width: 200,
      });
      assert.deepEqual(good(await tom.call('get_url_info', { url: `${page}/image` })), {
        url: `${page}/image`,
      });
    });

    it('is not told apart where it may not be read and where there is nothing', async () => {
      const answers = [];
      for (const url of [
        `${page}/gone`,
        `${page}/inside`,
        'http://10.0.0.1/',
        'http://127.0.0.1:1/',
        'ftp://x/',
        'x',
      ])
        answers.push(await tom.call('get_url_info', { url }));
      for (const answer of answers) {
        refused(answer, 400, 'validation', /No page could be read/);
        assert.deepEqual(answer.body, answers[0]?.body);
      }
    });

    it('is read thirty times a minute for one customer', async () => {
      const ann = await chats.customer();
      for (let count = 0; count < 30; count++) await ann.call('get_url_info', { url: 'x' });
      const answer = await ann.call('get_url_info', { url: 'x' });
      refused(answer, 429, 'too_many_requests');
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
      refused(await tom.call('get_url_info', { url: 'x' }), 400, 'validation');
    });
  });
});
