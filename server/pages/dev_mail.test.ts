import assert from 'node:assert/strict';
import { test } from 'node:test';
import { devMailPage } from './dev_mail.ts';
import { galleryContext } from './gallery_samples.ts';
import { elementsOf, insideOf, textOf } from './parse_page.fixture.ts';

const page = (text: string) => devMailPage(galleryContext, { subject: 'S', headers: [], text });
const links = (text: string) =>
  elementsOf(insideOf(page(text), 'pre')).map((one) => one.attributes.href?.replaceAll('&amp;', '&'));

test('addresses in a mail are links without the punctuation after them', () => {
  assert.deepEqual(
    links('See http://localhost:8080/confirm-email?token=ab&x=1. Or (https://example.com/y)!'),
    ['http://localhost:8080/confirm-email?token=ab&x=1', 'https://example.com/y'],
  );
});

test('nothing but http addresses becomes a link', () => {
  assert.deepEqual(links('javascript:alert(1) <a href="https://evil.test">x</a> ftp://x'), [
    'https://evil.test',
  ]);
});

test('the text stays as it is', () => {
  assert.equal(insideOf(page('a\n\n  b <c>'), 'pre'), 'a\n\n  b &lt;c>');
  assert.equal(textOf(insideOf(page('x http://y/z, w'), 'pre')), 'x http://y/z, w');
});
