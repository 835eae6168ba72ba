import assert from 'node:assert/strict';
import { test } from 'node:test';
import { galleryContext } from './gallery_samples.ts';
import type { GrantAccessView } from './grant_access.ts';
import { grantAccessPage } from './grant_access.ts';
import { elementsOf, insideOf, textOf } from './parse_page.fixture.ts';

const view: GrantAccessView = {
  handle: 'h1',
  app: { name: 'Chat Insights', trust: 'private', madeBy: 'Acme' },
  account: { name: 'Olivia', email: 'olivia@acme.example' },
  organization: { name: 'Acme' },
  scopes: [
    { id: 'chats--all:ro', consent: 'See every chat', group: 'Chats' },
    { id: 'customers:ro', consent: 'See your customers', group: 'Customers' },
    { id: 'chats--my:rw', consent: 'Answer your chats', group: 'Chats', isNew: true },
  ],
  redirect: { kind: 'web', target: 'example.com' },
};

test('consent names app, organization and target, and groups the scopes', () => {
  const page = grantAccessPage(galleryContext, view);
  assert.equal(textOf(insideOf(page, 'h1')), 'Allow Chat Insights to access your account?');
  const text = textOf(page);
  assert.match(text, /In the organization Acme/);
  assert.match(text, /ChatsSee every chatAnswer your chats NewCustomersSee your customers/);
  assert.match(text, /You will be sent to example\.com\./);
});

test('the decision is one of three buttons of one form', () => {
  const page = grantAccessPage(galleryContext, view);
  const buttons = elementsOf(page).filter(
    (one) => one.tag === 'button' && one.attributes.name === 'decision',
  );
  assert.deepEqual(
    buttons.map((one) => one.attributes.value),
    ['allow', 'cancel', 'switch_account'],
  );
  assert.equal(elementsOf(page).filter((one) => one.tag === 'form').length, 1);
});

test('a grown list says so, a first consent does not', () => {
  const grown = /more than you allowed before/;
  assert.match(grantAccessPage(galleryContext, view), grown);
  const first = { ...view, scopes: view.scopes.map((scope) => ({ ...scope, isNew: true })) };
  assert.doesNotMatch(grantAccessPage(galleryContext, first), grown);
});

test('an unverified app is called so', () => {
  const page = grantAccessPage(galleryContext, { ...view, app: { name: 'X', trust: 'unverified' } });
  assert.match(textOf(page), /Unverified app/);
});
