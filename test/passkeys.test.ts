import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { seconds } from '../server/kernel/clock.ts';
import { type Lies, softwareAuthenticator } from './support/authenticator.ts';
import { type Browser, hiddenFields } from './support/browser_session.ts';
import { addPasskey, firstStep, passkeyOptions, passkeySignIn, withTwoStep } from './support/factors.ts';
import { authorizeQuery, type Organization, openWorld, PASSWORD, type World } from './support/world.ts';

describe('passkeys', () => {
  let world: World;
  let acme: Organization;
  before(async () => {
    world = await openWorld();
    acme = await world.organization();
  });
  after(() => world.close());

  const loggedIn = async (browser: Browser) => (await browser.get('/account')).status === 200;
  const refusals = async (accountId: string) => {
    const rows = await world.server.composition.database.read.query((db) =>
      db
        .selectFrom('audit_log')
        .select('detail')
        .where('account_id', '=', accountId)
        .where('action', '=', 'passkey.refused'),
    );
    return rows.map(({ detail }) => (JSON.parse(detail) as { reason: string }).reason);
  };

  it('opens the account without a password, and is listed with its last use', async () => {
    const ann = await world.person(acme);
    const key = await addPasskey(world, ann, '  Blue <b>key</b> ');
    const page = (await ann.browser.get('/account/security?done=passkey_added')).text;
    assert.match(page, /Blue &lt;b(>|&gt;)key/);
    assert.match(page, /never used/);
    const [mail] = await world.server.services.identity.outbox.latest(1);
    assert.match(mail?.subject ?? '', /A passkey was added/);
    assert.ok(!mail?.text.includes('Blue'), 'what somebody typed is not in the mail');

    const browser = world.stranger();
    const answer = await passkeySignIn(browser, key);
    assert.equal(answer.location, '/console');
    assert.match((await browser.get('/account')).text, new RegExp(ann.email));
    assert.match((await ann.browser.get('/account/security')).text, /last used/);
    const sessions = await world.server.services.identity.sessions.list(ann.accountId);
    assert.ok(sessions.some(({ amr }) => amr.join(' ') === 'hwk user mfa'));
  });

  it('counts as both steps, also where the second one is asked for', async () => {
    const ann = await world.person(acme);
    const key = await addPasskey(world, ann);
    await withTwoStep(world, ann);
    const browser = world.stranger();
    const path = await firstStep(browser, ann.email, '/signin?next=%2Faccount%2Fapps');
    assert.match((await browser.get(path)).text, /Use a passkey/);
    assert.equal((await passkeySignIn(browser, key, {}, path)).location, '/account/apps');
    assert.equal(browser.cookies.get('gatehouse_sign_in'), undefined);
  });

  it('lets the authorization that waited go on, and begins a new session', async () => {
    const ann = await world.person(acme);
    const key = await addPasskey(world, ann);
    const eve = await world.person(acme);
    const app = await world.app(eve, acme);
    const planted = eve.browser.cookies.get('gatehouse_session') ?? '';
    const browser = world.stranger();
    const { location = '' } = await browser.get(authorizeQuery(app, { state: 's' }));
    browser.cookies.set('gatehouse_session', planted);
    const answer = await passkeySignIn(browser, key, {}, `${location}&switch=1`);
    assert.ok(new URL(answer.location ?? '', world.url).searchParams.get('code'));
    assert.notEqual(browser.cookies.get('gatehouse_session'), planted);
    assert.equal(await loggedIn(eve.browser), false);
  });

  it('asks for any passkey when signing in, and only for those of the account when confirming', async () => {
    const ann = await world.person(acme);
    const key = await addPasskey(world, ann);
    const open = await passkeyOptions(world.stranger(), '/signin', '/signin/passkey/options');
    assert.deepEqual(
      { ...open, challenge: '' },
      {
        challenge: '',
        rpId: 'localhost',
        timeout: 600_000,
        userVerification: 'required',
        allowCredentials: [],
      },
    );
    world.server.clock.advance(seconds(301));
    const asked = (await ann.browser.get('/account/two-step')).location ?? '';
    const options = await passkeyOptions(ann.browser, asked, '/account/confirm/passkey/options');
    assert.deepEqual(
      (options as { allowCredentials?: { id: string }[] }).allowCredentials?.map(({ id }) => id),
      [key.credentialId],
    );
    const credential = key.get(options);
    const answer = await ann.browser.submit(asked, { credential }, '/account/confirm/passkey');
    assert.equal(answer.location, '/account/two-step');
    assert.equal((await ann.browser.get('/account/two-step')).status, 200);
    const again = await ann.browser.submit(asked, { credential }, '/account/confirm/passkey');
    assert.equal(again.status, 401, 'a challenge is answered once');
  });

  it('refuses the answer of another browser, a second time, or too late', async () => {
    const ann = await world.person(acme);
    const key = await addPasskey(world, ann);
    const [browser, other] = [world.stranger(), world.stranger()];
    const options = () => passkeyOptions(browser, '/signin', '/signin/passkey/options');
    const send = (from: Browser, credential: string) =>
      from.submit('/signin', { credential }, '/signin/passkey');
    const stolen = key.get(await options());
    assert.equal((await send(other, stolen)).status, 401);
    assert.equal((await send(browser, stolen)).status, 401, 'it was used up by the wrong one');
    const late = key.get(await options());
    world.server.clock.advance(seconds(601));
    assert.match((await send(browser, late)).text, /too old/);
    const good = key.get(await options());
    assert.equal((await send(browser, good)).status, 303);
    await browser.submit('/signout', {});
    assert.equal((await send(browser, good)).status, 401);
    assert.equal(await loggedIn(other), false);
  });

  const lies: [string, Lies][] = [
    ['another origin', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://localhost:1' }],
    ['another host', { rpId: 'evil.example' }],
    ['a person who was not verified', { unverified: true }],
    ['the answer to another kind of question', { type: 'webauthn.create' }],
    [
      'a challenge that was never asked',
      { challenge: Buffer.from(`k${'A'.repeat(43)}`).toString('base64url') },
    ],
    ['no challenge', { challenge: '' }],
    ['an unknown credential', { credentialId: 'AAAA' }],
    ['a credential that is no base64url', { credentialId: "' or 1=1 --" }],
    ['another person', { userHandle: Buffer.from(crypto.randomUUID()).toString('base64url') }],
    ['nobody', { userHandle: '' }],
  ];
  it('refuses whatever was not signed for this server, this person and this question', async () => {
    const ann = await world.person(acme);
    const key = await addPasskey(world, ann);
    for (const [what, lie] of lies) {
      const browser = world.stranger();
      const answer = await passkeySignIn(browser, key, lie);
      assert.equal(answer.status, 401, what);
      assert.match(answer.text, /passkey/i, what);
      assert.equal(await loggedIn(browser), false, what);
    }
    assert.deepEqual(new Set(await refusals(ann.accountId)), new Set(['signature_wrong', 'another_account']));
    // One person's key under another's name.
    const ben = await world.person(acme);
    const own = await addPasskey(world, ben);
    const forged = {
      credentialId: key.credentialId,
      userHandle: Buffer.from(ann.accountId).toString('base64url'),
    };
    assert.equal((await passkeySignIn(world.stranger(), own, forged)).status, 401);
  });

  it('refuses a signature counter that went back, and writes it down', async () => {
    const ann = await world.person(acme);
    const key = await addPasskey(world, ann);
    assert.equal((await passkeySignIn(world.stranger(), key, { counter: 50 })).status, 303);
    for (const counter of [50, 49, 0]) {
      const answer = await passkeySignIn(world.stranger(), key, { counter });
      assert.equal(answer.status, 401);
      assert.match(answer.text, /may have been copied/);
    }
    assert.deepEqual(await refusals(ann.accountId), Array(3).fill('counter_went_back'));
    assert.equal((await passkeySignIn(world.stranger(), key, { counter: 51 })).status, 303);
  });

  const noise: [string, string][] = [
    ['no JSON', 'x'],
    ['JSON of another shape', '[1,2,3]'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a response that is none', '{"id":"AAAA","response":7}'],
    ['client data that is no JSON', '{"id":"AAAA","response":{"clientDataJSON":"AAAA"}}'],
    ['a prototype', '{"id":"AAAA","__proto__":{"response":{}}}'],
    ['deep nesting', `${'['.repeat(5_000)}${']'.repeat(5_000)}`],
  ];
  it('answers noise with words, and without JavaScript says what is missing', async () => {
    const ann = await world.person(acme);
    for (const [what, credential] of noise) {
      const signIn = await world.stranger().submit('/signin', { credential }, '/signin/passkey');
      assert.equal(signIn.status, 401, what);
      const add = await ann.browser.submit('/account/passkeys/add', { name: 'x', credential });
      assert.equal(add.status, 400, what);
    }
    const bare = await world.stranger().submit('/signin', { credential: '' }, '/signin/passkey');
    assert.equal(bare.status, 400);
    assert.match(bare.text, /need JavaScript/);
    const added = await ann.browser.submit('/account/passkeys/add', { name: 'x' });
    assert.match(added.text, /need JavaScript/);
    assert.deepEqual(await world.server.services.identity.passkeys.list(ann.accountId), []);
  });

  it('is added only with the answer to the question of this session, and once', async () => {
    const ann = await world.person(acme);
    const key = softwareAuthenticator(world.url);
    const ask = () => passkeyOptions(ann.browser, '/account/passkeys/add', '/account/passkeys/add/options');
    const add = (credential: string) => ann.browser.submit('/account/passkeys/add', { name: '', credential });
    for (const lie of [{ origin: 'https://evil.example' }, { unverified: true }, { rpId: 'evil.example' }])
      assert.equal((await add(key.create(await ask(), lie))).status, 400);
    const foreign = await passkeyOptions(world.stranger(), '/signin', '/signin/passkey/options');
    assert.equal((await add(key.create({ ...foreign, rp: { id: 'localhost' } }))).status, 400);
    const good = key.create(await ask());
    assert.equal((await add(good)).status, 303);
    assert.equal((await add(good)).status, 400);
    assert.match((await add(key.create(await ask()))).text, /belongs to an account already/);
    const options = (await ask()) as { excludeCredentials?: { id: string }[] };
    assert.deepEqual(
      options.excludeCredentials?.map(({ id }) => id),
      [key.credentialId],
    );
    const form = { ...hiddenFields((await ann.browser.get('/account/passkeys/add')).text), credential: good };
    world.server.clock.advance(seconds(301));
    const late = await ann.browser.post('/account/passkeys/add', form);
    assert.equal(late.location, '/account/confirm?next=%2Faccount%2Fpasskeys%2Fadd');
  });

  it('is renamed and removed by its owner alone; removing it ends other sessions', async () => {
    const ann = await world.person(acme);
    const ben = await world.person(acme);
    const key = await addPasskey(world, ann, 'Old name');
    const [passkey] = await world.server.services.identity.passkeys.list(ann.accountId);
    const id = String(passkey?.key);
    const rename = `/account/passkeys/rename?passkey_id=${id}`;
    const remove = `/account/passkeys/remove?passkey_id=${id}`;
    assert.match((await ann.browser.get(rename)).text, /value="Old name"/);
    assert.equal((await ann.browser.submit(rename, { name: '  ' })).status, 400);
    assert.equal((await ann.browser.submit(rename, { name: 'N'.repeat(500) })).status, 303);
    const { csrf_token = '' } = hiddenFields((await ben.browser.get('/account')).text);
    for (const [path, query] of [
      ['/account/passkeys/rename', rename],
      ['/account/passkeys/remove', remove],
    ] as const) {
      assert.equal((await ben.browser.get(query)).status, 404);
      assert.equal((await ben.browser.post(path, { csrf_token, passkey_id: id, name: 'Mine' })).status, 404);
    }
    for (const wrong of ['', '0', '-1', 'x', '1e3', '9'.repeat(400)])
      assert.equal((await ann.browser.get(`/account/passkeys/remove?passkey_id=${wrong}`)).status, 404);
    const elsewhere = world.stranger();
    await passkeySignIn(elsewhere, key);
    const removed = await ann.browser.submit(remove, {});
    assert.equal(removed.location, '/account/security?done=passkey_removed');
    assert.equal(await loggedIn(elsewhere), false);
    assert.equal(await loggedIn(ann.browser), true);
    assert.match((await passkeySignIn(world.stranger(), key)).text, /not known here/);
    await world.stranger().logIn(ann.email, PASSWORD);
  });

  it('goes with all others when the operator clears the factors', async () => {
    const ann = await world.person(acme);
    const key = await addPasskey(world, ann);
    const actor = { ip: '', userAgent: 'command line', requestId: 'cli' };
    const cleared = await world.server.services.identity.twoStep.clearFactors(ann.accountId, actor);
    assert.deepEqual(cleared, { twoStep: false, passkeys: 1 });
    assert.equal((await passkeySignIn(world.stranger(), key)).status, 401);
  });

  it('is not offered where browsers make none', async () => {
    const ann = await world.person(acme);
    const { settings } = world.server.services;
    const { publicUrl } = settings;
    try {
      for (const address of ['http://192.0.2.7:8080', 'https://[2001:db8::1]', 'http://chat.example']) {
        settings.publicUrl = address;
        assert.doesNotMatch((await world.stranger().get('/signin')).text, /passkey/i);
        assert.match((await ann.browser.get('/account/security')).text, /only at https addresses/);
        const answer = await ann.browser.get('/account/passkeys/add');
        assert.equal(answer.status, 400);
        assert.match(answer.text, /PUBLIC_URL/);
      }
    } finally {
      settings.publicUrl = publicUrl;
    }
  });
});
