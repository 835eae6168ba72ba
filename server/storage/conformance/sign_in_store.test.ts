import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type {
  OrganizationDomain,
  SamlConfiguration,
  SamlRequest,
} from '../../domain/sign_in_rules/records.ts';
import type { SignInStore } from '../../domain/sign_in_rules/sign_in_store.ts';
import type { Storage } from '../../domain/storage.ts';
import { account, HOUR, key, NOW } from './samples.ts';

/** What every engine must do for how people sign in. */
eachEngine((engine) => {
  describe('the store of sign-in rules', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const write = <T>(unit: (signIn: SignInStore) => Promise<T>) =>
      storage.write(({ signIn }) => unit(signIn));
    const organization = async (name = 'Acme') => {
      const id = randomUUID();
      const licenseId = await storage.write(({ identity }) =>
        identity.addOrganization({ id, name, forceStrict: false, createdAt: NOW }),
      );
      assert.ok(licenseId !== undefined);
      return { id, licenseId };
    };
    const domain = (licenseId: number, over: Partial<OrganizationDomain> = {}): OrganizationDomain => ({
      id: randomUUID(),
      licenseId,
      domain: `${randomUUID()}.example`,
      token: 't0',
      createdAt: NOW,
      verifiedAt: null,
      lapsedAt: null,
      checkedAt: null,
      nextCheckAt: NOW + HOUR,
      problem: null,
      failingSince: null,
      ...over,
    });
    const configuration = (licenseId: number, over: Partial<SamlConfiguration> = {}): SamlConfiguration => ({
      licenseId,
      entrypoint: 'https://idp.example/sso',
      certificate: 'PEM',
      idpEntityId: 'https://idp.example',
      spEntityId: null,
      active: true,
      provisioning: 'off',
      revision: 1,
      createdAt: NOW,
      updatedAt: NOW,
      ...over,
    });
    const request = (licenseId: number, over: Partial<SamlRequest> = {}): SamlRequest => ({
      key: key(),
      secretHash: Buffer.alloc(32, 1),
      browserHash: Buffer.alloc(32, 2),
      licenseId,
      handle: 'h0',
      next: null,
      testedBy: null,
      forced: false,
      createdAt: NOW,
      expiresAt: NOW + HOUR,
      answeredAt: null,
      answerHash: null,
      subject: null,
      ...over,
    });
    const trues = async (calls: Promise<boolean>[]) => (await Promise.all(calls)).filter(Boolean).length;

    it('keeps the domains of an organization apart from those of others', async () => {
      const [acme, other] = [await organization(), await organization()];
      const made = domain(acme.licenseId);
      assert.equal(await write((signIn) => signIn.addDomain(made)), true);
      assert.equal(await write((signIn) => signIn.addDomain({ ...made, id: randomUUID() })), false);
      assert.deepEqual(await storage.read.signIn.domains(acme.licenseId), [made]);
      assert.deepEqual(await storage.read.signIn.domains(other.licenseId), []);
      assert.equal(await storage.read.signIn.domain(other.licenseId, made.id), undefined);
      assert.equal(await write((signIn) => signIn.removeDomain(other.licenseId, made.id)), false);
      assert.equal(await write((signIn) => signIn.removeDomain(acme.licenseId, made.id)), true);
      assert.equal(await storage.read.signIn.domain(acme.licenseId, made.id), undefined);
    });

    it('lets one organization hold a domain, until it lapses or is removed', async () => {
      const [acme, other] = [await organization(), await organization()];
      const name = `${randomUUID()}.example`;
      const [ours, theirs] = [
        domain(acme.licenseId, { domain: name }),
        domain(other.licenseId, { domain: name }),
      ];
      for (const one of [ours, theirs]) await write((signIn) => signIn.addDomain(one));
      const hold = (of: OrganizationDomain, now = NOW) =>
        write((signIn) => signIn.holdDomain(of.licenseId, of.id, now, now + HOUR));
      assert.equal(await trues([hold(ours), hold(theirs)]), 1);
      const holder = await storage.read.signIn.holderOf(name);
      const [first, second] = holder?.licenseId === acme.licenseId ? [ours, theirs] : [theirs, ours];
      assert.equal(await hold(second), false);
      const read = await storage.read.signIn.domain(first.licenseId, first.id);
      assert.deepEqual([read?.verifiedAt, read?.nextCheckAt, read?.problem], [NOW, NOW + HOUR, null]);
      const missing = {
        problem: 'no_record',
        now: NOW + 1,
        nextCheckAt: NOW + 2,
        failingSince: NOW + 1,
      } as const;
      const note = (lapsedAt: number | null) =>
        write((signIn) => signIn.noteMissingRecord(first.licenseId, first.id, { ...missing, lapsedAt }));
      await note(null);
      assert.equal(await hold(second), false);
      await note(NOW + 1);
      assert.equal(await storage.read.signIn.holderOf(name), undefined);
      assert.equal((await storage.read.signIn.domain(first.licenseId, first.id))?.verifiedAt, NOW);
      assert.equal(await hold(second), true);
      await write((signIn) => signIn.removeDomain(second.licenseId, second.id));
      assert.equal(await hold(first, NOW + 3), true);
      const again = await storage.read.signIn.domain(first.licenseId, first.id);
      assert.deepEqual([again?.verifiedAt, again?.lapsedAt, again?.failingSince], [NOW + 3, null, null]);
      assert.equal(await write((signIn) => signIn.holdDomain(acme.licenseId, randomUUID(), NOW, NOW)), false);
    });

    it('gives a due look to one server', async () => {
      const { licenseId } = await organization();
      const due = domain(licenseId, { nextCheckAt: NOW - 5 });
      await write((signIn) => signIn.addDomain(due));
      const ids = async (now: number) => (await storage.read.signIn.domainsDue(now, 50)).map(({ id }) => id);
      assert.ok((await ids(NOW - 5)).includes(due.id));
      assert.ok(!(await ids(NOW - 6)).includes(due.id));
      const claim = () => write((signIn) => signIn.claimDomainCheck(due.id, NOW - 5, NOW + HOUR));
      assert.equal(await trues([claim(), claim(), claim()]), 1);
      assert.ok(!(await ids(NOW)).includes(due.id));
    });

    it('keeps one identity provider an organization, and changes the revision that was seen', async () => {
      const { licenseId } = await organization();
      const made = configuration(licenseId, { active: false, provisioning: 'members', spEntityId: 'urn:sp' });
      assert.equal(await write((signIn) => signIn.addSaml(made)), true);
      assert.equal(await write((signIn) => signIn.addSaml(configuration(licenseId))), false);
      assert.deepEqual(await storage.read.signIn.saml(licenseId), made);
      const next = { ...made, active: true, revision: 2, certificate: 'other' };
      const update = () => write((signIn) => signIn.updateSaml(next, 1));
      assert.equal(await trues([update(), update()]), 1);
      assert.deepEqual(await storage.read.signIn.saml(licenseId), next);
      const remove = () => write((signIn) => signIn.removeSaml(licenseId));
      assert.deepEqual([await remove(), await remove()], [true, false]);
      assert.equal(await storage.read.signIn.saml(licenseId), undefined);
    });

    it('finds who is held to the identity provider: active people in a proven domain, and no owner', async () => {
      const { licenseId, id } = await organization('Held');
      const own = domain(licenseId);
      const [member, owner, suspended] = [account(), account(), account()];
      await storage.write(async ({ identity, signIn }) => {
        await signIn.addDomain(own);
        await signIn.addSaml(configuration(licenseId));
        for (const [one, role, suspendedAt] of [
          [member, 'member', null],
          [owner, 'owner', null],
          [suspended, 'administrator', NOW],
        ] as const) {
          await identity.addAccount(one);
          await identity.addMembership({
            licenseId,
            accountId: one.id,
            accountRole: role,
            chatRole: 'normal',
            suspendedAt,
            createdAt: NOW,
          });
        }
      });
      const held = (of: { id: string }, name = own.domain) => storage.read.signIn.requiredSignIn(of.id, name);
      const enforce = () =>
        write((signIn) =>
          signIn.enforceLoginMethod({ licenseId, method: 'saml', enforcedBy: owner.id, enforcedAt: NOW }),
        );
      assert.deepEqual([await enforce(), await enforce()], [true, false]);
      assert.equal(await held(member), undefined, 'the domain is not proven yet');
      await write((signIn) => signIn.holdDomain(licenseId, own.id, NOW, NOW + HOUR));
      const named = { licenseId, organizationId: id, organization: 'Held' };
      assert.deepEqual(await held(member), named);
      assert.equal(await held(member, 'other.example'), undefined);
      assert.deepEqual([await held(owner), await held(suspended)], [undefined, undefined]);
      const holder = { ...named, samlActive: true, samlEnforced: true };
      assert.deepEqual(await storage.read.signIn.holderOf(own.domain), holder);
      const [method] = await storage.read.signIn.loginMethods(licenseId);
      assert.deepEqual(method, { licenseId, method: 'saml', enforcedBy: owner.id, enforcedAt: NOW });
      const release = () => write((signIn) => signIn.releaseLoginMethod(licenseId, 'saml'));
      assert.deepEqual([await release(), await release()], [true, false]);
      assert.equal(await held(member), undefined);
      const free = { ...named, samlActive: true, samlEnforced: false };
      assert.deepEqual(await storage.read.signIn.holderOf(own.domain), free);
    });

    it('takes one answer to a question, and lets one browser finish by it', async () => {
      const { licenseId } = await organization();
      const [asked, old] = [
        request(licenseId),
        request(licenseId, { expiresAt: NOW + 1, next: '/x', handle: null }),
      ];
      for (const one of [asked, old]) await write((signIn) => signIn.addSamlRequest(one));
      const subject = { nameId: 'n', email: 'ann@acme.example', name: 'Ann' };
      const answer = (of: SamlRequest, now: number) =>
        write((signIn) =>
          signIn.answerSamlRequest(of.key, { answerHash: Buffer.alloc(32, 3), subject }, now),
        );
      const finish = (of: SamlRequest) => write((signIn) => signIn.finishSamlRequest(of.key, NOW + 2));
      assert.equal(await finish(asked), false, 'nobody answered yet');
      assert.equal(await trues([answer(asked, NOW + 1), answer(asked, NOW + 1)]), 1);
      assert.equal(await answer(old, NOW + 1), false);
      const read = await storage.read.signIn.samlRequest(asked.key);
      assert.deepEqual([read?.answeredAt, read?.subject, read?.handle], [NOW + 1, subject, 'h0']);
      assert.equal(await trues([finish(asked), finish(asked)]), 1);
      assert.equal(await storage.read.signIn.samlRequest(asked.key), undefined);
    });

    it('lets an assertion be used once in an organization, and forgets old ones', async () => {
      const [acme, other] = [await organization(), await organization()];
      const id = `_${randomUUID()}`;
      const use = (licenseId: number) => write((signIn) => signIn.useAssertion(licenseId, id, NOW + 10));
      assert.equal(await trues([use(acme.licenseId), use(acme.licenseId), use(acme.licenseId)]), 1);
      assert.equal(await use(other.licenseId), true);
      const gone = request(acme.licenseId, { expiresAt: NOW - HOUR });
      await write((signIn) => signIn.addSamlRequest(gone));
      assert.ok((await write((signIn) => signIn.purgeSignIns(NOW + 9, 50))) >= 1);
      assert.equal(await storage.read.signIn.samlRequest(gone.key), undefined);
      assert.equal(await use(acme.licenseId), false);
      await write((signIn) => signIn.purgeSignIns(NOW + 11, 50));
      assert.equal(await use(acme.licenseId), true);
    });
  });
});
