import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openFixtures } from './support/endpoints/fixtures.ts';
import { openSender, openStranger, type Sender, type Stranger } from './support/endpoints/request.ts';
import { openWorld, type World } from './support/world.ts';

const LOGINS = 300;
/** Two hashes run and 64 wait; see password_hasher.ts. */
const QUEUE = 66;
const CHECKS = 40;

describe('a flood of logins', () => {
  let world: World;
  let flood: Sender;
  let stranger: Stranger;
  before(async () => {
    world = await openWorld(undefined, ['--trust-proxy', '127.0.0.1']);
    flood = openSender(world.url, { connections: LOGINS, patienceMs: 120_000 });
    stranger = await openStranger(world);
  });
  after(async () => {
    flood.close();
    await world.close();
  });

  it('is refused past a bounded queue, at once, while token checks go on', async () => {
    const { accessToken } = await openFixtures(world);
    /** What was answered, in the order in which it was. */
    const answered: ('compared' | 'refused' | 'check')[] = [];
    const logIn = async (number: number): Promise<void> => {
      const form = {
        csrf_token: stranger.csrfToken,
        email: `flood${number}@example.test`,
        password: 'wrong one',
      };
      const { status, headers } = await flood.send({
        method: 'POST',
        target: '/signin',
        headers: {
          cookie: stranger.cookie,
          'content-type': 'application/x-www-form-urlencoded',
          // From everywhere, so that no throttle by address or account helps.
          'x-forwarded-for': `10.9.${number >> 8}.${number & 255}`,
        },
        body: Buffer.from(new URLSearchParams(form).toString()),
      });
      if (status === 503) assert.match(String(headers['retry-after']), /^[1-9]\d*$/);
      else assert.equal(status, 401);
      answered.push(status === 503 ? 'refused' : 'compared');
    };
    const logins = Array.from({ length: LOGINS }, (_, number) => logIn(number));
    const over = Promise.all(logins).then(() => true);
    for (let count = 0; count < CHECKS; count++) {
      const { status } = await world.call('/v3.6/agent/action/list_chats', {}, `Bearer ${accessToken}`);
      assert.equal(status, 200);
      answered.push('check');
    }
    await over;

    const of = (kind: (typeof answered)[number]) => answered.filter((one) => one === kind).length;
    assert.ok(of('compared') >= QUEUE, `${of('compared')} passwords were compared`);
    assert.ok(of('refused') >= LOGINS / 3, `${of('refused')} logins were refused`);
    // Nobody waits for a refusal until the queue is empty, and no token check waits behind a password.
    const end = answered.lastIndexOf('compared');
    assert.ok(answered.lastIndexOf('refused') < end, 'a refusal waited for the whole queue');
    const during = answered.slice(0, end).filter((one) => one === 'check').length;
    assert.ok(during >= CHECKS / 2, `${during} token checks were answered while passwords were compared`);
  });

  it('leaves nothing behind: the next login is as good as before', async () => {
    const acme = await world.organization();
    const person = await world.person(acme);
    assert.equal((await person.browser.get('/account')).status, 200);
  });
});
