import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { createOpenidService } from '../../server/domain/openid/openid_service.ts';
import { days, seconds } from '../../server/kernel/clock.ts';
import { keyring } from '../../server/kernel/keyring.ts';
import { eachEngine } from '../support/databases.ts';
import {
  type Organization,
  openWorld,
  type Person,
  type RegisteredApp,
  type World,
} from '../support/world.ts';
import { anotherBrowser, SIGN_IN_APP, signIn } from './openid_support.ts';

eachEngine((engine) => {
  describe('the keys of ID tokens', () => {
    let world: World;
    let acme: Organization;
    let owner: Person;
    let app: RegisteredApp;
    before(async () => {
      world = await openWorld(engine, ['--signing-key-days', '10']);
      acme = await world.organization();
      owner = await world.person(acme);
      app = await world.app(owner, acme, SIGN_IN_APP);
    });
    after(() => world.close());

    const keySet = async (): Promise<JSONWebKeySet> => {
      const response = await fetch(`${world.url}/oauth2/jwks`);
      assert.equal(response.status, 200);
      return (await response.json()) as JSONWebKeySet;
    };
    const kids = async () => (await keySet()).keys.map(({ kid }) => kid);
    const signed = async () => {
      const person = await anotherBrowser(world, acme, owner);
      return (await signIn(world, person, app, { scope: 'openid' })).id_token;
    };
    const kidOf = (token: string) => decodeProtectedHeader(token).kid;
    const verify = async (token: string, keys?: JSONWebKeySet) => {
      const currentDate = new Date(world.server.clock.now() / 1_000);
      const options = { issuer: world.url, audience: app.clientId, algorithms: ['ES256'], currentDate };
      await jwtVerify(token, createLocalJWKSet(keys ?? (await keySet())), options);
    };
    const later = (count: number) => world.server.clock.advance(days(count));
    /** What the background does all the time. */
    const rotate = () => world.server.services.openid.keys.rotate();
    const stored = () => world.server.composition.storage.read.openid.signingKeys();
    /** Another process on the same database. */
    const another = () => {
      const { storage, random, keyring: keys, clock } = world.server.composition;
      return createOpenidService({
        storage,
        random,
        keyring: keys,
        clock,
        settings: world.server.services.settings,
      });
    };

    it('begin as one, however many processes start on an empty database', async () => {
      assert.equal((await stored()).length, 0);
      const made = await Promise.all(Array.from({ length: 10 }, () => another().keys.current()));
      assert.equal(new Set(made.map(({ keyId }) => keyId)).size, 1);
      assert.equal((await stored()).length, 1);
    });

    it('are published for an hour’s keeping, to any page, and without their private half', async () => {
      const response = await fetch(`${world.url}/oauth2/jwks`);
      assert.equal(response.headers.get('cache-control'), 'public, max-age=3600');
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      const { keys } = (await response.json()) as JSONWebKeySet;
      assert.equal(keys.length, 1);
      assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
      assert.deepEqual([keys[0]?.kty, keys[0]?.alg, keys[0]?.use], ['EC', 'ES256', 'sig']);
      for (const key of await stored()) assert.ok(!key.sealedPrivateJwk.includes('"d"'));
      for (const method of ['POST', 'PUT', 'DELETE'])
        assert.ok((await fetch(`${world.url}/oauth2/jwks`, { method })).status >= 400);
    });

    it('follow each other so that nobody who keeps a copy is surprised', async () => {
      const first = await signed();
      await verify(first);
      later(7);
      await rotate();
      assert.deepEqual(await kids(), [kidOf(first)]);
      later(1);
      await rotate();
      const published = await keySet();
      assert.equal(published.keys.length, 2, 'the next key is there two days ahead');
      later(1);
      const before = await signed();
      assert.equal(kidOf(before), kidOf(first), 'and does not sign yet');
      later(1);
      const after = await signed();
      assert.notEqual(kidOf(after), kidOf(first));
      // Who keeps the set of two days ago knows the key that signs now; who fetches it, the one that signed.
      await verify(after, published);
      world.server.clock.advance(seconds(2_000));
      await verify(after);
      world.server.clock.advance(seconds(1_850));
      assert.equal((await kids()).length, 2, 'a while longer than the last token is good');
      world.server.clock.advance(seconds(100));
      assert.deepEqual(await kids(), [kidOf(after)]);
      assert.ok(await world.server.services.openid.readHint(first), 'it is still good as a hint');
    });

    it('let a token of the last second be checked after the rotation', async () => {
      const { signsFrom: turn } = await nextKey();
      world.server.clock.advance(turn - world.server.clock.now() - seconds(1));
      const last = await signed();
      world.server.clock.advance(seconds(3_590));
      assert.notEqual(kidOf(await signed()), kidOf(last));
      await verify(last);
    });

    /** Lets the time pass until the next key is published. */
    const nextKey = async () => {
      const before = (await stored()).length;
      for (let day = 0; day < 20 && (await stored()).length === before; day++) {
        later(1);
        await rotate();
      }
      const newest = (await stored()).at(-1);
      assert.ok(newest && newest.signsFrom - newest.publishedAt >= days(1));
      return newest;
    };

    it('are one each, however many processes rotate at once', async () => {
      await nextKey();
      later(10);
      const before = await stored();
      const processes = Array.from({ length: 10 }, another);
      await Promise.all(processes.map(({ keys }) => keys.rotate()));
      const now = await stored();
      assert.equal(now.length, before.length + 1);
      const newest = now.at(-1);
      assert.ok(newest);
      later(3);
      for (const one of processes) assert.equal((await one.keys.current()).keyId, newest.keyId);
    });

    it('sign a day after they were published even where the server was away for long', async () => {
      const present = kidOf(await signed());
      later(100);
      const token = await signed();
      const keys = await kids();
      assert.deepEqual([kidOf(token), keys.length], [present, 2]);
      later(1);
      assert.equal(kidOf(await signed()), keys[1]);
    });

    it('are forgotten when even hints by them are too old', async () => {
      const before = await stored();
      later(200);
      await rotate();
      later(2);
      await rotate();
      const now = await stored();
      assert.ok(now.length <= 2 && now.length < before.length);
      await verify(await signed());
    });

    it('begin anew, and at once, under another secret of the server', async () => {
      const { storage, random, clock } = world.server.composition;
      const settings = world.server.services.settings;
      const moved = { storage, random, clock, settings, keyring: keyring(Buffer.alloc(32, 9)) };
      const old = await stored();
      const key = await createOpenidService(moved).keys.current();
      assert.equal(key.generation, (old.at(-1)?.generation ?? 0) + 1);
    });
  });
});
