import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initial, safeHref, singleLine } from './text.ts';

test('a single line has no line breaks, controls, or marks that turn the direction', () => {
  assert.equal(singleLine(' Bcc:\r\nx\u0000y\u2028z '), 'Bcc: x y z');
  assert.equal(singleLine('Good\u202Eppa\u202C \u2066app\u2069'), 'Goodppa app');
  assert.equal(singleLine('half \ud83d'), 'half \ufffd');
  assert.equal(singleLine('شركة\u200f النور'), 'شركة\u200f النور');
});

test('an initial is the first letter or digit, in upper case', () => {
  assert.equal(initial(' “élan”'), 'É');
  assert.equal(initial('9 to 5'), '9');
  assert.equal(initial('!?'), '?');
});

test('only paths of this origin and http addresses are links', () => {
  for (const good of ['/', '/a?b=c#d', 'https://example.com/x', 'http://127.0.0.1:80/']) {
    assert.equal(safeHref(good), good);
  }
  const bad = [
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.test',
    '/\\evil.test',
    '/\t/evil.test',
    'https:///',
    '',
    'x',
  ];
  for (const one of bad) assert.equal(safeHref(one), '#', one);
});
