import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { type Browser, hiddenFields } from './support/browser_session.ts';
import { codeAt, firstStep, secretIn, withTwoStep } from './support/factors.ts';
import { type Organization, openWorld, PASSWORD, type World } from './support/world.ts';

describe('turning two-step sign-in on and off', () => {
  let world: World;
  let acme: Organization;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
  });
  after(() => world.close());

  const person = async () => withTwoStep(world, await world.person(acme));
  const verify = (browser: Browser, path: string, fields: Record<string, string>) =>
    browser.submit(path, fields, '/signin/verify');
  const mailsTo = async (email: string) =>
    (await world.server.services.identity.outbox.latest(50)).filter((mail) => mail.recipient === email);
  const auditOf = async (accountId: string) =>
    (
      await world.server.composition.database.read.query((db) =>
        db.selectFrom('audit_log').select('action').where('account_id', '=', accountId),
      )
    ).map(({ action }) => action);
  const loggedIn = async (browser: Browser) => (await browser.get('/account')).status === 200;

  it('never keeps a secret or a recovery code readable, nor shows them again', async () => {
    const ann = await person();
    const rows = await Promise.all(
      (['totp_factors', 'recovery_codes', 'audit_log', 'sign_in_attempts', 'mails'] as const).map((table) =>
        world.server.composition.database.read.query((db) => db.selectFrom(table).selectAll()),
      ),
    );
    const page = (await ann.browser.get('/account/security')).text;
    const seen = JSON.stringify(rows) + page;
    for (const hidden of [ann.secret, ...ann.recoveryCodes]) assert.ok(!seen.includes(hidden));
  });

  it('makes new recovery codes in the place of the old ones', async () => {
    const ann = await person();
    await confirmed(ann.browser);
    const page = await ann.browser.submit('/account/recovery-codes', {});
    assert.equal(page.status, 200);
    assert.match(page.text, /older ones do not work/);
    const browser = world.stranger();
    const path = await firstStep(browser, ann.email);
    assert.equal((await verify(browser, path, { recovery_code: ann.recoveryCodes[0] ?? '' })).status, 401);
  });

  /** Gives the password again, as the page asks it. */
  async function confirmed(browser: Browser): Promise<void> {
    const answer = await browser.submit('/account/confirm', { password: PASSWORD });
    assert.equal(answer.status, 303);
  }

  describe('changing it', () => {
    it('asks again who it is when that is longer ago than five minutes, and comes back', async () => {
      const ann = await world.person(acme);
      world.server.clock.advance(seconds(301));
      const asked = await ann.browser.get('/account/two-step');
      assert.equal(asked.location, '/account/confirm?next=%2Faccount%2Ftwo-step');
      const wrong = await ann.browser.submit(asked.location ?? '', { password: 'not mine' });
      assert.equal(wrong.status, 400);
      assert.match(wrong.text, /not your password/);
      assert.equal((await ann.browser.get('/account/two-step')).status, 303);
      const right = await ann.browser.submit(asked.location ?? '', { password: PASSWORD });
      assert.equal(right.location, '/account/two-step');
      assert.equal((await ann.browser.get('/account/two-step')).status, 200);
      for (let count = 0; count < 10; count++)
        await ann.browser.submit('/account/confirm', { password: 'guess' });
      assert.equal((await ann.browser.submit('/account/confirm', { password: PASSWORD })).status, 429);
      const away = '/account/confirm?next=//evil.example';
      world.server.clock.advance(seconds(15 * 60 + 1));
      assert.equal((await ann.browser.submit(away, { password: PASSWORD })).location, '/account/security');
    });

    it('does nothing by a form that was opened while the proof was fresh', async () => {
      const ann = await person();
      await confirmed(ann.browser);
      const fields = hiddenFields((await ann.browser.get('/account/two-step/off')).text);
      world.server.clock.advance(seconds(301));
      const late = await ann.browser.post('/account/two-step/off', fields);
      assert.equal(late.location, '/account/confirm?next=%2Faccount%2Ftwo-step%2Foff');
      assert.ok((await world.server.services.identity.twoStep.state(ann.accountId)).since);
    });

    it('turns it off with its codes, ends other sessions, and tells the person', async () => {
      const ann = await person();
      const elsewhere = world.stranger();
      await verify(elsewhere, await firstStep(elsewhere, ann.email), { code: codeAt(world, ann.secret) });
      await confirmed(ann.browser);
      const off = await ann.browser.submit('/account/two-step/off', {});
      assert.equal(off.location, '/account/security?done=two_step_off');
      assert.equal(await loggedIn(elsewhere), false);
      assert.match((await mailsTo(ann.email))[0]?.subject ?? '', /is off/);
      await world.stranger().logIn(ann.email, PASSWORD);
      assert.equal((await ann.browser.get('/account/recovery-codes')).location, '/account/security');
    });

    it('keeps the same secret on the page after a wrong code, and takes no other account’s setup', async () => {
      const [ann, ben] = [await world.person(acme), await world.person(acme)];
      const page = await ann.browser.get('/account/two-step');
      const fields = hiddenFields(page.text);
      const wrong = await ann.browser.post('/account/two-step', { ...fields, code: '000000' });
      assert.equal(wrong.status, 400);
      assert.equal(secretIn(wrong.text), secretIn(page.text));
      const { csrf_token = '' } = hiddenFields((await ben.browser.get('/account/two-step')).text);
      const code = codeAt(world, secretIn(page.text));
      const setups = [fields.setup ?? '', 'x', '', `${fields.setup}AAAA`, 'A'.repeat(20_000)];
      for (const setup of setups) {
        const answer = await ben.browser.post('/account/two-step', { csrf_token, setup, code });
        assert.equal(answer.status, 404, setup.slice(0, 20));
      }
      assert.equal((await world.server.services.identity.twoStep.state(ben.accountId)).since, undefined);
      world.server.clock.advance(seconds(3601));
      await confirmed(ann.browser);
      const late = { ...fields, code: codeAt(world, secretIn(page.text)) };
      assert.equal((await ann.browser.post('/account/two-step', late)).status, 404);
    });

    it('waits until the e-mail address is confirmed', async () => {
      const { browser, accountId } = await world.person(acme);
      await world.server.composition.database.write((session) =>
        session.execute((db) =>
          db.updateTable('accounts').set({ email_confirmed_at: null }).where('id', '=', accountId),
        ),
      );
      for (const path of ['/account/two-step', '/account/passkeys/add']) {
        const answer = await browser.get(path);
        assert.equal(answer.status, 403);
        assert.match(answer.text, /Confirm your e-mail address first/);
      }
      assert.match((await browser.get('/account/security')).text, /First confirm your email address/);
    });

    it('refuses every form without its CSRF token, and every page to people who are not logged in', async () => {
      const ann = await person();
      await confirmed(ann.browser);
      const forms = [
        '/signin/verify',
        '/signin/passkey',
        '/signin/passkey/options',
        '/account/confirm',
        '/account/confirm/passkey',
        '/account/confirm/passkey/options',
        '/account/two-step',
        '/account/two-step/off',
        '/account/recovery-codes',
        '/account/passkeys/add',
        '/account/passkeys/add/options',
        '/account/passkeys/rename',
        '/account/passkeys/remove',
      ];
      const stranger = world.stranger();
      const foreign = hiddenFields((await stranger.get('/signin')).text).csrf_token ?? '';
      for (const path of forms)
        for (const fields of [{}, { csrf_token: foreign }])
          assert.equal((await ann.browser.post(path, fields as Record<string, string>)).status, 403, path);
      assert.ok((await world.server.services.identity.twoStep.state(ann.accountId)).since);
      for (const path of forms.filter((one) => one.startsWith('/account/')))
        assert.match(
          (await stranger.post(path, { csrf_token: foreign })).location ?? '',
          /^\/signin\?next=/,
          path,
        );
    });
  });

  it('is taken away by the operator with all sessions, told and written down', async () => {
    const ann = await person();
    const { twoStep } = world.server.services.identity;
    const actor = { ip: '', userAgent: 'command line', requestId: 'cli' };
    assert.deepEqual(await twoStep.clearFactors(ann.accountId, actor), { twoStep: true, passkeys: 0 });
    assert.equal(await twoStep.clearFactors(crypto.randomUUID(), actor), undefined);
    assert.equal(await loggedIn(ann.browser), false);
    assert.match((await mailsTo(ann.email))[0]?.text ?? '', /operator of this server/);
    assert.ok((await auditOf(ann.accountId)).includes('factors.cleared'));
    await world.stranger().logIn(ann.email, PASSWORD);
  });
});
