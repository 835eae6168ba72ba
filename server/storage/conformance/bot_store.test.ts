import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { eachEngine, type TestDatabase } from '../../../test/support/databases.ts';
import type { Bot } from '../../domain/apps/records.ts';
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
    isIdentity: true,
    groupIds: [0, 7],
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
      await storage.write(({ bots }) => bots.removeBotsOf(first.ownerClientId, NOW + 4));
      assert.equal(await storage.read.bots.botIdentity(first.ownerClientId), undefined);
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
