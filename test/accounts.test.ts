import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { hiddenFields, openBrowser } from './support/browser_session.ts';
import { eachEngine } from './support/databases.ts';
import { openWorld, PASSWORD, type World } from './support/world.ts';

let count = 0;
const fresh = () => `somebody${++count}@example.test`;
const form = (email: string, more: Record<string, string> = {}) => ({
  name: 'Ann Example',
  email,
  company: 'Acme',
  password: PASSWORD,
  ...more,
});

eachEngine((engine) => {
  describe('accounts', () => {
    let world: World;
    before(async () => {
      world = await openWorld(engine);
    });
    after(() => world.close());

    const signedUp = async (email = fresh()) => {
      const browser = openBrowser(world.url);
      const answer = await browser.submit('/signup', form(email));
      assert.equal(answer.status, 303, answer.text.slice(0, 2000));
      return { browser, email };
    };
    /** The newest mail to an address, as development mode shows it. */
    const mailTo = async (email: string) => {
      const mails = await world.server.services.identity.outbox.latest(50);
      return mails.find((mail) => mail.recipient === email);
    };
    const linkIn = (text: string) =>
      /(\/(?:confirm-email|reset-password)\?token=[A-Za-z0-9_-]+)/.exec(text)?.[1] ?? '';

    describe('signing up', () => {
      it('makes the account, its organization with a license, the ownership and group 0, and logs in', async () => {
        const { browser, email } = await signedUp();
        const { identity } = world.server.services;
        const account = await world.server.composition.storage.read.identity.accountByEmail(email);
        assert.ok(account);
        const [own] = await identity.organizationsOf(account.id);
        assert.equal(own?.organization.name, 'Acme');
        assert.ok(Number(own?.organization.licenseId) >= 1001);
        assert.equal(own?.membership.accountRole, 'owner');
        assert.equal(own?.membership.chatRole, 'administrator');
        assert.deepEqual(await identity.groups(own?.organization.licenseId ?? 0), [
          { id: 0, name: 'General' },
        ]);
        assert.equal((await browser.get('/account')).status, 200);
      });

      it('sends a confirmation that works once, and shows the address as confirmed', async () => {
        const { browser, email } = await signedUp();
        assert.match((await browser.get('/account')).text, /not confirmed/i);
        const mail = await mailTo(email);
        const link = linkIn(mail?.text ?? '');
        assert.match((await browser.get(link)).text, new RegExp(email));
        assert.match((await browser.submit(link, {}, '/confirm-email')).text, /Email confirmed/);
        assert.equal((await browser.get(link)).status, 404);
        assert.doesNotMatch((await browser.get('/account')).text, /not confirmed/i);
      });

      const refused: [string, Record<string, string>, RegExp][] = [
        ['an empty name', { name: '  ' }, /Enter your name/],
        ['a name of 10 000 characters', { name: 'x'.repeat(10_000) }, /at most 191 characters/],
        ['no e-mail', { email: '' }, /Enter your e-mail/],
        ['an e-mail that is none', { email: 'ann@' }, /not an e-mail address/],
        ['an e-mail with a line break', { email: 'a@b.test\r\nBcc: c@d.test' }, /not an e-mail address/],
        ['no company', { company: '' }, /Enter the name of your company/],
        ['a short password', { password: 'Tr0ub4d' }, /has 7 characters\. It needs at least 8/],
        ['a common password', { password: 'password1' }, /easy to guess/],
        ['a password made of the own name', { password: 'annexample' }, /easy to guess/],
      ];
      for (const [what, change, words] of refused)
        it(`refuses ${what}, keeps what was typed, and makes nothing`, async () => {
          const browser = openBrowser(world.url);
          const typed = form(fresh(), change);
          const answer = await browser.submit('/signup', typed);
          assert.equal(answer.status, 400);
          assert.match(answer.text, words);
          assert.ok(!answer.text.includes(`value="${typed.password}"`), 'the password is not sent back');
          const account = await world.server.composition.storage.read.identity.accountByEmail(typed.email);
          assert.equal(account, undefined);
        });

      it('takes an e-mail once, in whatever case, also when two sign up at the same moment', async () => {
        const { email } = await signedUp();
        const answer = await openBrowser(world.url).submit('/signup', form(email.toUpperCase()));
        assert.match(answer.text, /exists already/);
        const contested = fresh();
        const browsers = Array.from({ length: 5 }, () => openBrowser(world.url));
        const answers = await Promise.all(
          browsers.map((browser) => browser.submit('/signup', form(contested))),
        );
        assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 400, 400, 400, 400]);
      });
    });

    describe('logging in', () => {
      it('answers alike for an unknown account and a wrong password', async () => {
        const { email } = await signedUp();
        const wrong = await openBrowser(world.url).submit('/signin', { email, password: 'wrong password' });
        const unknown = await openBrowser(world.url).submit('/signin', {
          email: 'nobody@example.test',
          password: 'wrong password',
        });
        assert.equal(wrong.status, 401);
        assert.equal(unknown.status, 401);
        const plain = (text: string, typed: string) =>
          text.replaceAll(typed, '').replace(/name="csrf_token" value="[^"]+"/g, '');
        assert.equal(plain(wrong.text, email), plain(unknown.text, 'nobody@example.test'));
      });

      it('asks for what is missing', async () => {
        const answer = await openBrowser(world.url).submit('/signin', { email: '', password: '' });
        assert.equal(answer.status, 400);
        assert.match(answer.text, /Enter your email/);
        assert.match(answer.text, /Enter your password/);
      });

      it('is throttled per account, and says how long to wait', async () => {
        const { email } = await signedUp();
        const browser = openBrowser(world.url);
        for (let attempt = 0; attempt < 10; attempt++)
          assert.equal((await browser.submit('/signin', { email, password: 'wrong' })).status, 401);
        const answer = await browser.submit('/signin', { email: email.toUpperCase(), password: PASSWORD });
        assert.equal(answer.status, 429);
        assert.ok(Number(answer.headers.get('retry-after')) > 0);
        assert.match(answer.text, /Too many tries/);
        world.server.clock.advance(seconds(15 * 60 + 1));
        assert.equal((await browser.submit('/signin', { email, password: PASSWORD })).status, 303);
      });

      it('gives a new session each time, kept for a browser session or for 30 days', async () => {
        const { browser, email } = await signedUp();
        const first = browser.cookies.get('gatehouse_session');
        await browser.submit('/signout', {});
        assert.equal(browser.cookies.get('gatehouse_session'), undefined);
        assert.equal((await browser.get('/account')).status, 303, 'signed out');
        browser.cookies.set('gatehouse_session', first ?? '');
        assert.equal((await browser.get('/account')).status, 303, 'the old cookie is dead on the server too');
        const kept = await browser.submit('/signin', { email, password: PASSWORD, keep_logged_in: '1' });
        const cookie =
          kept.headers.getSetCookie().find((line) => line.startsWith('gatehouse_session=')) ?? '';
        assert.match(cookie, /Max-Age=2592000/);
        assert.match(cookie, /HttpOnly/);
        assert.match(cookie, /SameSite=Lax/);
        world.server.clock.advance(seconds(29 * 86_400));
        assert.equal((await browser.get('/account')).status, 200);
      });

      it('goes on to the page that asked, and never to another site', async () => {
        const { email } = await signedUp();
        const browser = openBrowser(world.url);
        const asked = await browser.get('/account/apps');
        assert.equal(asked.location, '/signin?next=%2Faccount%2Fapps');
        const answer = await browser.submit(asked.location ?? '', { email, password: PASSWORD });
        assert.equal(answer.location, '/account/apps');
        const away = await openBrowser(world.url).submit('/signin?next=https://evil.example/', {
          email,
          password: PASSWORD,
        });
        assert.equal(away.location, '/console');
      });

      it('refuses a form without its CSRF token, and one of another browser', async () => {
        const { email } = await signedUp();
        const browser = openBrowser(world.url);
        assert.equal((await browser.post('/signin', { email, password: PASSWORD })).status, 403);
        const foreign = hiddenFields((await openBrowser(world.url).get('/signin')).text).csrf_token ?? '';
        assert.equal(
          (await browser.post('/signin', { email, password: PASSWORD, csrf_token: foreign })).status,
          403,
        );
      });
    });

    describe('a forgotten password', () => {
      it('is replaced by a link that works once and signs out everywhere', async () => {
        const { browser, email } = await signedUp();
        const stranger = openBrowser(world.url);
        await stranger.submit('/forgot-password', { email: `  ${email.toUpperCase()} ` });
        const link = linkIn((await mailTo(email))?.text ?? '');
        const weak = await stranger.submit(link, { password: 'password1' }, '/reset-password');
        assert.equal(weak.status, 400, 'a weak password does not use the link up');
        const done = await stranger.submit(link, { password: 'another good passphrase' }, '/reset-password');
        assert.equal(done.location, '/signin?reset=1');
        assert.equal((await stranger.get(link)).status, 404);
        assert.equal((await browser.get('/account')).status, 303);
        await stranger.logIn(email, 'another good passphrase');
        assert.match((await mailTo(email))?.subject ?? '', /password was changed/i);
      });

      it('answers alike for a known and an unknown address, and mails only the known one', async () => {
        const { email } = await signedUp();
        const answers = await Promise.all(
          [email, 'stranger@example.test'].map((typed) =>
            openBrowser(world.url).submit('/forgot-password', { email: typed }),
          ),
        );
        assert.deepEqual(
          answers.map(({ status }) => status),
          [200, 200],
        );
        assert.equal(
          answers[0]?.text.replaceAll(email, 'X'),
          answers[1]?.text.replaceAll('stranger@example.test', 'X'),
        );
        assert.equal(await mailTo('stranger@example.test'), undefined);
      });

      it('has one winner when fifty use the link at once', async () => {
        const { email } = await signedUp();
        const browser = openBrowser(world.url);
        await browser.submit('/forgot-password', { email });
        const link = linkIn((await mailTo(email))?.text ?? '');
        const fields = hiddenFields((await browser.get(link)).text);
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, index) =>
            browser.post('/reset-password', { ...fields, password: `good passphrase number ${index}` }),
          ),
        );
        assert.equal(answers.filter((answer) => answer.status === 303).length, 1);
        assert.ok(answers.every((answer) => answer.status < 500));
      });

      it('is not replaced by a link that is too old or older than another', async () => {
        const { email } = await signedUp();
        const browser = openBrowser(world.url);
        await browser.submit('/forgot-password', { email });
        const older = linkIn((await mailTo(email))?.text ?? '');
        await browser.submit('/forgot-password', { email });
        const newer = linkIn((await mailTo(email))?.text ?? '');
        assert.notEqual(older, newer);
        assert.equal((await browser.get(older)).status, 404);
        world.server.clock.advance(seconds(3601));
        assert.equal((await browser.get(newer)).status, 404);
      });
    });

    describe('the account page', () => {
      it('changes the name', async () => {
        const { browser } = await signedUp();
        const answer = await browser.submit('/account', { name: 'Änne <b>Bold</b>' }, '/account/profile');
        const page = await browser.get(answer.location ?? '');
        assert.match(page.text, /Your name was changed/);
        assert.ok(page.text.includes('Änne &lt;b>Bold') || page.text.includes('Änne &lt;b&gt;Bold'));
        assert.ok(!page.text.includes('<b>Bold</b>'));
      });

      it('changes the password against the present one, and ends the other sessions', async () => {
        const { browser, email } = await signedUp();
        const other = openBrowser(world.url);
        await other.logIn(email, PASSWORD);
        const wrong = await browser.submit(
          '/account',
          { current_password: 'x', new_password: 'a fine new passphrase' },
          '/account/password',
        );
        assert.match(wrong.text, /not your password/);
        const right = await browser.submit(
          '/account',
          { current_password: PASSWORD, new_password: 'a fine new passphrase' },
          '/account/password',
        );
        assert.equal(right.status, 303);
        assert.equal((await browser.get('/account')).status, 200);
        assert.equal((await other.get('/account')).status, 303);
      });

      it('lists sessions, and signs out one or all others', async () => {
        const { browser, email } = await signedUp();
        const [second, third] = [openBrowser(world.url), openBrowser(world.url)];
        await second.logIn(email, PASSWORD);
        await third.logIn(email, PASSWORD);
        const page = await browser.get('/account/sessions');
        const ids = [...page.text.matchAll(/name="session_id" value="(\d+)"/g)].map(([, id]) => id);
        assert.ok(ids.length >= 2);
        await browser.submit('/account/sessions', { session_id: ids[0] ?? '' }, '/account/sessions/sign-out');
        const alive = async () =>
          [await second.get('/account'), await third.get('/account')].filter(
            (answer) => answer.status === 200,
          ).length;
        assert.equal(await alive(), 1);
        await browser.submit('/account/sessions', {}, '/account/sessions/sign-out-others');
        assert.equal(await alive(), 0);
        assert.equal((await browser.get('/account')).status, 200);
      });

      it("cannot end another person's session", async () => {
        const { browser } = await signedUp();
        const victim = await signedUp();
        const account = await world.server.composition.storage.read.identity.accountByEmail(victim.email);
        const [session] = await world.server.services.identity.sessions.list(account?.id ?? '');
        await browser.submit('/account', { session_id: String(session?.key) }, '/account/sessions/sign-out');
        assert.equal((await victim.browser.get('/account')).status, 200);
      });
    });

    it('never leaves a password, a cookie or a link readable in the database', async () => {
      if (engine.name !== 'sqlite') return;
      const { browser, email } = await signedUp();
      await openBrowser(world.url).submit('/forgot-password', { email });
      const mail = await mailTo(email);
      const link = /token=([A-Za-z0-9_-]+)/.exec(mail?.text ?? '')?.[1] ?? 'none';
      const rows = await world.server.composition.database.read.query((db) =>
        db.selectFrom('mails').selectAll(),
      );
      const sessions = await world.server.composition.database.read.query((db) =>
        db.selectFrom('sessions').selectAll(),
      );
      const stored = JSON.stringify([rows, sessions]);
      for (const secret of [PASSWORD, link, browser.cookies.get('gatehouse_session') ?? 'none'])
        assert.ok(!stored.includes(secret));
    });

    it('is shown no page of a stranger without an address', async () => {
      const answer = await openBrowser(world.url).get('/nowhere');
      assert.equal(answer.status, 404);
      assert.match(answer.headers.get('content-type') ?? '', /text\/html/);
    });
  });
});
