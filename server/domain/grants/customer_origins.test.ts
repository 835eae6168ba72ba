import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientOfApp } from '../apps/records.ts';
import { originCache, originsOfClient } from './customer_origins.ts';

function known(redirectUris: string[], more: { allowPlainHttp?: boolean; forceStrict?: boolean } = {}) {
  return {
    client: {
      type: 'javascript_app',
      profile: 'compatible',
      redirectUris,
      switches: {
        acceptSubPaths: false,
        allowPlainHttp: more.allowPlainHttp ?? false,
        rotateRefreshTokens: true,
      },
    },
    organization: { forceStrict: more.forceStrict ?? false },
  } as unknown as ClientOfApp;
}

describe('the origins of an app', () => {
  const cases: [string, string[], string[]][] = [
    [
      'lose the path',
      ['https://a.example/callback', 'https://b.example'],
      ['https://a.example', 'https://b.example'],
    ],
    [
      'lose the port that goes without saying',
      ['https://a.example:443/', 'http://localhost:80/'],
      ['https://a.example', 'http://localhost'],
    ],
    [
      'keep any other port',
      ['https://a.example:80/', 'http://127.0.0.1:3000/x'],
      ['https://a.example:80', 'http://127.0.0.1:3000'],
    ],
    ['keep the brackets of IPv6', ['http://[::1]:8080/'], ['http://[::1]:8080']],
    ['are none for a custom scheme', ['com.example.app:/callback', 'com.example.app://host/callback'], []],
    ['are none for what the profile does not admit', ['http://a.example/'], []],
  ];
  for (const [what, uris, origins] of cases)
    it(what, () => assert.deepEqual(originsOfClient(known(uris)), origins));

  it('are there by a switch, and gone when the organization forces the strict profile', () => {
    const uris = ['http://a.example/'];
    assert.deepEqual(originsOfClient(known(uris, { allowPlainHttp: true })), ['http://a.example']);
    assert.deepEqual(originsOfClient(known(uris, { allowPlainHttp: true, forceStrict: true })), []);
  });
});

describe('the list of all origins', () => {
  it('is read once, until it is forgotten or too old', async () => {
    const cache = originCache(() => 1_000);
    let reads = 0;
    const load = async () => new Set([String(++reads)]);
    const at = async (now: number) => [...(await cache.read(load, now))][0];
    assert.deepEqual(await Promise.all([at(0), at(0), at(1_000)]), ['1', '1', '1']);
    assert.equal(await at(1_001), '2');
    cache.forget();
    assert.equal(await at(1_002), '3');
  });

  it('is read again after a failure', async () => {
    const cache = originCache(() => 1_000);
    await assert.rejects(cache.read(() => Promise.reject(new Error('busy')), 0));
    assert.deepEqual([...(await cache.read(async () => new Set(['x']), 0))], ['x']);
  });
});
