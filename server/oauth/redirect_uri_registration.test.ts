import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ClientType,
  clientTypes,
  type Profile,
  profiles,
  type RedirectPolicy,
} from './client_profile.ts';
import { checkRegistration, needsPkce } from './redirect_uri.ts';

function policy(type: ClientType, profile: Profile, allowPlainHttp = false): RedirectPolicy {
  return { type, profile, switches: { acceptSubPaths: false, allowPlainHttp } };
}

const everyPolicy = clientTypes.flatMap((type) =>
  profiles.flatMap((profile) => [policy(type, profile), policy(type, profile, true)]),
);

test('https, http to this device and reverse-domain schemes may be registered under every policy', () => {
  for (const text of [
    'https://app.example.com/callback',
    'https://203.0.113.9:8443/cb',
    'http://localhost:3000',
    'http://127.0.0.1:8700/callback',
    'http://127.9.9.9/',
    'http://[::1]/cb',
    'com.example.app:/oauth',
    'com.example.app://oauth',
  ]) {
    for (const one of everyPolicy) {
      const result = checkRegistration(text, one);
      assert.ok(result.ok, JSON.stringify(result));
      assert.equal(result.uri.text, text);
      assert.equal(needsPkce(result.uri), text.startsWith('com.'));
    }
  }
});

test('plain http to elsewhere takes the switch of the compatible profile', () => {
  for (const text of ['http://www.example.com/cb', 'http://0.0.0.0:3000/', 'http://192.168.1.4/']) {
    for (const one of everyPolicy) {
      const result = checkRegistration(text, one);
      assert.equal(result.ok, one.profile === 'compatible' && one.switches.allowPlainHttp);
      if (!result.ok) {
        assert.equal(result.problem.code, 'scheme_plain_http');
        assert.equal(result.problem.suggestion, text.replace('http:', 'https:'));
      }
    }
  }
});

test('the refusal of plain http says what helps under that profile', () => {
  const refused = (profile: Profile) => {
    const result = checkRegistration('http://www.example.com/cb', policy('server_side_app', profile));
    return result.ok ? '' : result.problem.message;
  };
  assert.match(refused('compatible'), /allow plain http in the settings/);
  assert.match(refused('strict'), /strict profile takes http for this device alone/);
});

test('schemes that run code or read files, and bare custom ones, are refused under every policy', () => {
  for (const text of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///x',
    'blob:https://app.example.com/x',
    'vbscript:x',
    'ftp://app.example.com/',
    'my_app://cb',
    'myapp://cb',
  ]) {
    for (const one of everyPolicy) {
      const result = checkRegistration(text, one);
      assert.ok(!result.ok && result.problem.part === 'scheme', text);
      assert.match(result.problem.message, /com\.example\.app:\/callback/);
    }
  }
});

test('a port that goes without saying and a comma are refused with the better spelling', () => {
  for (const [text, code, suggestion] of [
    ['https://app.example.com:443/cb', 'port_default', 'https://app.example.com/cb'],
    ['http://localhost:80', 'port_default', 'http://localhost'],
    ['https://app.example.com/a,b', 'comma', 'https://app.example.com/a%2Cb'],
  ] as const) {
    const result = checkRegistration(text, policy('server_side_app', 'compatible'));
    assert.ok(!result.ok);
    assert.deepEqual([result.problem.code, result.problem.suggestion], [code, suggestion]);
    assert.ok(checkRegistration(suggestion, policy('server_side_app', 'compatible')).ok);
  }
  assert.ok(checkRegistration('https://localhost:80/', policy('server_side_app', 'strict')).ok);
});
