import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Bot, BotTemplate } from '../../domain/apps/records.ts';
import type { Storage } from '../../domain/storage.ts';
import { accessToken, key, NOW } from './samples.ts';

function bot(over: Partial<Bot> = {}): Bot {
  return {
    key: key(),
    id: randomBytes(16).toString('hex'),
    licenseId: 1001,
    name: 'Clerk',
    avatarUrl: null,
    jobTitle: 'Helper',
    ownerClientId: randomBytes(16).toString('hex'),
    type: 'chatbot',
    isIdentity: true,
    templateId: null,
    byPersonalToken: false,
    groupIds: [0, 7],
    priorities: { 7: 'first' },
    defaultPriority: 'last',
    workScheduler: {
      timezone: 'Europe/Warsaw',
      schedule: [{ day: 'monday', enabled: true, start: '08:00', end: '16:00' }],
    },
    secret: { key: key(), hash: Uint8Array.from(randomBytes(32)) },
    createdBy: null,
    createdAt: NOW,
    updatedAt: NOW,
    lastUsedAt: null,
    removedAt: null,
    ...over,
  };
}

/** What every engine must do for agents without a person. */
eachEngine((engine) => {
  describe('the bot store', () => {
    let opened: TestDatabase;
    let storage: Storage;
    before(async () => {
      opened = await engine.open();
      storage = opened.storage;
    });
    after(() => opened.close());

    const add = (one: Bot) => storage.write(({ bots }) => bots.addBot(one));

    it('keeps a bot as it was added, for its own organization', async () => {
      const added = bot();
      assert.equal(await add(added), true);
      const { bots } = storage.read;
      assert.deepEqual(await bots.bot(added.licenseId, added.id), added);
      assert.deepEqual(await bots.botIdentity(added.ownerClientId), added);
      assert.equal(await bots.bot(added.licenseId + 1, added.id), undefined);
      assert.equal(await storage.write((all) => all.bots.renameBot(1002, added.id, 'x', NOW)), false);
      assert.equal(await storage.write((all) => all.bots.removeBot(1002, added.id, NOW)), false);
    });

    it('lets a client have many bots, and act as one of them', async () => {
      const identity = bot();
      const { ownerClientId } = identity;
      const added = await Promise.all(Array.from({ length: 5 }, () => add(bot({ ownerClientId }))));
      assert.equal(added.filter(Boolean).length, 1);
      assert.equal(await add(bot({ ownerClientId, isIdentity: false })), true);
      assert.equal(await add(bot({ ownerClientId, isIdentity: false })), true);
    });

    it('removes a bot once, keeps its name, and makes place for the next', async () => {
      const licenseId = 2001;
      const first = bot({ licenseId });
      await add(first);
      assert.equal(await storage.write(({ bots }) => bots.useBot(licenseId, first.id, NOW + 1)), true);
      assert.equal((await storage.read.bots.bot(licenseId, first.id))?.lastUsedAt, NOW + 1);
      const removed = await Promise.all(
        Array.from({ length: 5 }, () =>
          storage.write(({ bots }) => bots.removeBot(licenseId, first.id, NOW + 2)),
        ),
      );
      assert.equal(removed.filter(Boolean).length, 1);
      assert.equal(await storage.write(({ bots }) => bots.useBot(licenseId, first.id, NOW + 3)), false);
      assert.equal(await storage.read.bots.bot(licenseId, first.id), undefined);
      assert.equal(await add(bot({ licenseId, ownerClientId: first.ownerClientId })), true);
      const all = await storage.read.bots.bots(licenseId);
      assert.deepEqual(
        all.map(({ removedAt, isIdentity }) => [removedAt, isIdentity]),
        [
          [NOW + 2, false],
          [null, true],
        ],
      );
    });

    it('keeps a removed bot of a template, and brings it back under its id with what is set now', async () => {
      const licenseId = 2002;
      const id = randomBytes(16).toString('hex');
      const first = bot({ licenseId, id, templateId: id, isIdentity: false });
      const elsewhere = bot({ ...first, licenseId: 2003, key: key() });
      const install = (one: Bot) => storage.write(({ bots }) => bots.installBot(one));
      assert.deepEqual([await install(first), await install(elsewhere)], [true, true]);
      assert.equal(await install({ ...first, key: key() }), false, 'it is there already');
      assert.equal((await storage.read.bots.botsOfTemplate(id)).length, 2);
      await storage.write(({ bots }) => bots.removeBot(licenseId, id, NOW + 1));
      assert.deepEqual(await storage.read.bots.botsOfTemplate(id), [elsewhere]);
      assert.deepEqual(await storage.read.bots.botsOf(first.ownerClientId), [elsewhere]);
      const again = { ...first, key: key(), name: 'Clerk the second' };
      assert.equal(await install(again), true);
      assert.deepEqual(await storage.read.bots.bot(licenseId, id), { ...again, key: first.key });
    });

    it('writes what is set of a bot, of its own organization alone, and never its owner or secret', async () => {
      const one = bot();
      await add(one);
      const changed = {
        ...one,
        name: 'Waiter',
        groupIds: [0],
        priorities: {},
        defaultPriority: 'first' as const,
        workScheduler: null,
        type: 'ai_agent',
        updatedAt: NOW + 5,
      };
      const wrong = { ...changed, ownerClientId: 'nobody', secret: null };
      assert.equal(await storage.write(({ bots }) => bots.saveBot({ ...wrong, licenseId: 1002 })), false);
      assert.equal(await storage.write(({ bots }) => bots.saveBot(wrong)), true);
      assert.deepEqual(await storage.read.bots.bot(one.licenseId, one.id), changed);
      const secret = { key: key(), hash: Uint8Array.from(randomBytes(32)) };
      const { licenseId, id } = one;
      assert.equal(await storage.write(({ bots }) => bots.setBotSecret(1002, id, secret, NOW)), false);
      assert.equal(await storage.write(({ bots }) => bots.setBotSecret(licenseId, id, secret, NOW)), true);
      assert.deepEqual((await storage.read.bots.bot(licenseId, id))?.secret, secret);
      const use = (secretKey: number) =>
        storage.write(({ bots }) => bots.useBot(licenseId, id, NOW + 6, secretKey));
      assert.equal(await use(one.secret?.key ?? 0), false, 'the earlier secret gets no token');
      assert.equal(await use(secret.key), true);
    });

    it('takes bots out of a group that is no more', async () => {
      const licenseId = 2004;
      const one = bot({ licenseId });
      await add(one);
      await storage.write(({ bots }) => bots.takeBotsOutOf(licenseId, 7));
      const after = await storage.read.bots.bot(licenseId, one.id);
      assert.deepEqual([after?.groupIds, after?.priorities], [[0], {}]);
    });

    it('keeps the templates of an app in their order', async () => {
      const ownerClientId = randomBytes(16).toString('hex');
      const template = (name: string): BotTemplate => ({
        key: key(),
        id: randomBytes(16).toString('hex'),
        licenseId: 1001,
        ownerClientId,
        name,
        avatarUrl: null,
        jobTitle: 'Helper',
        defaultPriority: 'first',
        chatLimit: 12,
        secretHash: Uint8Array.from(randomBytes(32)),
        createdBy: null,
        createdAt: NOW,
        updatedAt: NOW,
      });
      const [one, two] = [template('One'), template('Two')];
      await storage.write(async ({ bots }) => {
        await bots.addBotTemplate(one);
        await bots.addBotTemplate(two);
      });
      const changed = { ...one, name: 'First', chatLimit: null };
      await storage.write(({ bots }) => bots.saveBotTemplate(changed));
      await storage.write(({ bots }) => bots.removeBotTemplate(1002, two.id));
      assert.deepEqual(await storage.read.bots.botTemplates(ownerClientId), [changed, two]);
      await storage.write(({ bots }) => bots.removeBotTemplate(1001, two.id));
      assert.deepEqual(await storage.read.bots.botTemplates(ownerClientId), [changed]);
      await storage.write(({ bots }) => bots.removeBotTemplatesOf(ownerClientId));
      assert.deepEqual(await storage.read.bots.botTemplates(ownerClientId), []);
    });

    it('kills the tokens of a bot in one organization, and not those of its twin elsewhere', async () => {
      const { id: accountId, ownerClientId: clientId } = bot();
      const here = accessToken({ accountId, clientId, botSecretKey: 1, licenseId: 1001 });
      const there = accessToken({ accountId, clientId, botSecretKey: 2, licenseId: 1002 });
      await storage.write(async ({ grants }) => {
        for (const token of [here, there]) await grants.addTokens({ access: token }, { keep: 25, now: NOW });
        await grants.revokeBotTokens({ id: accountId, clientId, licenseId: 1001 }, undefined, 'x', NOW);
      });
      assert.equal((await storage.read.grants.accessToken(here.key))?.revokedReason, 'x');
      assert.equal((await storage.read.grants.accessToken(there.key))?.revokedReason, null);
    });

    it('kills the tokens of a bot, or those of one secret', async () => {
      const { id: accountId, ownerClientId: clientId } = bot();
      const [one, two, person] = [
        accessToken({ accountId, clientId, botSecretKey: 1 }),
        accessToken({ accountId, clientId, botSecretKey: 2 }),
        accessToken({ clientId }),
      ];
      await storage.write(async ({ grants }) => {
        for (const token of [one, two, person])
          await grants.addTokens({ access: token }, { keep: 25, now: NOW });
      });
      const dead = async () => {
        const rows = await Promise.all(
          [one, two, person].map((token) => storage.read.grants.accessToken(token.key)),
        );
        return rows.map((row) => row?.revokedReason ?? null);
      };
      const revoke = (secretKey: number | undefined, reason: string) =>
        storage.write(({ grants }) =>
          grants.revokeBotTokens({ id: accountId, clientId }, secretKey, reason, NOW),
        );
      await revoke(2, 'secret_retired');
      assert.deepEqual(await dead(), [null, 'secret_retired', null]);
      assert.equal((await storage.read.grants.accessToken(one.key))?.botSecretKey, 1);
      await revoke(undefined, 'bot_removed');
      assert.deepEqual(await dead(), ['bot_removed', 'secret_retired', null]);
    });
  });
});
