import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HOSTILE_TEXTS } from './hostile_texts.fixture.ts';
import { safeAddress, safePicture, textParts } from './text_parts.ts';

describe('what is made of a text that somebody wrote', () => {
  it('shows web addresses as links, without the marks that end the sentence', () => {
    assert.deepEqual(textParts('See https://example.com/a?b=1, and (http://x.test).'), [
      { text: 'See ' },
      { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
      { text: ', and (' },
      { text: 'http://x.test', href: 'http://x.test/' },
      { text: ').' },
    ]);
    assert.deepEqual(textParts('nothing here'), [{ text: 'nothing here' }]);
    assert.deepEqual(textParts(''), []);
  });

  it('keeps hostile texts as they are, and links nothing that could run', () => {
    assert.ok(HOSTILE_TEXTS.length >= 40);
    for (const text of HOSTILE_TEXTS) {
      const parts = textParts(text);
      assert.equal(parts.map((part) => part.text).join(''), text);
      for (const { href } of parts)
        if (href !== undefined) assert.match(href, /^https?:\/\/[^\s"'<>`@]+$/, text);
    }
  });

  it('opens no address but of the schemes asked for', () => {
    for (const text of HOSTILE_TEXTS) {
      const href = safeAddress(text, ['http:', 'https:', 'tel:']);
      if (href !== undefined) assert.match(href, /^https?:/, text);
    }
    assert.equal(safeAddress('tel:+123', ['tel:']), 'tel:+123');
    assert.equal(safeAddress(7, ['https:']), undefined);
  });

  it('shows pictures of its own server, and of others over https alone', () => {
    const own = 'http://localhost:8080';
    assert.equal(safePicture('http://localhost:8080/files/1', own), 'http://localhost:8080/files/1');
    assert.equal(safePicture('https://cdn.test/1.png', own), 'https://cdn.test/1.png');
    assert.equal(safePicture('http://elsewhere.test/1.png', own), undefined);
    assert.equal(safePicture('javascript:1', own), undefined);
  });
});
