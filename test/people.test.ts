import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days } from '../server/kernel/clock.ts';
import { openBrowser } from './support/browser_session.ts';
import { type ConsoleCalls, consoleOf } from './support/console_calls.ts';
import { eachEngine } from './support/databases.ts';
import {
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  type RegisteredApp,
  refreshForm,
  tokensFor,
  type World,
} from './support/world.ts';

const LIST_CHATS = '/v3.6/agent/action/list_chats';

eachEngine((engine) => {
  describe('the people of an organization', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let asOwner: ConsoleCalls;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization('Acme');
      owner = await world.person(acme);
      asOwner = consoleOf(world.url, owner);
    });
    after(() => world.close());

    const personOf = async ({ email }: { email: string }) =>
      (await asOwner('GET', `/people?search=${encodeURIComponent(email)}`)).body.people[0];
    const versioned = async (person: Person) => ({ version: (await personOf(person)).version as number });
    /** The newest mail to an address, and the token of the link in it. */
    const mailTo = async (email: string) => {
      const mails = await world.server.services.identity.outbox.latest(50);
      const mail = mails.find(({ recipient }) => recipient === email);
      assert.ok(mail, `a mail to ${email}`);
      return { ...mail, token: /token=([\w-]+)/.exec(mail.text)?.[1] ?? '' };
    };
    let invited = 0;
    const invite = async (change: Record<string, unknown> = {}) => {
      const email = `invited${++invited}@example.test`;
      const body = { emails: [email], role: 'member', chat_role: 'normal', ...change };
      const answer = await asOwner('POST', '/invitations', body);
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      const to = body.emails[0] ?? email;
      return { email: to, id: answer.body.invitations[0].id as string, token: (await mailTo(to)).token };
    };
    const list = (authorization: string, body: object = {}) => world.call(LIST_CHATS, body, authorization);

    describe('whose rights change', () => {
      let app: RegisteredApp;
      before(async () => {
        app = await world.app(owner, acme, { scopes: ['chats--all:ro'] });
      });
      /** Somebody with an app's tokens and a token of their own, both used, so that the caches know them. */
      async function withTokens(roles: Parameters<World['person']>[1] = { account: 'member' }) {
        const person = await world.person(acme, { chat: 'administrator', ...roles });
        const tokens = await tokensFor(world, person, app);
        const made = await consoleOf(world.url, person)('POST', '/personal_access_tokens', {
          name: 'script',
          scopes: ['chats--all:ro'],
        });
        const bearer = `Bearer ${tokens.access_token}`;
        const basic = `Basic ${made.body.base64}`;
        for (const credential of [bearer, basic]) assert.equal((await list(credential)).status, 200);
        return { person, bearer, basic, refresh: tokens.refresh_token };
      }

      it('loses at once what a lowered chat role no longer allows, and keeps what it does', async () => {
        const { person, bearer, basic } = await withTokens();
        const chat = await startChat(world, acme, 77);
        assert.ok((await list(bearer)).body.found_chats > 0);
        const body = { ...(await versioned(person)), chat_role: 'normal' };
        assert.equal((await asOwner('PATCH', `/people/${person.accountId}`, body)).status, 200);
        // chats--all:ro needs the chat role administrator; what it implied for the own groups stays.
        for (const credential of [bearer, basic]) {
          const answer = await list(credential);
          assert.equal(answer.status, 200);
          assert.ok(!JSON.stringify(answer.body).includes(chat), 'chats of other groups are gone');
        }
        assert.match((await mailTo(person.email)).text, /a normal agent/);
      });

      it('is refused with all tokens while suspended, and goes on with those that live when it is lifted', async () => {
        const { person, bearer, basic, refresh } = await withTokens();
        const path = `/people/${person.accountId}/suspension`;
        assert.equal((await asOwner('POST', path, await versioned(person))).status, 200);
        for (const credential of [bearer, basic]) {
          const { status, body } = await list(credential);
          assert.equal(status, 401);
          assert.match(body.error.message, /suspended in its organization/);
        }
        assert.equal((await world.token(refreshForm(app, refresh))).body.error, 'invalid_grant');
        assert.equal((await consoleOf(world.url, person)('GET', '/people')).status, 403);
        assert.match((await mailTo(person.email)).subject, /suspended in Acme/);

        assert.equal((await asOwner('DELETE', path, await versioned(person))).status, 200);
        for (const credential of [bearer, basic]) assert.equal((await list(credential)).status, 200);
        assert.equal((await world.token(refreshForm(app, refresh))).status, 200);
      });

      it('loses every token for good when removed, and has none back after another invitation', async () => {
        const { person, bearer, basic, refresh } = await withTokens();
        const row = await personOf(person);
        assert.deepEqual(row.acting_for, { apps: 1, personal_access_tokens: 1 });
        const removed = await asOwner('DELETE', `/people/${person.accountId}`, { version: row.version });
        assert.equal(removed.status, 204);
        const gone = await list(bearer);
        assert.equal(gone.status, 401);
        assert.match(gone.body.error.message, /no longer a member/);
        assert.equal((await list(basic)).status, 401);
        assert.equal((await world.token(refreshForm(app, refresh))).body.error, 'invalid_grant');
        assert.match((await mailTo(person.email)).subject, /removed from Acme/);

        // The account stays: it can log in, belongs nowhere, and accepts a new invitation.
        await person.browser.logIn(person.email, PASSWORD);
        assert.match((await person.browser.get('/account/organizations')).text, /belong to no organization/);
        assert.equal((await consoleOf(world.url, person)('GET', '/session')).status, 403);
        const { token } = await invite({ emails: [person.email], chat_role: 'administrator' });
        const page = `/invitation?token=${token}`;
        const accepted = await person.browser.submit(page, {}, '/invitation/accept');
        assert.equal(accepted.status, 303, accepted.text.slice(0, 300));
        assert.equal((await consoleOf(world.url, person)('GET', '/session')).body.organization.id, acme.id);
        for (const credential of [bearer, basic]) assert.equal((await list(credential)).status, 401);
      });

      it('is not routed to or shown as present while suspended', async () => {
        const shop = await world.organization('Shop');
        const boss = await world.person(shop, { groups: [] });
        const agent = await world.person(shop, { account: 'member', chat: 'normal', groups: [5] });
        const { storage, services } = world.server.composition;
        await storage.write(({ identity }) =>
          identity.addGroup(shop.licenseId, { id: 5, name: 'Five' }, world.server.clock.now()),
        );
        const first = await startChat(world, shop, 5);
        const suspended = await consoleOf(world.url, boss)('POST', `/people/${agent.accountId}/suspension`, {
          version: 1,
        });
        assert.equal(suspended.status, 200);
        const second = await startChat(world, shop, 5);
        const bossToken = await services.grants.personal.create(
          (await services.identity.member(shop.licenseId, boss.accountId))?.membership ?? assert.fail(),
          { name: 'look', scopes: ['chats--all:ro'], expiresInDays: 1 },
          { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' },
        );
        const basic = Buffer.from(`${boss.accountId}:${bossToken.secret}`).toString('base64');
        const users = async (chat: string) =>
          (await world.call('/v3.6/agent/action/get_chat', { chat_id: chat }, `Basic ${basic}`)).body.users;
        const isAgent = (user: { type: string }) => user.type === 'agent';
        const [before] = (await users(first)).filter(isAgent);
        assert.deepEqual([before.id, before.present], [agent.email, false]);
        assert.deepEqual((await users(second)).filter(isAgent), []);
      });
    });

    describe('who are invited', () => {
      it('get a mail; without an account they sign up by its link, which confirms the address', async () => {
        const { email, token } = await invite({ role: 'administrator', chat_role: 'administrator' });
        const mail = await mailTo(email);
        assert.match(mail.subject, /Join Acme/);
        const browser = openBrowser(world.url);
        const page = await browser.get(`/invitation?token=${token}`);
        assert.equal(page.status, 200);
        assert.match(page.text, /Create account and join/);
        const weak = await browser.submit(
          `/invitation?token=${token}`,
          { name: 'Nina New', password: 'password' },
          '/invitation/sign-up',
        );
        assert.equal(weak.status, 400);
        assert.match(weak.text, /value="Nina New"/);
        const done = await browser.submit(
          `/invitation?token=${token}`,
          { name: 'Nina New', password: PASSWORD },
          '/invitation/sign-up',
        );
        assert.equal(done.status, 303);
        assert.equal(done.location, '/console');
        const session = await consoleOf(world.url, { browser })('GET', '/session');
        assert.equal(session.body.organization.id, acme.id);
        assert.equal(session.body.role, 'administrator');
        assert.equal(session.body.account.email_confirmed, true);
        const { licenseId } = acme;
        const { services } = world.server;
        const member = await services.identity.member(licenseId, session.body.account.id);
        assert.deepEqual(member?.groupIds, [0]);
        const again = await openBrowser(world.url).get(`/invitation?token=${token}`);
        assert.equal(again.status, 404);
        assert.match(again.text, /answered already/);
      });

      it('with an account log in first, and accept or decline', async () => {
        const elsewhere = await world.organization('Elsewhere');
        const guest = await world.person(elsewhere);
        const { token } = await invite({ emails: [guest.email.toUpperCase()] });
        const page = `/invitation?token=${token}`;
        const stranger = openBrowser(world.url);
        const asked = await stranger.get(page);
        assert.match(asked.text, /Log in to accept or decline/);
        assert.ok(asked.text.includes(`/signin?next=${encodeURIComponent(page)}`));
        assert.equal((await guest.browser.submit(page, {}, '/invitation/decline')).status, 200);
        assert.match((await guest.browser.get(page)).text, /answered already/);

        const second = await invite({ emails: [guest.email] });
        const joined = await guest.browser.submit(
          `/invitation?token=${second.token}`,
          {},
          '/invitation/accept',
        );
        assert.equal(joined.status, 303);
        assert.equal((await personOf(guest)).role, 'member');
        const session = (await consoleOf(world.url, guest)('GET', '/session')).body;
        assert.equal(session.organizations.length, 2);
        assert.equal(session.organization.id, acme.id);
      });

      it('under another account are told so, and nothing happens', async () => {
        const { token, email } = await invite();
        const page = `/invitation?token=${token}`;
        const shown = await owner.browser.get(page);
        assert.equal(shown.status, 403);
        assert.ok(shown.text.includes(email) && shown.text.includes(owner.email));
        for (const action of ['accept', 'decline', 'sign-up']) {
          const form = { token, name: 'X', password: PASSWORD };
          const { csrf_token } = hidden((await owner.browser.get('/account')).text);
          const answer = await owner.browser.post(`/invitation/${action}`, { ...form, csrf_token });
          assert.equal(answer.status, 403, action);
        }
        assert.equal((await openBrowser(world.url).get(page)).status, 200);
      });

      it('come in once, though the link is used 50 times at the same moment', async () => {
        const elsewhere = await world.organization('Elsewhere');
        const guest = await world.person(elsewhere);
        const { token } = await invite({ emails: [guest.email] });
        const { csrf_token } = hidden((await guest.browser.get(`/invitation?token=${token}`)).text);
        const answers = await Promise.all(
          Array.from({ length: 50 }, () => guest.browser.post('/invitation/accept', { token, csrf_token })),
        );
        const statuses = answers.map(({ status }) => status);
        assert.equal(statuses.filter((status) => status === 303).length, 1);
        assert.equal(statuses.filter((status) => status === 404).length, 49);
        assert.equal((await asOwner('GET', `/people?search=${guest.email}`)).body.total, 1);
      });

      it('find the link dead after 7 days, after another mail, and after it was taken back', async () => {
        const first = await invite();
        const resent = await asOwner('POST', `/invitations/${first.id}/resend`, {});
        assert.equal(resent.status, 200);
        const second = (await mailTo(first.email)).token;
        const open = (token: string) => openBrowser(world.url).get(`/invitation?token=${token}`);
        assert.match((await open(first.token)).text, /only the newest link works/);
        assert.equal((await open(second)).status, 200);
        assert.equal((await asOwner('DELETE', `/invitations/${first.id}`, {})).status, 204);
        assert.match((await open(second)).text, /taken back/);
        assert.equal((await asOwner('DELETE', `/invitations/${first.id}`, {})).status, 404);

        const third = await invite();
        world.server.clock.advance(days(7));
        await owner.browser.logIn(owner.email, PASSWORD);
        assert.match((await open(third.token)).text, /expired/);
        const [listed] = (await asOwner('GET', '/invitations')).body.invitations;
        assert.deepEqual([listed.email, listed.expired], [third.email, true]);
        // One that expired makes room for another; one that is open does not.
        const again = await invite({ emails: [third.email] });
        const twice = await asOwner('POST', '/invitations', {
          emails: ['fresh@example.test', third.email],
          role: 'member',
          chat_role: 'normal',
        });
        assert.equal(twice.status, 400);
        assert.equal(twice.body.error.fields[0].field, 'emails[1]');
        assert.match(twice.body.error.fields[0].message, /open invitation/);
        const { invitations } = (await asOwner('GET', '/invitations')).body;
        assert.ok(!invitations.some(({ email }: { email: string }) => email === 'fresh@example.test'));
        assert.equal((await open(again.token)).status, 200);
        for (const token of ['', 'nothing', `v${'A'.repeat(43)}`])
          assert.equal((await open(token)).status, 404);
      });

      it('are chosen within the roles of who invites, and lose the invitation when those go', async () => {
        const chief = await world.person(acme, { account: 'administrator', chat: 'normal' });
        const asChief = consoleOf(world.url, chief);
        const ask = (role: string, chat: string, email = 'raise@example.test') =>
          asChief('POST', '/invitations', { emails: [email], role, chat_role: chat });
        assert.equal((await ask('owner', 'normal')).status, 403);
        assert.equal((await ask('administrator', 'administrator')).status, 403);
        const made = await ask('administrator', 'normal', 'kept@example.test');
        assert.equal(made.status, 201);
        const { token } = await mailTo('kept@example.test');
        const [{ id }] = made.body.invitations;
        const member = await world.person(acme, { account: 'member' });
        const asMember = consoleOf(world.url, member);
        for (const [method, path] of [
          ['GET', '/invitations'],
          ['POST', `/invitations/${id}/resend`],
          ['DELETE', `/invitations/${id}`],
        ] as const)
          assert.equal((await asMember(method, path, method === 'GET' ? undefined : {})).status, 403);
        const other = consoleOf(world.url, await world.person(await world.organization('Other')));
        assert.equal((await other('DELETE', `/invitations/${id}`, {})).status, 404);
        assert.equal((await other('POST', `/invitations/${id}/resend`, {})).status, 404);

        const lowered = { ...(await versioned(chief)), role: 'member' };
        assert.equal((await asOwner('PATCH', `/people/${chief.accountId}`, lowered)).status, 200);
        assert.match((await openBrowser(world.url).get(`/invitation?token=${token}`)).text, /taken back/);
      });

      it('need addresses that look like some, each once, 20 at most', async () => {
        const refused = async (emails: unknown) => {
          const { status, body } = await asOwner('POST', '/invitations', {
            emails,
            role: 'member',
            chat_role: 'normal',
          });
          assert.equal(status, 400);
          return body.error.fields[0].field;
        };
        assert.equal(await refused(['good@example.test', 'bad']), 'emails[1]');
        assert.equal(await refused(['a@example.test', ' A@example.test']), 'emails[1]');
        assert.equal(await refused([owner.email]), 'emails[0]');
        assert.match(await refused([]), /^emails/);
        assert.match(
          await refused(Array.from({ length: 21 }, (_, place) => `x${place}@example.test`)),
          /^emails/,
        );
      });
    });

    describe('and its ownership', () => {
      it('is handed over with the password, and both are told', async () => {
        const firm = await world.organization('Firm');
        const [old, heir] = [await world.person(firm), await world.person(firm, { account: 'member' })];
        const call = consoleOf(world.url, old);
        const path = `/people/${heir.accountId}/ownership`;
        const wrong = await call('POST', path, { version: 1, password: 'not it' });
        assert.equal(wrong.status, 400);
        assert.equal(wrong.body.error.fields[0].field, 'password');
        const asHeir = consoleOf(world.url, heir);
        const stolen = await asHeir('POST', `/people/${old.accountId}/ownership`, {
          version: 1,
          password: PASSWORD,
        });
        assert.equal(stolen.status, 403);
        const done = await call('POST', path, { version: 1, password: PASSWORD });
        assert.equal(done.status, 200, JSON.stringify(done.body));
        assert.deepEqual([done.body.role, done.body.chat_role], ['owner', 'administrator']);
        assert.equal((await call('GET', '/session')).body.role, 'administrator');
        assert.match((await mailTo(heir.email)).subject, /owner of Firm/);
        assert.match((await mailTo(old.email)).subject, /handed over Firm/);
      });

      it('stays with one of two owners who remove each other at the same moment', async () => {
        for (let round = 0; round < 5; round++) {
          const pair = await world.organization('Pair');
          const [ann, bob] = [await world.person(pair), await world.person(pair)];
          const statuses = await Promise.all([
            consoleOf(world.url, ann)('DELETE', `/people/${bob.accountId}`, { version: 1 }),
            consoleOf(world.url, bob)('DELETE', `/people/${ann.accountId}`, { version: 1 }),
          ]);
          assert.deepEqual(statuses.map(({ status }) => status).sort(), [204, 403]);
          assert.equal((await world.server.services.identity.members(pair.licenseId)).length, 1);
        }
      });

      it('keeps its last owner from leaving; others leave by their account', async () => {
        const firm = await world.organization('Firm');
        const last = await world.person(firm);
        const leaver = await world.person(firm, { account: 'administrator' });
        const page = `/account/organizations/leave?organization_id=${firm.id}`;
        assert.match((await last.browser.get('/account/organizations')).text, /Leave/);
        const kept = await last.browser.submit(page, {});
        assert.equal(kept.status, 409);
        assert.match(kept.text, /needs an active owner/);
        const left = await leaver.browser.submit(page, {});
        assert.equal(left.status, 303);
        assert.match((await leaver.browser.get(left.location ?? '')).text, /You left the organization/);
        assert.equal((await leaver.browser.get(page)).status, 404);
        assert.match((await mailTo(leaver.email)).subject, /left Firm/);
        assert.equal((await last.browser.get(page.replace(firm.id, acme.id))).status, 404);
      });
    });

    it('leave a trace of each change in the audit log', async () => {
      const rows = await world.server.composition.database.read.query((db) =>
        db
          .selectFrom('audit_log')
          .select(['action', 'account_id', 'detail'])
          .where('license_id', '=', acme.licenseId),
      );
      const actions = new Set(rows.map(({ action }) => action));
      for (const action of [
        'invitation.created',
        'invitation.resent',
        'invitation.revoked',
        'invitation.accepted',
        'invitation.declined',
        'member.roles_changed',
        'member.suspended',
        'member.unsuspended',
        'member.removed',
      ])
        assert.ok(actions.has(action), action);
      assert.ok(rows.every(({ detail }) => !/dal:|token=/.test(detail)));
    });
  });
});

function hidden(html: string): { csrf_token: string } {
  return { csrf_token: /name="csrf_token" value="([^"]+)"/.exec(html)?.[1] ?? '' };
}

/** A customer writes to a group. @returns the chat's id */
async function startChat(world: World, { licenseId }: Organization, groupId: number): Promise<string> {
  const { chats } = world.server.services;
  const { storage } = world.server.composition;
  await storage.write(({ identity }) =>
    identity.addGroup(licenseId, { id: groupId, name: `Group ${groupId}` }, world.server.clock.now()),
  );
  world.server.clock.advance(2_000_000);
  const customer = await chats.createCustomer({ licenseId, name: 'Carl' });
  const started = await chats.startChat(
    { kind: 'customer', licenseId, customerId: customer.id, ip: '127.0.0.1', userAgent: 'test' },
    {
      active: true,
      chat: { access: { group_ids: [groupId] }, thread: { events: [{ type: 'message', text: 'Hi' }] } },
    },
  );
  return started.chatId;
}
