import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Organization } from '../../domain/identity/records.ts';
import type { Storage } from '../../domain/storage.ts';
import { account, HOUR, key, NOW, session } from './samples.ts';

/** What every engine must do for accounts and organizations. */
eachEngine((engine) => {
  describe('the identity store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const organization = (over: Partial<Organization> = {}) => ({
      id: randomUUID(),
      name: 'Acme',
      forceStrict: false,
      createdAt: NOW,
      ...over,
    });

    it('finds an account by its e-mail in whatever case', async () => {
      const ann = account({ email: 'Ann.Case@Example.test' });
      assert.equal(await storage.write((stores) => stores.identity.addAccount(ann)), true);
      assert.deepEqual(await storage.read.identity.accountByEmail(' ann.case@example.TEST '), ann);
      assert.deepEqual(await storage.read.identity.account(ann.id), ann);
    });

    it('gives a license id to each of many organizations that come at the same moment', async () => {
      const given = await Promise.all(
        Array.from({ length: 12 }, () =>
          storage.write(({ identity }) => identity.addOrganization(organization())),
        ),
      );
      assert.ok(given.every((licenseId) => licenseId !== undefined));
      assert.equal(new Set(given).size, 12);
    });

    it('takes an e-mail once, and once only when two sign up at the same moment', async () => {
      const email = `${randomUUID()}@example.test`;
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () =>
          storage.write((stores) => stores.identity.addAccount(account({ email }))),
        ),
      );
      assert.equal(outcomes.filter(Boolean).length, 1);
    });

    it('gives organizations growing license ids, and honours one that is asked for', async () => {
      const first = await storage.write((stores) => stores.identity.addOrganization(organization()));
      const second = await storage.write((stores) => stores.identity.addOrganization(organization()));
      assert.ok(first !== undefined && second !== undefined && second > first && first >= 1001);
      const wanted = second + 100;
      assert.equal(
        await storage.write((stores) => stores.identity.addOrganization(organization(), wanted)),
        wanted,
      );
      assert.equal(
        await storage.write((stores) => stores.identity.addOrganization(organization(), wanted)),
        undefined,
      );
    });

    it('tells members with their roles and groups', async () => {
      const ann = account();
      const licenseId = await storage.write(async ({ identity }) => {
        const added = await identity.addOrganization(organization());
        assert.ok(added !== undefined);
        await identity.addAccount(ann);
        await identity.addMembership({
          licenseId: added,
          accountId: ann.id,
          accountRole: 'administrator',
          chatRole: 'normal',
          suspendedAt: null,
          createdAt: NOW + 5,
        });
        await identity.addGroup(added, { id: 0, name: 'General' }, NOW);
        await identity.addGroup(added, { id: 2, name: 'Sales' }, NOW);
        await identity.addToGroup(added, 2, ann.id);
        await identity.addToGroup(added, 0, ann.id);
        return added;
      });
      const member = await storage.read.identity.member(licenseId, ann.id);
      assert.deepEqual(member?.account, ann);
      assert.equal(member?.membership.createdAt, NOW + 5);
      assert.equal(member?.membership.accountRole, 'administrator');
      assert.deepEqual(member?.groupIds, [0, 2]);
      assert.deepEqual(await storage.read.identity.members(licenseId), [member]);
      const [own] = await storage.read.identity.organizationsOf(ann.id);
      assert.equal(own?.organization.licenseId, licenseId);
      assert.equal(own?.membership.chatRole, 'normal');
      assert.equal(await storage.read.identity.member(licenseId + 1, ann.id), undefined);
    });

    it('keeps sessions, and ends one or all but one', async () => {
      const owner = account();
      const [one, two, three] = [session(owner.id), session(owner.id), session(owner.id)];
      await storage.write(async ({ identity }) => {
        for (const added of [one, two, three]) await identity.addSession(added);
      });
      const read = await storage.read.identity.session(one.key);
      assert.deepEqual({ ...read, secretHash: Buffer.from(read?.secretHash ?? []) }, one);
      assert.equal(await storage.write(({ identity }) => identity.endSession(randomUUID(), one.key)), false);
      assert.equal(await storage.write(({ identity }) => identity.endSessions(owner.id, two.key)), 2);
      const left = await storage.read.identity.sessionsOf(owner.id, NOW);
      assert.deepEqual(
        left.map((found) => found.key),
        [two.key],
      );
      assert.deepEqual(await storage.read.identity.sessionsOf(owner.id, NOW + 2 * HOUR), []);
    });

    it('says once that a session opens the inbox of an organization, and again after another', async () => {
      const owner = account();
      const [one, two] = [session(owner.id), session(owner.id)];
      await storage.write(async ({ identity }) => {
        for (const added of [one, two]) await identity.addSession(added);
      });
      const open = (of: number, licenseId: number) =>
        storage.write(({ identity }) => identity.openInbox(of, licenseId));
      assert.equal(await open(one.key, 100), true);
      assert.equal(await open(one.key, 100), false);
      assert.equal(await open(two.key, 100), true);
      assert.equal(await open(one.key, 101), true);
      assert.equal(await open(one.key, 100), true);
      assert.equal(await open(key(), 100), false);
    });

    it('lets a mailed link be used by exactly one of fifty', async () => {
      const token = {
        key: key(),
        secretHash: Buffer.alloc(32),
        kind: 'reset_password' as const,
        accountId: randomUUID(),
        email: 'x@example.test',
        createdAt: NOW,
        expiresAt: NOW + HOUR,
      };
      await storage.write(({ identity }) => identity.addOneTimeToken(token));
      const used = await Promise.all(
        Array.from({ length: 50 }, () =>
          storage.write(({ identity }) => identity.consumeOneTimeToken(token.key, NOW + 1)),
        ),
      );
      assert.equal(used.filter(Boolean).length, 1);
      assert.equal(await storage.read.identity.oneTimeToken(token.key, 'confirm_email'), undefined);
    });

    it('never lets an expired link be used', async () => {
      const expired = key();
      await storage.write(({ identity }) =>
        identity.addOneTimeToken({
          key: expired,
          secretHash: Buffer.alloc(32),
          kind: 'confirm_email',
          accountId: randomUUID(),
          email: 'x@example.test',
          createdAt: NOW,
          expiresAt: NOW + 1,
        }),
      );
      assert.equal(
        await storage.write(({ identity }) => identity.consumeOneTimeToken(expired, NOW + 1)),
        false,
      );
    });

    it('counts attempts in a window, and begins again after it', async () => {
      const name = `login:${randomUUID()}`;
      const count = (now: number) => storage.write(({ identity }) => identity.countThrottle(name, HOUR, now));
      const parallel = await Promise.all(Array.from({ length: 20 }, () => count(NOW)));
      assert.deepEqual(
        parallel.map((one) => one.count).sort((a, b) => a - b),
        Array.from({ length: 20 }, (_, i) => i + 1),
      );
      assert.equal((await count(NOW + HOUR - 1)).endsAt, NOW + HOUR);
      assert.equal((await count(NOW + HOUR)).count, 1);
      await storage.write(({ identity }) => identity.clearThrottle(name));
      assert.equal((await storage.read.identity.throttle(name, NOW)).count, 0);
    });

    it('hands out mail that is due, and forgets its text once it was sent', async () => {
      const mail = {
        key: key(),
        recipient: 'a@b.test',
        subject: 'S',
        text: 'T',
        html: 'H',
        createdAt: NOW,
        sentAt: null,
      };
      await storage.write(({ identity }) => identity.addMail(mail));
      assert.ok((await storage.read.identity.mailsDue(NOW, 100)).some((due) => due.key === mail.key));
      const claims = await Promise.all(
        Array.from({ length: 20 }, () =>
          storage.write(({ identity }) => identity.claimMail(mail.key, NOW, NOW + HOUR / 2)),
        ),
      );
      assert.equal(claims.filter(Boolean).length, 1, 'one sender has it');
      assert.ok(!(await storage.read.identity.mailsDue(NOW, 100)).some((due) => due.key === mail.key));
      assert.ok(await storage.write(({ identity }) => identity.claimMail(mail.key, NOW + HOUR, NOW + HOUR)));
      await storage.write(({ identity }) => identity.postponeMail(mail.key, NOW + HOUR));
      assert.ok(!(await storage.read.identity.mailsDue(NOW, 100)).some((due) => due.key === mail.key));
      await storage.write(({ identity }) => identity.markMailSent(mail.key, NOW));
      assert.deepEqual(await storage.read.identity.mail(mail.key), {
        ...mail,
        text: '',
        html: '',
        sentAt: NOW,
      });
    });
  });
});
