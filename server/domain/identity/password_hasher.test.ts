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

  it('tells the right password from a wrong one, in any Unicode form', async () => {
    const hasher = passwordHasher();
    const passwordHash = await hasher.hash('caf\u00e9 au lait');
    assert.match(passwordHash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(await hasher.verify(passwordHash, 'cafe\u0301 au lait'), true);
    assert.equal(await hasher.verify(passwordHash, 'cafe au lait'), false);
  });

  it('refuses to compare with what is no hash, and goes on', async () => {
    const hasher = passwordHasher();
    await assert.rejects(hasher.verify('no hash', 'a'), /could not be hashed or compared/);
    assert.equal(await hasher.verify(await hasher.hash('a'), 'a'), true);
  });
});
