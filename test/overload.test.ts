import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { QUEUE_LIMIT } from '../server/storage/engine/database.ts';
import { openWorld, type World } from './support/world.ts';

describe('a server with more to write than it can', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  const ready = async () => {
    const { status, headers } = await fetch(`${world.url}/readyz`);
    return { status, retryAfter: headers.get('retry-after') };
  };

  it('is not ready before its queue is full, refuses what does not fit at once, and recovers', async () => {
    const { database, storage } = world.server.composition;
    const gate = Promise.withResolvers<void>();
    // A unit that waits holds up the commit, and all that is queued behind it.
    const held = storage.write(() => gate.promise);
    const queued: Promise<unknown>[] = [];
    const fill = (length: number) => {
      while (database.statistics().queued < length) queued.push(storage.write(async () => {}));
    };
    await new Promise(setImmediate);
    fill(QUEUE_LIMIT * 0.75 - 1);
    assert.equal((await ready()).status, 200);
    fill(QUEUE_LIMIT * 0.75);
    assert.deepEqual(await ready(), { status: 503, retryAfter: '1' });

    fill(QUEUE_LIMIT);
    const refused = await fetch(`${world.url}/signup`, { redirect: 'manual' });
    assert.equal(refused.status, 200, 'what writes nothing is answered');
    await assert.rejects(
      storage.write(async () => {}),
      { code: 'service_unavailable', retryAfterSeconds: 1 },
    );
    gate.resolve();
    await held;
    await Promise.all(queued);
    assert.equal((await ready()).status, 200);
  });
});
