import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyring } from '../kernel/keyring.ts';
import { systemRandom } from '../kernel/random.ts';
import { opaqueTokens, sameSecret } from './opaque_token.ts';

const tokens = opaqueTokens(keyring(Buffer.alloc(32, 1)), systemRandom(), 'dal');

describe('opaque tokens', () => {
  it('carry the region, the kind, the row key and at least 128 random bits', () => {
    const { text, secretHash } = tokens.mint('access', 123_456_789_012);
    assert.match(text, /^dal:a[A-Za-z0-9_-]{43}$/);
    const parsed = tokens.parse(text);
    assert.ok(parsed);
    assert.equal(parsed.kind, 'access');
    assert.equal(parsed.key, 123_456_789_012);
    assert.ok(sameSecret(parsed.secretHash, secretHash));
  });

  it('of the refresh kind carry no region', () => {
    assert.match(tokens.mint('refresh', 1).text, /^r[A-Za-z0-9_-]{43}$/);
  });

  it('do not show their row key: neighbours differ everywhere', () => {
    const [a, b] = [tokens.mint('code', 1).text, tokens.mint('code', 2).text];
    assert.notEqual(a.slice(5, 15), b.slice(5, 15));
  });

  it('of another server are not recognised by their secret', () => {
    const foreign = opaqueTokens(keyring(Buffer.alloc(32, 2)), systemRandom(), 'dal').mint('access', 7);
    const parsed = tokens.parse(foreign.text);
    assert.ok(parsed === undefined || !sameSecret(parsed.secretHash, foreign.secretHash));
  });

  it('can be derived again from the same origin, and only from it', () => {
    assert.equal(tokens.derive('refresh', 5, 'x').text, tokens.derive('refresh', 5, 'x').text);
    assert.notEqual(tokens.derive('refresh', 5, 'x').text, tokens.derive('refresh', 5, 'y').text);
  });

  const good = tokens.mint('access', 42).text;
  const wrong: [string, string][] = [
    ['an empty text', ''],
    ['a missing region', good.slice(4)],
    ['another region', `fra:${good.slice(4)}`],
    ['an escaped colon', good.replace(':', '%3A')],
    ['a cut end', good.slice(0, -1)],
    ['a longer end', `${good}A`],
    ['an unknown kind', good.replace(':a', ':z')],
    ['a space', `${good} `],
    ['a line break', `${good}\n`],
  ];
  for (const [what, text] of wrong)
    it(`are not parsed with ${what}`, () => assert.equal(tokens.parse(text), undefined));

  it('changed in one character never match the stored hash', () => {
    const minted = tokens.mint('access', 42);
    for (let i = 5; i < minted.text.length; i++) {
      const changed =
        minted.text.slice(0, i) + (minted.text[i] === 'A' ? 'B' : 'A') + minted.text.slice(i + 1);
      const parsed = tokens.parse(changed);
      if (parsed && parsed.key === 42)
        assert.ok(changed === minted.text || !sameSecret(parsed.secretHash, minted.secretHash));
    }
  });
});
