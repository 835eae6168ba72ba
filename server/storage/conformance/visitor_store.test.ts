import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Ban } from '../../domain/customers/ban.ts';
import type { EmailVerification } from '../../domain/customers/email_verification_store.ts';
import type { VisitorStore } from '../../domain/customers/visitor_store.ts';
import type { Goal } from '../../domain/widget/goals.ts';
import type { Greeting, ShownGreeting } from '../../domain/widget/greeting.ts';
import { HOUR, key, NOW } from './samples.ts';

const ban = (over: Partial<Ban> = {}): Ban => ({
  key: key(),
  customerId: randomUUID(),
  ip: '198.51.100.7',
  agentId: 'ann@example.test',
  threadId: null,
  createdAt: NOW,
  expiresAt: NOW + HOUR,
  ...over,
});

/** What every engine must keep of an organization's visitors. */
eachEngine((engine) => {
  describe('the store of visitors', () => {
    let opened: TestDatabase;
    let licenses = 1000;
    before(async () => {
      opened = await engine.open();
    });
    after(() => opened.close());

    const read = (licenseId: number) => opened.storage.read.visitors(licenseId);
    const write = <T>(licenseId: number, unit: (store: VisitorStore) => Promise<T>) =>
      opened.storage.write((stores) => unit(stores.visitors(licenseId)));

    describe('bans', () => {
      it('come back as they went, the newest first, page by page, while they are in force', async () => {
        const license = ++licenses;
        const bans = [ban(), ban({ ip: null, threadId: 'K600PKZON8' }), ban({ expiresAt: NOW + 1 }), ban()];
        for (const one of bans) await write(license, (store) => store.setBan(one));
        const [first, second, , last] = bans;
        assert.deepEqual(await read(license).bansInForce(NOW + 1, { limit: 10 }), [last, second, first]);
        assert.deepEqual(await read(license).bansInForce(NOW + 1, { limit: 1, before: last?.key }), [second]);
        assert.equal(await read(license).countBansInForce(NOW + 1), 3);
        assert.equal(await read(license).countBansInForce(NOW), 4);
        assert.deepEqual(await read(license).banOf(second?.customerId ?? ''), second);
        assert.equal(await read(license).banOf('no id'), undefined);
      });

      it('are one for each customer: the later takes the earlier one’s place', async () => {
        const license = ++licenses;
        const first = ban();
        const second = { ...first, key: key(), ip: null, expiresAt: NOW + 2 * HOUR, agentId: 'bob' };
        await write(license, (store) => store.setBan(first));
        await write(license, (store) => store.setBan(second));
        assert.deepEqual(await read(license).bansInForce(NOW, { limit: 10 }), [second]);
      });

      it('are lifted by customer or by address, of one organization only', async () => {
        const [license, other] = [++licenses, ++licenses];
        const [tom, ann] = [ban(), ban()];
        for (const one of [tom, ann]) await write(license, (store) => store.setBan(one));
        await write(other, (store) => store.setBan(tom));
        assert.deepEqual(await write(license, (store) => store.liftBans({ customerId: tom.customerId })), [
          tom,
        ]);
        assert.deepEqual(await write(license, (store) => store.liftBans({ ip: '198.51.100.7' })), [ann]);
        assert.deepEqual(await write(license, (store) => store.liftBans({ ip: '198.51.100.7' })), []);
        assert.deepEqual(await read(other).bansInForce(NOW, { limit: 10 }), [tom]);
      });

      it('that were long over are cleared away', async () => {
        const license = ++licenses;
        const [old, young] = [ban({ expiresAt: NOW }), ban()];
        for (const one of [old, young]) await write(license, (store) => store.setBan(one));
        await write(license, (store) => store.clearBans(NOW + 1));
        assert.equal(await read(license).banOf(old.customerId), undefined);
        assert.deepEqual(await read(license).banOf(young.customerId), young);
      });
    });

    describe('documents of the widget', () => {
      it('are one for each group and kind, the latest, of one organization', async () => {
        const [license, other] = [++licenses, ++licenses];
        const documents = [
          { groupId: -1, kind: 'settings', content: { language: 'de' } },
          { groupId: 0, kind: 'form.prechat', content: { enabled: false, fields: ['ü "x"'] } },
          { groupId: 0, kind: 'phrases.de', content: {} },
        ];
        for (const document of [...documents].reverse())
          await write(license, (store) => store.putDocument(document, NOW));
        assert.deepEqual(await read(license).documents(), documents);
        assert.deepEqual(await read(other).documents(), []);
        const changed = { groupId: 0, kind: 'phrases.de', content: { Send: 'Los' } };
        await write(license, (store) => store.putDocument(changed, NOW + 1));
        await write(license, (store) => store.removeDocument(0, 'form.prechat'));
        await write(other, (store) => store.removeDocument(0, 'phrases.de'));
        assert.deepEqual(await read(license).documents(), [documents[0], changed]);
      });
    });

    describe('verifications of e-mails', () => {
      const wish = (over: Partial<EmailVerification> = {}): EmailVerification => ({
        key: key(),
        customerId: randomUUID(),
        email: 'tom@example.com',
        secretHash: Buffer.from('0123456789abcdef'),
        callbackUri: 'https://www.example.com/verified',
        createdAt: NOW,
        expiresAt: NOW + HOUR,
        consumedAt: null,
        ...over,
      });
      const add = (license: number, one: EmailVerification) =>
        write(license, (store) => store.addEmailVerification(one));

      it('come back as they went, in their organization alone', async () => {
        const [license, other] = [++licenses, ++licenses];
        const one = wish();
        await add(license, one);
        const found = await read(license).emailVerification(one.key);
        assert.deepEqual({ ...found, secretHash: Buffer.from(found?.secretHash ?? []) }, one);
        assert.equal(await read(other).emailVerification(one.key), undefined);
        assert.equal(await write(other, (store) => store.consumeEmailVerification(one.key, NOW)), false);
      });

      it('are used up once, however many try at the same time, and not when they are void', async () => {
        const license = ++licenses;
        const [one, old] = [wish(), wish()];
        await add(license, one);
        await add(license, old);
        const wins = await Promise.all(
          Array.from({ length: 50 }, () =>
            write(license, (store) => store.consumeEmailVerification(one.key, NOW + 1)),
          ),
        );
        assert.equal(wins.filter(Boolean).length, 1);
        assert.equal((await read(license).emailVerification(one.key))?.consumedAt, NOW + 1);
        assert.equal(
          await write(license, (store) => store.consumeEmailVerification(old.key, NOW + HOUR)),
          false,
        );
      });

      it('are used up together by customer and e-mail, the newest first, and live as long as the last', async () => {
        const license = ++licenses;
        const first = wish();
        const last = wish({ customerId: first.customerId, createdAt: NOW + 1, expiresAt: NOW + 2 * HOUR });
        const others = [wish(), wish({ customerId: first.customerId, email: 'ann@example.com' })];
        for (const one of [first, ...others, last]) await add(license, one);
        const settle = () =>
          write(license, (store) =>
            store.consumeEmailVerificationsOf(first.customerId, 'tom@example.com', NOW + HOUR),
          );
        assert.deepEqual(
          (await settle()).map((one) => [one.key, one.expiresAt]),
          [last, first].map((one) => [one.key, NOW + 2 * HOUR]),
        );
        assert.deepEqual(await settle(), []);
        await write(license, (store) => store.clearEmailVerifications(NOW + HOUR + 1));
        assert.ok(await read(license).emailVerification(last.key));
        for (const one of others) assert.equal(await read(license).emailVerification(one.key), undefined);
      });
    });

    describe('goals', () => {
      const goal = (id: number): Goal => ({
        id,
        name: `Goal ${id}`,
        active: id % 2 === 1,
        groupId: id % 2 === 1 ? null : 3,
        rule: { kind: 'url', url: 'a.example', operator: 'contains' },
      });

      it('come back as they went, and never give their id to another', async () => {
        const license = ++licenses;
        assert.equal(await read(license).nextGoalId(), 1);
        for (const id of [1, 2]) await write(license, (store) => store.putGoal(goal(id), NOW));
        assert.deepEqual(await read(license).goals(), [goal(1), goal(2)]);
        const changed = { ...goal(1), name: 'Changed', active: false };
        await write(license, (store) => store.putGoal(changed, NOW));
        assert.equal(await write(license, (store) => store.deleteGoal(2, NOW)), true);
        assert.equal(await write(license, (store) => store.deleteGoal(2, NOW)), false);
        assert.equal(await write(++licenses, (store) => store.deleteGoal(1, NOW)), false);
        assert.deepEqual(await read(license).goals(), [changed]);
        assert.equal(await read(license).nextGoalId(), 3);
      });

      it('are achieved once by each customer, however many ask at the same time', async () => {
        const license = ++licenses;
        const hit = { goalId: 7, customerId: randomUUID(), pageUrl: 'https://a.example/' };
        const achieved = await Promise.all(
          Array.from({ length: 10 }, () => write(license, (store) => store.achieveGoal(hit, NOW))),
        );
        assert.equal(achieved.filter(Boolean).length, 1);
        assert.deepEqual(await read(license).achievedGoals(hit.customerId), [7]);
        assert.deepEqual(await read(++licenses).achievedGoals(hit.customerId), []);
      });
    });

    describe('greetings', () => {
      const greeting = (id: number, over: Partial<Greeting> = {}): Greeting => ({
        id,
        type: 'announcement',
        active: true,
        activeFrom: NOW,
        activeUntil: null,
        name: 'Hello “x”',
        groupId: 0,
        rules: [{ condition: 'and', type: 'visits_number', operator: 'equals', value: '1' }],
        properties: { addon: 'x' },
        richMessage: { template_id: 'cards', elements: [] },
        ...over,
      });

      it('come back as they went, page by page, and never give their id to another', async () => {
        const license = ++licenses;
        const plain = greeting(2, { richMessage: null, active: false, activeFrom: null, activeUntil: NOW });
        for (const one of [greeting(1), plain, greeting(3)])
          await write(license, (store) => store.putGreeting(one, NOW));
        assert.deepEqual(await read(license).greetings({ limit: 2 }), [greeting(1), plain]);
        assert.deepEqual(await read(license).greetings({ limit: 2, after: 2 }), [greeting(3)]);
        assert.equal(await write(license, (store) => store.deleteGreeting(3, NOW)), true);
        assert.equal(await write(license, (store) => store.deleteGreeting(3, NOW)), false);
        assert.equal(await read(license).greeting(3), undefined);
        assert.deepEqual(await read(license).greeting(2), plain);
        assert.equal(await read(license).nextGreetingId(), 4);
        await write(license, (store) => store.putGreeting(greeting(4, { groupId: 5 }), NOW));
        assert.deepEqual(await read(license).greetings({ groups: [5, 6], limit: 9 }), [
          greeting(4, { groupId: 5 }),
        ]);
        assert.equal(await read(license).countGreetings(), 3);
        assert.equal(await read(license).countGreetings([0]), 2);
        assert.equal(await read(licenses + 1).countGreetings(), 0);
        assert.equal(await read(++licenses).greeting(1), undefined);
      });

      it('are accepted and put away once by the customer they were shown to, and by nobody else', async () => {
        const license = ++licenses;
        const shown: ShownGreeting = {
          uniqueId: 'Q10X0W041P',
          customerId: randomUUID(),
          greetingId: 1,
          agentId: null,
          shownAt: NOW,
          acceptedAt: null,
          canceledAt: null,
          clicks: [],
        };
        const { customerId, uniqueId } = shown;
        await write(license, (store) => store.addShownGreeting(shown));
        assert.deepEqual(await read(license).greetingsShownSince(customerId, NOW), [1]);
        assert.deepEqual(await read(license).greetingsShownSince(customerId, NOW + 1), []);
        assert.deepEqual(await read(license + 1).greetingsShownSince(customerId, NOW), []);
        const accepted = await Promise.all(
          Array.from({ length: 10 }, (_, index) =>
            write(license, (store) => store.acceptShownGreeting(customerId, uniqueId, NOW + index)),
          ),
        );
        assert.equal(accepted.filter(Boolean).length, 1);
        for (const [where, who] of [
          [license, randomUUID()],
          [++licenses, customerId],
        ] as const) {
          assert.equal(await write(where, (store) => store.cancelShownGreeting(who, uniqueId, NOW)), false);
          await write(where, (store) => store.setGreetingClicks(who, uniqueId, ['x']));
          assert.equal(await read(where).shownGreeting(who, uniqueId), undefined);
        }
        assert.equal(
          await write(license, (store) => store.cancelShownGreeting(customerId, uniqueId, NOW + 99)),
          true,
        );
        await write(license, (store) => store.setGreetingClicks(customerId, uniqueId, ['yes']));
        const found = await read(license).shownGreeting(customerId, uniqueId);
        assert.deepEqual({ ...found, acceptedAt: null }, { ...shown, canceledAt: NOW + 99, clicks: ['yes'] });
      });
    });
  });
});
