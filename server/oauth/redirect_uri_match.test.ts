import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile, RedirectPolicy } from './client_profile.ts';
import { matchRedirectUri } from './redirect_uri.ts';

function policy(profile: Profile, acceptSubPaths = false, allowPlainHttp = false): RedirectPolicy {
  return { type: 'server_side_app', profile, switches: { acceptSubPaths, allowPlainHttp } };
}

const exact = policy('compatible');
const loose = policy('compatible', true, true);
const strict = policy('strict');
/** As a record might hold it: strict must not heed the switches even when they are set. */
const strictWithSwitches = policy('strict', true, true);

function ruleOf(requested: string, registered: string | string[], one: RedirectPolicy): string {
  const result = matchRedirectUri(requested, [registered].flat(), one);
  return result.matched ? result.rule : result.reason;
}

/** authorization/oauth-authorization, "Redirect URIs". */
const documented: [registered: string, requested: string, valid: boolean][] = [
  ['http://livechat.com', 'http://livechat.com', true],
  ['http://livechat.com', 'http://livechat.com/archives', true],
  ['http://livechat.com', 'http://livechat.com/archives/../', false],
  ['http://livechat.com/archives', 'http://livechat.com', false],
  ['http://livechat.com/archives', 'http://livechat.com/archives', true],
  ['http://livechat.com/archives', 'http://livechat.com/archives/chats', true],
  ['http://localhost:3000', 'http://localhost:3000', true],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000', true],
  ['http://localhost:3000', 'http://localhost:4000', false],
  ['https://livechat.com', 'http://livechat.com', false],
  ['http://livechat.com', 'https://livechat.com', false],
];
for (const [index, [registered, requested, valid]] of documented.entries()) {
  test(`documented example ${index + 1}: ${requested} for ${registered} is ${valid ? '' : 'not '}valid`, () => {
    assert.equal(matchRedirectUri(requested, [registered], loose).matched, valid);
  });
}

test('an empty path and "/" are one address on the web, and two for a custom scheme', () => {
  for (const one of [exact, loose, strict]) {
    for (const host of ['https://app.example.com', 'http://localhost:3000']) {
      assert.equal(ruleOf(`${host}/`, host, one), 'empty_path');
      assert.equal(ruleOf(host, `${host}/`, one), 'empty_path');
    }
    assert.equal(ruleOf('com.example.app://cb/', 'com.example.app://cb', one), 'path_differs');
    assert.equal(ruleOf('com.example.app:/', 'com.example.app://', one), 'path_differs');
    assert.equal(
      ruleOf('https://app.example.com/cb/', 'https://app.example.com/cb', one) === 'empty_path',
      false,
    );
  }
});

test('sub-paths take the switch, the compatible profile and a "/" boundary', () => {
  const entry = 'https://app.example.com/cb';
  for (const below of [`${entry}/x`, `${entry}/`, `${entry}/x/y/`]) {
    assert.equal(ruleOf(below, entry, loose), 'sub_path');
    assert.equal(ruleOf(below, entry, exact), 'sub_path_not_accepted');
    assert.equal(ruleOf(below, entry, strict), 'sub_path_not_accepted');
    assert.equal(ruleOf(below, entry, strictWithSwitches), 'sub_path_not_accepted');
  }
  for (const beside of [
    `${entry}x`,
    `${entry}-x/y`,
    `${entry};x`,
    'https://app.example.com/c',
    'https://app.example.com/CB/x',
  ]) {
    assert.equal(ruleOf(beside, entry, loose), 'path_differs', beside);
  }
  assert.equal(ruleOf('https://app.example.com/cb', 'https://app.example.com/cb/', loose), 'path_differs');
  assert.equal(ruleOf('https://app.example.com/cb/x', 'https://app.example.com/cb/', loose), 'sub_path');
});

test('a sub-path holds no empty segment, and custom schemes have none at all', () => {
  for (const requested of ['https://app.example.com//evil.example', 'https://app.example.com/a//b']) {
    assert.equal(ruleOf(requested, 'https://app.example.com', loose), 'sub_path_not_accepted');
  }
  assert.equal(ruleOf('https://app.example.com/a//b', 'https://app.example.com/a//b', loose), 'exact');
  assert.equal(ruleOf('com.example.app:/cb/x', 'com.example.app:/cb', loose), 'path_differs');
});

test('strict takes any port of a loopback address, not of localhost and nowhere else', () => {
  for (const [registered, requested, rule] of [
    ['http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb', 'loopback_port'],
    ['http://127.0.0.1:8700/cb', 'http://127.0.0.1/cb', 'loopback_port'],
    ['http://127.0.0.1:8700', 'http://127.0.0.1:9000/', 'loopback_port'],
    ['http://[::1]:8700/cb', 'http://[::1]:1/cb', 'loopback_port'],
    ['http://127.0.0.1:8700/cb', 'http://127.0.0.1:8701/other', 'port_differs'],
    ['http://127.0.0.1/cb', 'http://127.0.0.2:51004/cb', 'host_differs'],
    ['http://127.0.0.1/cb', 'http://[::1]/cb', 'host_differs'],
    ['http://localhost:3000/cb', 'http://localhost:4000/cb', 'port_differs'],
    ['http://localhost/cb', 'http://127.0.0.1/cb', 'host_differs'],
    ['https://127.0.0.1:8700/cb', 'https://127.0.0.1:8701/cb', 'port_differs'],
    ['https://app.example.com/cb', 'https://app.example.com:8443/cb', 'port_differs'],
  ] as const) {
    assert.equal(ruleOf(requested, registered, strict), rule, `${registered} ${requested}`);
    assert.equal(matchRedirectUri(requested, [registered], loose).matched, false);
  }
});

test('an entry that the policy no longer allows matches nothing, and says so', () => {
  const entry = 'http://plain.example.com/in';
  assert.equal(ruleOf(entry, entry, loose), 'exact');
  for (const one of [exact, strict, strictWithSwitches]) {
    const result = matchRedirectUri(entry, [entry], one);
    assert.ok(!result.matched && result.reason === 'not_allowed');
    assert.equal(result.problem?.code, 'scheme_plain_http');
  }
  assert.equal(ruleOf('javascript:alert(1)', 'javascript:alert(1)', loose), 'malformed');
  assert.equal(ruleOf('https://app.example.com/x', 'https://app.example.com/../x', loose), 'path_differs');
});

test('an exact entry wins over a broader one, wherever it stands', () => {
  const result = matchRedirectUri(
    'https://app.example.com/cb',
    ['https://app.example.com', 'https://app.example.com/cb'],
    loose,
  );
  assert.deepEqual(result.matched && [result.entry, result.rule], ['https://app.example.com/cb', 'exact']);
});

test('a match carries what was asked for, so that the redirect goes there', () => {
  const result = matchRedirectUri('http://127.0.0.1:51004/cb', ['http://127.0.0.1/cb'], strict);
  assert.equal(result.matched && result.uri.text, 'http://127.0.0.1:51004/cb');
});

test('a refusal names the nearest entry and the first character that differs', () => {
  const registered = [
    'http://127.0.0.1:8700/callback',
    'https://app.example.com/callback',
    'com.example.app:/cb',
  ];
  for (const [requested, entry, firstDifference, received, expected] of [
    ['https://app.example.com/callbacks', 1, 32, 's', null],
    ['https://app.example.com/callbac', 1, 31, null, 'k'],
    ['http://app.example.com/callback', 1, 4, ':', 's'],
    ['http://127.0.0.1:8080/callback', 0, 18, '0', '7'],
    ['https://app.example.com/callback?x=1', 1, 32, '?', null],
  ] as const) {
    const result = matchRedirectUri(requested, registered, exact);
    assert.ok(!result.matched);
    assert.deepEqual(result.nearest, { entry: registered[entry], firstDifference, received, expected });
  }
});

test('a refusal says which part differs, and what would help', () => {
  const entry = 'https://app.example.com/callback';
  for (const [requested, one, pattern] of [
    ['http://app.example.com/callback', exact, /scheme differs \("http" instead of "https"\)/],
    [
      'https://app.example.org/callback',
      exact,
      /host differs \("app.example.org" instead of "app.example.com"\)/,
    ],
    ['https://app.example.com:8443/callback', exact, /port differs \(8443 instead of none\)/],
    ['https://app.example.com/call', exact, /path differs/],
    ['https://app.example.com/callback/x', exact, /or let the app accept sub-paths/],
    ['https://app.example.com/callback/x', strict, /exact paths only/],
  ] as const) {
    const result = matchRedirectUri(requested, [entry], one);
    assert.match(result.matched ? '' : result.message, pattern);
  }
  const local = matchRedirectUri('http://localhost:1/', ['http://localhost:2/'], strict);
  assert.match(local.matched ? '' : local.message, /register http:\/\/127\.0\.0\.1 instead/);
  const slash = matchRedirectUri('https://app.example.com/cb', ['https://app.example.com/cb/'], exact);
  assert.match(slash.matched ? '' : slash.message, /Only the "\/" at the end is missing/);
});

test('without a whitelist nothing matches, and the refusal says where to add one', () => {
  const result = matchRedirectUri('https://app.example.com/', [], loose);
  assert.ok(!result.matched && result.reason === 'nothing_registered' && result.nearest === undefined);
  assert.match(result.message, /App Authorization/);
});
