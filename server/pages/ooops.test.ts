import assert from 'node:assert/strict';
import { test } from 'node:test';
import { galleryContext } from './gallery_samples.ts';
import type { OwnerHint } from './ooops.ts';
import { ooopsPage } from './ooops.ts';
import { elementsOf, textOf } from './parse_page.fixture.ts';

const hint: OwnerHint = {
  appName: 'Chat Insights',
  parameter: 'redirect_uri',
  check: 'must equal a registered address.',
  received: 'https://a.example/cb/',
  closest: 'https://a.example/cb',
  consoleUrl: '/console/apps/1',
};

test('the most exact code decides the explanation', () => {
  const page = ooopsPage(galleryContext, {
    oauthException: 'unauthorized_client',
    exceptionDetails: 'client_id_not_found',
    requestId: 'r1',
  });
  assert.match(textOf(page), /No such app here/);
  assert.match(textOf(page), /oauth_exceptionunauthorized_client/);
  assert.match(textOf(page), /Request idr1/);
});

test('text of the address bar is not shown as if this server said it', () => {
  for (const forged of ['Your account is locked, call 555', '__proto__', 'constructor', 'toString']) {
    const page = ooopsPage(galleryContext, {
      oauthException: forged,
      exceptionDetails: forged,
      requestId: 'r1',
    });
    assert.match(textOf(page), /That did not work/);
    assert.doesNotMatch(page, /call 555/);
  }
});

test('only an owner hint shows what was received and registered', () => {
  const codes = { exceptionDetails: 'invalid_redirect_uri', requestId: 'r1' };
  assert.doesNotMatch(textOf(ooopsPage(galleryContext, codes)), /Closest registered/);
  const page = ooopsPage(galleryContext, { ...codes, ownerHint: hint });
  assert.match(page, /https:\/\/a\.example\/cb<mark>\/<\/mark>/);
  assert.match(page, /https:\/\/a\.example\/cb<mark>\(end\)<\/mark>/);
  assert.match(textOf(page), /Character 21: received “\/”, registered the end\./);
  assert.ok(elementsOf(page).some((one) => one.attributes.href === '/console/apps/1'));
});

test('characters that do not print are shown by number', () => {
  const received = 'https://a.example/cb\u202E\u200b';
  const page = ooopsPage(galleryContext, { requestId: 'r1', ownerHint: { ...hint, received } });
  assert.match(page, /<mark>\(U\+202E\)<\/mark>\(U\+200B\)/);
});

test('a missing parameter and an empty whitelist are said in words', () => {
  const { received: _, closest: __, ...bare } = hint;
  const text = textOf(ooopsPage(galleryContext, { requestId: 'r1', ownerHint: bare }));
  assert.match(text, /The parameter is missing\./);
  assert.match(text, /None is registered\./);
});
