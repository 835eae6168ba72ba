import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { engines, type TestDatabase } from '../../../test/support/databases.ts';
import type { Composition } from '../../app/compose.ts';
import { compose } from '../../app/compose.ts';
import { type MovableClock, movableClock, seconds } from '../../kernel/clock.ts';
import { openFiles } from '../../storage/files/open_files.ts';
import { STANDARD_QUOTAS } from '../limits/rate_limits.ts';
import { logIn } from './log_in.ts';
import type { PasswordHasher } from './password_hasher.ts';
import { throttle } from './throttling.ts';

const actor = { ip: '192.0.2.7', userAgent: 'test', requestId: 'test' };

describe('identity under attack', () => {
  let opened: TestDatabase;
  let composition: Composition;
  let clock: MovableClock;
  before(async () => {
    opened = await engines.sqlite.open();
    clock = movableClock();
    composition = compose({
      database: opened.database,
      secretKey: Buffer.alloc(32, 7),
      clock,
      settings: {
        productName: 'Gatehouse',
        publicUrl: 'http://localhost',
        region: 'dal',
        developmentMode: false,
        mail: { from: 'a@b.test' },
        signingKeyDays: 30,
        auditDays: 180,
        rateQuotas: STANDARD_QUOTAS,
        files: { limitBytes: 1e6, quotaBytes: 1e7 },
        version: '0',
      },
      contents: openFiles('folder:unused', 'unused'),
    });
  });
  after(() => opened.close());

  async function person(): Promise<{ id: string; email: string; licenseId: number }> {
    const id = randomUUID();
    const email = `${id}@example.test`;
    const licenseId = await opened.storage.write(async ({ identity }) => {
      const createdAt = clock.now();
      const added = await identity.addOrganization({
        id: randomUUID(),
        name: 'Acme',
        forceStrict: false,
        createdAt,
      });
      assert.ok(added !== undefined);
      await identity.addAccount({
        id,
        email,
        name: 'Ann',
        passwordHash: 'old hash',
        emailConfirmedAt: null,
        createdAt,
      });
      await identity.addMembership({
        licenseId: added,
        accountId: id,
        accountRole: 'owner',
        chatRole: 'administrator',
        suspendedAt: null,
        createdAt,
      });
      return added;
    });
    return { id, email, licenseId };
  }

  it('begins no session with a password that was changed while it was compared', async () => {
    const { id, email } = await person();
    const { identity } = composition.services;
    const hasher: PasswordHasher = {
      ...composition.hasher,
      async verify() {
        await opened.storage.write(async (stores) => {
          await stores.identity.setPassword(id, 'new hash');
          await stores.identity.endSessions(id);
        });
        return true;
      },
    };
    const attempt = logIn({
      storage: opened.storage,
      hasher,
      sessions: identity.sessions,
      secondStep: identity.secondStep,
      throttle: throttle(opened.storage, clock, composition.keyring),
      audit: identity.audit,
    });
    await assert.rejects(
      attempt({ email, password: 'the old one', remember: true, browserId: 'any' }, actor),
      {
        code: 'authentication',
      },
    );
    assert.deepEqual(await identity.sessions.list(id), []);
  });

  it('writes nothing for attempts past the limit', async () => {
    const limits = throttle(opened.storage, clock, composition.keyring);
    for (let count = 0; count < 10; count++) await limits.attempt('login_account', 'flood');
    const { units } = opened.database.statistics();
    for (let count = 0; count < 20; count++)
      await assert.rejects(limits.attempt('login_account', 'flood'), { code: 'too_many_requests' });
    assert.equal(opened.database.statistics().units, units);
    clock.advance(seconds(15 * 60 + 1));
    await limits.attempt('login_account', 'flood');
  });

  it('ends a session thirty days after it began, however often it is used', async () => {
    const { id, licenseId } = await person();
    const { sessions } = composition.services.identity;
    const { cookie } = await opened.storage.write((stores) =>
      sessions.begin(stores, { accountId: id, licenseId, remember: false, actor }),
    );
    let hours = 0;
    while (hours < 60 * 24 && (await sessions.find(cookie, actor))) {
      clock.advance(seconds(11 * 3600));
      hours += 11;
    }
    assert.ok(hours > 29 * 24 && hours <= 30 * 24 + 11, `it lived ${hours} hours`);
  });

  it('sends the mail behind one that cannot be read', async () => {
    const { outbox } = composition.services.identity;
    await opened.storage.write(async (stores) => {
      await stores.identity.addMail({
        key: 1,
        recipient: 'lost@example.test',
        subject: 'sealed with a key that is gone',
        text: Buffer.alloc(40).toString('base64'),
        html: Buffer.alloc(40).toString('base64'),
        createdAt: 1,
        sentAt: null,
      });
      await outbox.add(stores, 'ann@example.test', { subject: 'Hello', text: 'text', html: 'html' });
    });
    const sent: string[] = [];
    await outbox.deliver({ send: async ({ recipient }) => void sent.push(recipient) });
    assert.deepEqual(sent, ['ann@example.test']);
  });
});
