import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { brand } from './brand.ts';

const css = readFileSync(new URL('assets/accounts.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');

test('the style sheet and brand.ts name the same colours', () => {
  const pairs: [string, string, string][] = [
    [light, '--brand', brand.primaryOnLight],
    [light, '--page', brand.pageLight],
    [light, '--surface', brand.surfaceLight],
    [light, '--ink', brand.inkLight],
    [light, '--ink-soft', brand.inkSoftLight],
    [light, '--line', brand.lineLight],
    [light, '--lantern', brand.lantern],
    [dark, '--brand', brand.primaryOnDark],
    [dark, '--page', brand.pageDark],
    [dark, '--surface', brand.surfaceDark],
    [dark, '--ink', brand.inkDark],
  ];
  for (const [sheet, token, colour] of pairs)
    assert.ok(sheet.includes(`${token}: ${colour};`), `${token}: ${colour}`);
});

test('the style sheet asks no other host for anything', () => {
  assert.doesNotMatch(css, /url\(|@import|https?:/);
});
