import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { days } from '../server/kernel/clock.ts';
import { openBrowser } from './support/browser_session.ts';
import { type ChatWorld, type CustomerCaller, good, openChatWorld, refused } from './support/chat_world.ts';
import { eachEngine } from './support/databases.ts';

eachEngine((engine) => {
  describe('the e-mail of a customer', () => {
    let chats: ChatWorld;
    let server: Server;
    let base: string;
    const received: { path: string; body: string }[] = [];
    let heard = () => {};
    before(async () => {
      server = createServer(async (request, response) => {
        let body = '';
        for await (const part of request) body += part;
        received.push({ path: `${request.method} ${request.url}`, body });
        response.end();
        heard();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      chats = await openChatWorld(engine);
    });
    after(async () => {
      server.close();
      await chats.close();
    });

    async function customer(email: string): Promise<CustomerCaller> {
      const one = await chats.customer();
      good(await one.call('update_customer', { email }));
      return one;
    }
    const ask = (who: CustomerCaller, path: string) =>
      who.call('request_email_verification', { callback_uri: base + path });
    /** Paths of the newest mails to an address. */
    async function links(email: string): Promise<string[]> {
      const mails = await chats.world.server.services.identity.outbox.latest(100);
      return mails
        .filter(({ recipient }) => recipient === email)
        .map(({ text }) => /\/verify-email\?\S+/.exec(text)?.[0] ?? '');
    }
    const isVerified = async ({ id }: CustomerCaller) =>
      good(await chats.agent('get_customer', { id })).email_verified;
    /** Waits until so many callbacks of paths with this beginning came. */
    async function callbacks(beginning: string, count: number): Promise<typeof received> {
      const those = () => received.filter(({ path }) => path.startsWith(`POST ${beginning}`));
      while (those().length < count) await new Promise<void>((resolve) => (heard = resolve));
      return those();
    }

    it('is verified by the link in a mail, and the address that asked for it is told', async () => {
      const tom = await customer('tom@example.com');
      assert.deepEqual(good(await ask(tom, '/tom')), {});
      assert.equal(await isVerified(tom), false);
      const [link = '', ...more] = await links('tom@example.com');
      assert.deepEqual(more, []);
      const opened = await openBrowser(chats.world.url).get(link);
      assert.match(opened.text, /tom@example\.com/);
      assert.equal(await isVerified(tom), false, 'a mail scanner that opens the link');
      assert.equal((await openBrowser(chats.world.url).submit(link, {})).status, 200);
      assert.equal(await isVerified(tom), true);
      assert.deepEqual(await callbacks('/tom', 1), [
        { path: 'POST /tom', body: JSON.stringify({ email: 'tom@example.com' }) },
      ]);
      assert.equal((await openBrowser(chats.world.url).get(link)).status, 404);

      assert.deepEqual(good(await ask(tom, '/tom/again')), {});
      assert.equal((await callbacks('/tom/again', 1)).length, 1);
      assert.equal((await links('tom@example.com')).length, 1, 'nobody is asked twice');

      good(await tom.call('update_customer', { email: 'tom@example.org' }));
      assert.equal(await isVerified(tom), false);
    });

    it('is verified by one of fifty uses of a link at the same time, which calls back once', async () => {
      const ann = await customer('ann@example.com');
      good(await ask(ann, '/ann'));
      const link = new URL((await links('ann@example.com'))[0] ?? '', chats.world.url);
      const { verifications } = chats.world.server.services.customers;
      const actor = { ip: '203.0.113.7', userAgent: 'test', requestId: 'test' };
      const use = () =>
        verifications.verify(
          link.searchParams.get('organization_id') ?? '',
          link.searchParams.get('token') ?? '',
          actor,
        );
      const uses = await Promise.all(Array.from({ length: 50 }, use));
      assert.deepEqual(uses.filter(Boolean), [{ email: 'ann@example.com' }]);
      assert.equal((await callbacks('/ann', 1)).length, 1);
    });

    it('settles the requests before it, too', async () => {
      const eve = await customer('eve@example.com');
      for (const path of ['/eve/1', '/eve/2', '/eve/3']) good(await ask(eve, path));
      const [, middle = '', oldest = ''] = await links('eve@example.com');
      assert.equal((await openBrowser(chats.world.url).submit(middle, {})).status, 200);
      assert.deepEqual((await callbacks('/eve', 3)).map(({ path }) => path).sort(), [
        'POST /eve/1',
        'POST /eve/2',
        'POST /eve/3',
      ]);
      assert.equal((await openBrowser(chats.world.url).get(oldest)).status, 404);
    });

    it('is not verified by a link of another organization or of another e-mail', async () => {
      const bob = await customer('bob@example.com');
      good(await ask(bob, '/bob'));
      const [link = ''] = await links('bob@example.com');
      const browser = openBrowser(chats.world.url);
      const other = await chats.world.organization('Other');
      assert.equal((await browser.get(link.replace(chats.organization.id, other.id))).status, 404);
      assert.equal((await browser.get(link.slice(0, -1))).status, 404);

      good(await bob.call('update_customer', { email: 'bob@example.org' }));
      assert.equal((await browser.submit(link, {})).status, 404);
      assert.equal(await isVerified(bob), false);
    });

    it('is needed, with an address that can be called', async () => {
      const nobody = await chats.customer();
      refused(await ask(nobody, '/'), 400, 'validation', /update_customer/);
      const zoe = await customer('zoe@example.com');
      for (const callback_uri of ['x', 'ftp://www.example.com/', 'https://me:secret@www.example.com/'])
        refused(await zoe.call('request_email_verification', { callback_uri }), 400, 'validation');
      assert.deepEqual(await links('zoe@example.com'), []);
    });

    it('is mailed to five times an hour, whoever asks', async () => {
      const [one, two] = [await customer('sue@example.com'), await customer('Sue@example.com')];
      for (const who of [one, one, one, two, two]) good(await ask(who, '/sue'));
      for (const who of [one, two]) refused(await ask(who, '/sue'), 429, 'too_many_requests');
    });

    it('is not verified by a link of last week', async () => {
      const kim = await customer('kim@example.com');
      good(await ask(kim, '/kim'));
      const [link = ''] = await links('kim@example.com');
      chats.world.server.clock.advance(days(7));
      assert.equal((await openBrowser(chats.world.url).get(link)).status, 404);
    });
  });
});
