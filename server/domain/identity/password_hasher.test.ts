import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { passwordHasher } from './password_hasher.ts';

describe('the password hasher', () => {
  it('recovers after it was too busy for the first unknown account', async () => {
    const hasher = passwordHasher({ concurrent: 1, waiting: 1 });
    const passwordHash = await hasher.hash('correct horse');
    const busy = [hasher.verify(passwordHash, 'a'), hasher.verify(passwordHash, 'b')];
    await assert.rejects(hasher.verifyNothing('c'), { code: 'service_unavailable' });
    assert.deepEqual(await Promise.all(busy), [false, false]);
    assert.equal(await hasher.verifyNothing('c'), false);
  });
});
