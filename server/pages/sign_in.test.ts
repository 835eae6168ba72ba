import assert from 'node:assert/strict';
import { test } from 'node:test';
import { galleryContext } from './gallery_samples.ts';
import { elementsOf, insideOf, textOf } from './parse_page.fixture.ts';
import { signInPage } from './sign_in.ts';

const labels = (page: string) =>
  elementsOf(page)
    .filter((one) => one.tag === 'label')
    .map((one) => page.slice(one.end, page.indexOf('</label>', one.end)));

test('the labels and the button read as documented', () => {
  const page = signInPage(galleryContext, {});
  assert.deepEqual(labels(page), ['Email', 'Password', 'Keep me logged in']);
  assert.equal(insideOf(page, 'button'), 'Log in');
});

test('a refusal comes first in the title, is announced, and keeps the email but no password', () => {
  const page = signInPage(galleryContext, {
    email: 'a@b.example',
    keepLoggedIn: true,
    failure: { kind: 'refused' },
  });
  assert.ok(insideOf(page, 'title').startsWith('Error: Log in'));
  const inputs = elementsOf(page).filter((one) => one.tag === 'input');
  assert.equal(inputs.find((one) => one.attributes.name === 'email')?.attributes.value, 'a@b.example');
  assert.equal(inputs.find((one) => one.attributes.name === 'password')?.attributes.value, undefined);
  assert.ok('checked' in (inputs.find((one) => one.attributes.name === 'keep_logged_in')?.attributes ?? {}));
  const alert = elementsOf(page).find((one) => one.attributes.role === 'alert');
  assert.ok(alert && 'autofocus' in alert.attributes);
  assert.equal(elementsOf(page).filter((one) => 'autofocus' in one.attributes).length, 1);
});

test('throttling names the wait', () => {
  const page = signInPage(galleryContext, { failure: { kind: 'throttled', seconds: 42 } });
  assert.match(page, /Wait 42 seconds/);
});

test('an authorize flow names its app and survives the detours', () => {
  const page = signInPage(galleryContext, { handle: 'a b&c', continueTo: 'Chat Insights' });
  assert.match(textOf(page), /to continue to Chat Insights/);
  const links = elementsOf(page).map((one) => one.attributes.href);
  assert.ok(links.includes('/signup?handle=a%20b%26c'));
  assert.ok(links.includes('/forgot-password?handle=a%20b%26c'));
  assert.ok(
    elementsOf(page).some((one) => one.attributes.name === 'handle' && one.attributes.value === 'a b&amp;c'),
  );
});
