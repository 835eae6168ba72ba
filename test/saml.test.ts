import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days, seconds } from '../server/kernel/clock.ts';
import { eachEngine } from './support/databases.ts';
import { openSamlWorld, type SamlWorld } from './support/saml_world.ts';
import { authorizeQuery, PASSWORD, type Person } from './support/world.ts';

eachEngine((engine) => {
  describe('signing in by the identity provider of an organization', () => {
    let saml: SamlWorld;
    let ann: Person;
    before(async () => {
      saml = await openSamlWorld({ engine });
      ann = await saml.world.person(saml.acme, {
        account: 'member',
        chat: 'normal',
        email: 'ann@acme.example',
      });
    });
    after(() => saml.close());

    it('begins a session for the person of the signed address, in that organization', async () => {
      const browser = saml.world.stranger();
      const done = await saml.signIn(browser, { email: 'Ann@ACME.example' });
      assert.deepEqual([done.status, done.location], [303, '/console']);
      const page = await browser.get('/account');
      assert.match(page.text, /ann@acme\.example/);
      const [session] = await saml.world.server.services.identity.sessions.list(ann.accountId);
      assert.deepEqual([session?.amr, session?.licenseId], [['fed'], saml.acme.licenseId]);
    });

    it('goes back to the app that waits, by a question that asks again where the app wants it', async () => {
      const app = await saml.world.app(saml.owner, saml.acme, { scopes: ['chats--access:ro'] });
      const browser = saml.world.stranger();
      const asked = await browser.get(authorizeQuery(app));
      const handle = new URL(asked.location ?? '', saml.world.url).searchParams.get('handle') ?? '';
      const question = await saml.ask(browser, { handle });
      assert.equal(question.forceAuthn, false);
      const posted = await saml.post(saml.response(question));
      const done = await browser.get(posted.location ?? '');
      assert.match(done.location ?? '', /^https:\/\/www\.example\.com\/callback\?code=|^\/grant-access/);
      const again = await saml.ask(saml.world.stranger(), { switch: 'again' });
      assert.equal(again.forceAuthn, true);
      const lazy = await saml.post(saml.response(again, { authnInstant: -3600 }));
      assert.equal(lazy.status, 401);
      assert.match(lazy.text, /ForceAuthn/);
    });

    it('answers one browser: whoever is handed the last step of somebody else is not signed in', async () => {
      const [attacker, victim] = [saml.world.stranger(), saml.world.stranger()];
      const posted = await saml.post(saml.response(await saml.ask(attacker)));
      assert.deepEqual(posted.headers.getSetCookie(), [], 'cookies of the browser are not replaced');
      const handed = await victim.get(posted.location ?? '');
      assert.equal(handed.location, '/signin?expired=1');
      assert.equal((await victim.get('/account')).status, 303);
      assert.equal((await attacker.get(posted.location ?? '')).location, '/console');
      assert.equal((await attacker.get(posted.location ?? '')).location, '/signin?expired=1');
    });

    it('takes an answer once, however many come at once', async () => {
      const browser = saml.world.stranger();
      const xml = saml.response(await saml.ask(browser));
      const answers = await Promise.all(Array.from({ length: 20 }, () => saml.post(xml)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [
        303,
        ...Array.from({ length: 19 }, () => 401),
      ]);
      const location = answers.find(({ status }) => status === 303)?.location ?? '';
      const ends = await Promise.all(Array.from({ length: 10 }, () => browser.get(location)));
      assert.equal(ends.filter((end) => end.location === '/console').length, 1);
    });

    it('takes an assertion once, also as the answer to another question', async () => {
      const id = '_the_same_assertion';
      const browser = saml.world.stranger();
      const first = await saml.post(saml.response(await saml.ask(browser), { assertionId: id }));
      const second = await saml.post(saml.response(await saml.ask(browser), { assertionId: id }));
      assert.deepEqual([first.status, second.status], [303, 401]);
      assert.match(second.text, /used already/);
    });

    it('asks for the second step of who has one, and remembers how the first was taken', async () => {
      const { services } = saml.world.server;
      const page = await ann.browser.get('/account');
      assert.equal(page.status, 200);
      await saml.world.server.composition.storage.write(({ factors }) =>
        factors.addTotp({ accountId: ann.accountId, sealedSecret: 'x', lastUsedStep: 0, createdAt: 0 }),
      );
      const browser = saml.world.stranger();
      const done = await saml.signIn(browser);
      assert.match(done.location ?? '', /^\/signin\/verify/);
      assert.equal((await browser.get('/account')).status, 303);
      await services.identity.twoStep.clearFactors(ann.accountId, saml.editor.actor);
    });
  });
});

describe('who comes in by the identity provider', () => {
  let saml: SamlWorld;
  before(async () => {
    saml = await openSamlWorld();
  });
  after(() => saml.close());
  const membersOf = async () =>
    (await saml.world.server.services.identity.members(saml.acme.licenseId)).map(
      ({ account }) => account.email,
    );
  const provision = (provisioning: 'off' | 'members') =>
    saml.world.server.services.signInRules.saml.update(saml.editor, { provisioning });

  it('is nobody of a domain that the organization has not proven', async () => {
    await provision('members');
    for (const email of ['ann@acme.example.evil.example', 'ann@evil.example', 'ann@sub.acme.example']) {
      const refused = await saml.signIn(saml.world.stranger(), { email });
      assert.equal(refused.status, 403, email);
      assert.match(refused.text, /not in a verified domain/);
    }
    const other = await saml.world.organization('Evil');
    const victim = await saml.world.person(other, { email: 'victim@victim.example' });
    const taken = await saml.signIn(saml.world.stranger(), { email: victim.email });
    assert.equal(taken.status, 403);
    await provision('off');
  });

  it('is nobody new, unless they were invited or the organization lets its whole domain in', async () => {
    const refused = await saml.signIn(saml.world.stranger(), { email: 'new@acme.example' });
    assert.equal(refused.status, 403);
    assert.match(refused.text, /Ask its administrators to invite you/);
    assert.ok(!(await membersOf()).includes('new@acme.example'));
    const { people } = saml.world.server.services;
    await people.invitations.create(saml.editor, {
      emails: ['invited@acme.example'],
      accountRole: 'administrator',
      chatRole: 'administrator',
    });
    const invited = await saml.signIn(saml.world.stranger(), { email: 'invited@acme.example' });
    assert.equal(invited.location, '/console');
    await provision('members');
    const browser = saml.world.stranger();
    const attributes = { givenName: 'Nea', surname: 'New' };
    assert.equal(
      (await saml.signIn(browser, { email: 'new@acme.example', attributes })).location,
      '/console',
    );
    assert.match((await browser.get('/account')).text, /Nea New/);
    const members = await saml.world.server.services.identity.members(saml.acme.licenseId);
    const roles = Object.fromEntries(members.map((one) => [one.account.email, one.membership.accountRole]));
    assert.deepEqual([roles['invited@acme.example'], roles['new@acme.example']], ['administrator', 'member']);
    await provision('off');
  });

  it('is the person of the address, not who signed up with it before without having read its mail', async () => {
    await provision('members');
    const squatter = saml.world.stranger();
    await squatter.submit('/signup', {
      name: 'Squatter',
      email: 'late@acme.example',
      company: 'Squat',
      password: PASSWORD,
    });
    assert.equal((await squatter.get('/account')).status, 200);
    const browser = saml.world.stranger();
    assert.equal((await saml.signIn(browser, { email: 'late@acme.example' })).location, '/console');
    assert.equal((await squatter.get('/account')).status, 303, 'the earlier session is over');
    const again = saml.world.stranger();
    const typed = await again.submit('/signin', { email: 'late@acme.example', password: PASSWORD });
    assert.equal(typed.status, 401);
    await provision('off');
  });

  it('is nobody who is suspended, and nobody once the domain has lapsed', async () => {
    const bea = await saml.world.person(saml.acme, { account: 'member', email: 'bea@acme.example' });
    await saml.world.changeMembership(bea, { suspended_at: 1 });
    const suspended = await saml.signIn(saml.world.stranger(), { email: bea.email });
    assert.equal(suspended.status, 403);
    assert.match(suspended.text, /suspended/);
    await saml.world.changeMembership(bea, { suspended_at: null });
    assert.equal((await saml.signIn(saml.world.stranger(), { email: bea.email })).location, '/console');
    const { domains } = saml.world.server.services.signInRules;
    const records = new Map(saml.dns);
    saml.dns.clear();
    saml.world.server.clock.advance(days(2));
    await domains.checkDue();
    assert.equal((await saml.signIn(saml.world.stranger(), { email: bea.email })).location, '/console');
    saml.world.server.clock.advance(days(4));
    await domains.checkDue();
    assert.equal((await saml.signIn(saml.world.stranger(), { email: bea.email })).status, 403);
    for (const [name, values] of records) saml.dns.set(name, values);
    saml.world.server.clock.advance(seconds(3601));
    await domains.checkDue();
    assert.equal((await saml.signIn(saml.world.stranger(), { email: bea.email })).location, '/console');
  });
});
