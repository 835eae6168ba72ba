import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { days, minutes } from '../server/kernel/clock.ts';
import { openSamlWorld, type SamlWorld } from './support/saml_world.ts';
import { PASSWORD, type Person } from './support/world.ts';

const ACTOR = { ip: '127.0.0.1', userAgent: 'test', requestId: 'test' };
const SAML = '/v2/organizations/my/saml';
const DOMAINS = '/v2/organizations/my/domains';
const METHODS = '/v2/organizations/my/login_methods';

describe('the rules of signing in, by the Global Accounts API', () => {
  let saml: SamlWorld;
  let admin: Person;
  let member: Person;
  before(async () => {
    saml = await openSamlWorld();
    admin = await saml.world.person(saml.acme, { account: 'administrator', email: 'adam@acme.example' });
    member = await saml.world.person(saml.acme, {
      account: 'member',
      chat: 'normal',
      email: 'mia@acme.example',
    });
  });
  after(() => saml.close());

  async function tokenOf({ accountId }: Person, scopes: string[]): Promise<string> {
    const { identity, grants } = saml.world.server.services;
    const found = await identity.member(saml.acme.licenseId, accountId);
    assert.ok(found);
    const form = { name: 'CLI', scopes, expiresInDays: 1 };
    const { secret } = await grants.personal.create(found.membership, form, ACTOR);
    return `Basic ${btoa(`${accountId}:${secret}`)}`;
  }
  let owners: string;
  const api = async (method: string, path: string, body?: unknown, authorization = owners) => {
    const response = await fetch(saml.world.url + path, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  };
  before(async () => {
    owners = await tokenOf(saml.owner, ['organization--my:rw']);
  });

  it('are read by owners and administrators, and changed with the scope of owners', async () => {
    const [admins, members] = [
      await tokenOf(admin, ['accounts--my:ro']),
      await tokenOf(member, ['accounts--my:ro']),
    ];
    for (const path of [SAML, DOMAINS, METHODS]) {
      assert.equal((await api('GET', path)).status, 200, path);
      assert.equal((await api('GET', path, undefined, admins)).status, 200, path);
      const refused = await api('GET', path, undefined, members);
      assert.deepEqual([refused.status, refused.body.error], [403, 'access_denied'], path);
    }
    const refused = await api('POST', METHODS, { login_method: 'saml' }, admins);
    assert.deepEqual([refused.status, refused.body.sub_error], [403, 'insufficient_scope']);
  });

  it('keep domains that are proven by a record, asked for now or in the background', async () => {
    const made = await api('POST', DOMAINS, { domain: 'Second.Example.' });
    assert.equal(made.status, 201);
    assert.deepEqual(
      [made.body.domain, made.body.state, made.body.type],
      ['second.example', 'pending', 'open'],
    );
    const { verification, domain_id: id } = made.body;
    assert.equal(verification.name, '_gatehouse-challenge.second.example');
    const find = async () =>
      (await api('GET', DOMAINS)).body.find((one: { domain_id: string }) => one.domain_id === id);
    const { domains } = saml.world.server.services.signInRules;
    saml.world.server.clock.advance(minutes(2));
    saml.dns.set(verification.name, ['something else']);
    await domains.checkDue();
    assert.deepEqual(
      [(await find()).state, (await find()).verification.problem],
      ['pending', 'other_record'],
    );
    saml.dns.set(verification.name, ['something else', verification.value]);
    assert.equal(await domains.checkDue(), 0, 'not before the ten minutes are over');
    saml.world.server.clock.advance(minutes(11));
    await domains.checkDue();
    assert.deepEqual([(await find()).state, (await find()).verification.problem], ['verified', null]);
    const deleted = await api('DELETE', `${DOMAINS}/${id}`);
    assert.equal(deleted.status, 210);
    assert.equal((await api('DELETE', `${DOMAINS}/${id}`)).status, 404);
  });

  it('refuse domains of everybody, twice the same, of others, and an eleventh', async () => {
    const refused = async (domain: string) => (await api('POST', DOMAINS, { domain })).body;
    assert.equal((await refused('gmail.com')).error, 'invalid_request');
    assert.match((await refused('mailinator.com')).invalid_fields.domain, /disposable/);
    assert.equal((await refused('ACME.example')).error, 'conflict');
    const other = await saml.world.organization('Evil');
    const mallory = await saml.world.person(other);
    const evil = { licenseId: other.licenseId, accountId: mallory.accountId, actor: ACTOR };
    const rules = saml.world.server.services.signInRules;
    const claimed = await rules.domains.add(evil, 'acme.example');
    const { recordOf } = await import('../server/domain/sign_in_rules/domain_rules.ts');
    const { name, value } = recordOf(claimed);
    saml.dns.set(name, [...(saml.dns.get(name) ?? []), value]);
    const checked = await rules.domains.check(evil, claimed.id);
    assert.deepEqual([checked.verifiedAt, checked.problem], [null, 'held_by_another']);
    for (let n = 0; n < 9; n++)
      assert.equal((await api('POST', DOMAINS, { domain: `d${n}.example` })).status, 201);
    const full = await api('POST', DOMAINS, { domain: 'd9.example' });
    assert.deepEqual([full.status, full.body.error], [409, 'conflict']);
    assert.match(full.body.error_description, /at most 10/);
    for (const one of (await api('GET', DOMAINS)).body)
      if (one.state === 'pending') await api('DELETE', `${DOMAINS}/${one.domain_id}`);
  });

  it('say what is wrong with a configuration, field by field, and keep one', async () => {
    const before = (await api('GET', SAML)).body;
    assert.deepEqual([before.version, before.active, before.provisioning], [2, true, 'off']);
    assert.equal(before.sp_entity_id, `${saml.world.url}/saml/${saml.acme.id}/metadata`);
    const good = {
      entrypoint: before.entrypoint,
      certificate: before.certificate,
      idp_entity_id: before.idp_entity_id,
    };
    const again = await api('POST', SAML, good);
    assert.deepEqual([again.status, again.body.error], [409, 'conflict']);
    for (const [field, value, why] of [
      ['entrypoint', 'idp.example/sso', /no URL/],
      ['entrypoint', 'http://idp.example/sso', /https/],
      ['entrypoint', 'javascript:alert(1)', /https/],
      ['entrypoint', 'https://idp.example/sso#x', /fragment/],
      ['certificate', 'MIIC', /PEM/],
      ['certificate', saml.key.privateKey, /private key/],
      ['certificate', before.certificate.replace('MIIC', 'AAAA'), /X\.509/],
      ['certificate', `${before.certificate}\n`.repeat(4), /At most 3/],
      ['idp_entity_id', ' ', /1 to 1024/],
      ['sp_entity_id', 'a b', /no spaces/],
    ] as const) {
      const refused = await api('PATCH', SAML, { [field]: value });
      assert.equal(refused.status, 422, `${field} ${value}`);
      assert.match(refused.body.invalid_fields[field], why);
    }
    assert.deepEqual((await api('GET', SAML)).body, before);
    const moved = await api('PATCH', SAML, { sp_entity_id: 'urn:acme:chat', provisioning: 'members' });
    assert.deepEqual([moved.body.sp_entity_id, moved.body.provisioning], ['urn:acme:chat', 'members']);
    const back = await api('PATCH', SAML, { sp_entity_id: '', provisioning: 'off' });
    assert.deepEqual(back.body, before);
  });

  it('enforced, put everybody but owners out at once and lead them to the identity provider', async () => {
    assert.equal((await member.browser.get('/account')).status, 200);
    const lost = await saml.world.person(saml.acme, { account: 'member', email: 'lost@elsewhere.example' });
    const locked = await api('POST', METHODS, { login_method: 'saml' });
    assert.deepEqual([locked.status, locked.body.error], [409, 'conflict']);
    assert.match(locked.body.error_description, /lost@elsewhere\.example/);
    await saml.world.changeMembership(lost, { suspended_at: 1 });
    assert.equal((await api('POST', METHODS, { login_method: 'google' })).status, 404);
    assert.equal((await api('POST', METHODS, { login_method: 'telepathy' })).status, 422);
    assert.equal((await api('POST', METHODS, { login_method: 'saml' })).status, 200);
    assert.equal((await api('POST', METHODS, { login_method: 'saml' })).status, 409);
    const listed = (await api('GET', METHODS)).body;
    assert.deepEqual(listed, [{ login_method: { login_method: 'saml' }, organization_id: saml.acme.id }]);

    assert.equal((await member.browser.get('/account')).status, 303, 'the session is over');
    assert.equal((await saml.owner.browser.get('/account')).status, 200, 'the owner stays');
    for (const password of [PASSWORD, 'wrong', '']) {
      const browser = saml.world.stranger();
      const led = await browser.submit('/signin', { email: member.email, password });
      assert.equal(led.status, 200, password);
      assert.match(led.text, /Continue to .*Acme/);
      assert.match(led.headers.get('refresh') ?? '', /^0; url=\/signin\/saml\?organization_id=/);
      assert.equal((await browser.get('/account')).status, 303);
    }
    const door = saml.world.stranger();
    await door.logIn(saml.owner.email, PASSWORD);
    assert.equal((await door.get('/account')).status, 200);
    const through = saml.world.stranger();
    assert.equal((await saml.signIn(through, { email: member.email })).location, '/console');
    assert.equal((await through.get('/account')).status, 200);
  });

  it('enforced, take no invitation of an address elsewhere, and no password from who was invited', async () => {
    const { people } = saml.world.server.services;
    const invite = (email: string) =>
      people.invitations.create(saml.editor, { emails: [email], accountRole: 'member', chatRole: 'normal' });
    await assert.rejects(invite('friend@elsewhere.example'), /none of its verified domains/);
    await invite('fresh@acme.example');
    const [mail] = await saml.world.server.services.identity.outbox.latest(1);
    const link = /\/invitation\?token=[\w-]+/.exec(mail?.text ?? '')?.[0] ?? '';
    const browser = saml.world.stranger();
    const led = await browser.submit(link, { name: 'Fresh', password: PASSWORD }, '/invitation/sign-up');
    assert.match(led.text, /Continue to .*Acme/);
    assert.equal((await browser.get('/account')).status, 303);
    assert.equal((await saml.signIn(browser, { email: 'fresh@acme.example' })).location, '/console');
  });

  it('enforced, keep the domain that people sign in by', async () => {
    const acme = (await api('GET', DOMAINS)).body.find(
      (one: { domain: string }) => one.domain === 'acme.example',
    );
    const kept = await api('DELETE', `${DOMAINS}/${acme.domain_id}`);
    assert.deepEqual([kept.status, kept.body.error], [409, 'conflict']);
    assert.equal((await api('GET', DOMAINS)).body.length, 1);
    // A record that is missing opens no back door: only owners come in until it is back.
    const records = new Map(saml.dns);
    saml.dns.clear();
    const { domains } = saml.world.server.services.signInRules;
    for (let day = 0; day < 5; day++) {
      saml.world.server.clock.advance(days(1));
      await domains.checkDue();
    }
    owners = await tokenOf(saml.owner, ['organization--my:rw']);
    assert.equal((await api('GET', DOMAINS)).body[0].state, 'lapsed');
    const browser = saml.world.stranger();
    const shut = await browser.submit('/signin', { email: member.email, password: PASSWORD });
    assert.match(shut.text, /Continue to .*Acme/);
    await browser.logIn(saml.owner.email, PASSWORD);
    assert.equal((await browser.get('/account')).status, 200);
    for (const [name, values] of records) saml.dns.set(name, values);
    await domains.check(saml.editor, acme.domain_id);
  });

  it('released or deleted, let people sign in by their passwords again', async () => {
    const byPassword = async () => {
      const answer = await saml.world
        .stranger()
        .submit('/signin', { email: member.email, password: PASSWORD });
      return answer.status;
    };
    assert.equal(await byPassword(), 200);
    assert.equal((await api('DELETE', `${METHODS}/saml`)).status, 200);
    assert.equal((await api('DELETE', `${METHODS}/saml`)).status, 404);
    assert.equal(await byPassword(), 303);
    assert.equal((await api('PATCH', SAML, { active: false })).body.active, false);
    const shut = await saml.world.stranger().get(`/signin/saml?organization_id=${saml.acme.id}`);
    assert.equal(shut.status, 404);
    assert.equal((await api('PATCH', SAML, { active: true })).body.active, true);
    assert.equal((await api('GET', METHODS)).body.length, 1, 'active means enforced, as LiveChat has it');
    assert.equal((await api('DELETE', SAML)).status, 200);
    assert.deepEqual((await api('GET', METHODS)).body, []);
    assert.equal((await api('GET', SAML)).status, 404);
    assert.equal((await api('PATCH', SAML, { active: true })).status, 404);
    assert.equal((await api('POST', METHODS, { login_method: 'saml' })).status, 404);
    assert.equal(await byPassword(), 303);
  });

  it('are in the audit log, each change', async () => {
    const { entries } = await audit();
    for (const action of [
      'domain.added',
      'domain.verified',
      'domain.lapsed',
      'domain.removed',
      'saml.created',
      'saml.updated',
      'saml.activated',
      'saml.deactivated',
      'saml.deleted',
      'saml.signed_in',
      'login_method.enforced',
      'login_method.released',
    ])
      assert.ok(entries.has(action), action);
  });

  async function audit(): Promise<{ entries: Set<string> }> {
    const rows = await saml.world.server.composition.database.read.query((db) =>
      db.selectFrom('audit_log').select('action').where('license_id', '=', saml.acme.licenseId),
    );
    return { entries: new Set(rows.map(({ action }) => action)) };
  }
});
