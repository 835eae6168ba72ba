import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { boundedQueue } from './bounded_queue.ts';

const limits = { concurrent: 2, waiting: 3, busy: 'Too much of it. Please try again.' };

describe('a bounded queue', () => {
  it('runs some at once, lets some wait, and refuses the others with a time to come back', async () => {
    const queue = boundedQueue(limits);
    const ends: (() => void)[] = [];
    const work = () => queue.run(() => new Promise<void>((resolve) => ends.push(resolve)));
    const taken = Array.from({ length: 5 }, work);
    assert.deepEqual(queue.statistics(), { running: 2, waiting: 3 });
    await assert.rejects(work(), {
      code: 'service_unavailable',
      message: limits.busy,
      retryAfterSeconds: 2,
    });
    while (queue.statistics().running > 0) {
      for (const end of ends.splice(0)) end();
      await Promise.resolve();
    }
    await Promise.all(taken);
  });

  it('never runs more than it may, also when one comes as another ends', async () => {
    const queue = boundedQueue(limits);
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
    };
    const after = () => queue.run(work).then(() => queue.run(work));
    await Promise.all([after(), after(), after(), after(), after()]);
    assert.equal(most, 2);
    assert.deepEqual(queue.statistics(), { running: 0, waiting: 0 });
  });

  it('goes on after work that failed', async () => {
    const queue = boundedQueue({ ...limits, concurrent: 1 });
    await assert.rejects(
      queue.run(() => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(await queue.run(async () => 'yes'), 'yes');
  });
});
