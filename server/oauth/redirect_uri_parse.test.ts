import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestRedirectUri, parseRedirectUri } from './redirect_uri.ts';

function problemOf(text: string) {
  const result = parseRedirectUri(text);
  assert.ok(!result.ok, `accepted: ${text}`);
  return result.problem;
}

test('well-formed redirect URIs are taken apart and kept byte for byte', () => {
  const table: [string, string, string, number | null, string, string | null][] = [
    ['https://app.example.com', 'https', 'app.example.com', null, '', null],
    ['https://app.example.com/', 'https', 'app.example.com', null, '/', null],
    ['https://app.example.com:8443/a/b-c_d~e/', 'https', 'app.example.com', 8443, '/a/b-c_d~e/', null],
    ['https://app.example.com:443/cb', 'https', 'app.example.com', 443, '/cb', null],
    [
      "https://xn--bcher-kva.example/a:b@c!$&'()*+;=/%20%C3%BC",
      'https',
      'xn--bcher-kva.example',
      null,
      "/a:b@c!$&'()*+;=/%20%C3%BC",
      null,
    ],
    ['https://a_b.example/...//x', 'https', 'a_b.example', null, '/...//x', null],
    ['https://localhost/cb', 'https', 'localhost', null, '/cb', 'name'],
    ['https://203.0.113.9/cb', 'https', '203.0.113.9', null, '/cb', null],
    ['https://[2001:db8::1]:8443/cb', 'https', '[2001:db8::1]', 8443, '/cb', null],
    ['http://localhost:3000', 'loopback', 'localhost', 3000, '', 'name'],
    ['http://127.0.0.1:8700/callback', 'loopback', '127.0.0.1', 8700, '/callback', 'address'],
    ['http://127.255.0.7/', 'loopback', '127.255.0.7', null, '/', 'address'],
    ['http://[::1]:65535/', 'loopback', '[::1]', 65535, '/', 'address'],
    ['http://plain.example/cb', 'http', 'plain.example', null, '/cb', null],
    ['http://0.0.0.0:3000/', 'http', '0.0.0.0', 3000, '/', null],
    ['http://localhost.example/', 'http', 'localhost.example', null, '/', null],
    ['com.example.app:/oauth', 'custom_scheme', '', null, '/oauth', null],
    ['com.example.app:/', 'custom_scheme', '', null, '/', null],
    ['com.example.app://', 'custom_scheme', '', null, '', null],
    ['com.example.app://Callback/x', 'custom_scheme', 'Callback', null, '/x', null],
    ['xn--p1ai.example-app.x1:/cb', 'custom_scheme', '', null, '/cb', null],
  ];
  for (const [text, kind, host, port, path, loopback] of table) {
    const result = parseRedirectUri(text);
    assert.ok(result.ok, JSON.stringify(result));
    const scheme = text.slice(0, text.indexOf(':'));
    assert.deepEqual(result.uri, { text, kind, scheme, host, port, path, loopback });
  }
});

/** What is wrong with each, and the suggestion that the refusal makes. */
const refusals: [text: string, code: string, part: string, suggestion?: string][] = [
  ['', 'empty', 'whole'],
  [`https://app.example.com/${'a'.repeat(2_048)}`, 'too_long', 'length'],
  ['https://a.example/cb,https://b.example/cb', 'several_uris', 'whole', 'https://a.example/cb'],
  ['https://a.example/cb, https://b.example/cb', 'several_uris', 'whole', 'https://a.example/cb'],
  ['javascript:alert(1)', 'scheme_forbidden', 'scheme'],
  ['JavaScript://app.example.com/%0aalert(1)', 'scheme_forbidden', 'scheme'],
  ['java\tscript:alert(1)', 'scheme_forbidden', 'scheme'],
  [' javascript:alert(1)', 'scheme_forbidden', 'scheme'],
  ['\u0001javascript:alert(1)', 'scheme_forbidden', 'scheme'],
  ['data:text/html,<script>alert(1)</script>', 'scheme_forbidden', 'scheme'],
  ['file:///etc/passwd', 'scheme_forbidden', 'scheme'],
  ['blob:https://app.example.com/1', 'scheme_forbidden', 'scheme'],
  ['vbscript:x', 'scheme_forbidden', 'scheme'],
  ['ftp://app.example.com/', 'scheme_forbidden', 'scheme'],
  ['wss://app.example.com/', 'scheme_forbidden', 'scheme'],
  ['my_app://callback', 'scheme_not_reverse_domain', 'scheme'],
  ['myapp://callback', 'scheme_not_reverse_domain', 'scheme'],
  ['myapp:/callback', 'scheme_not_reverse_domain', 'scheme'],
  ['1com.example:/callback', 'scheme_not_reverse_domain', 'scheme'],
  ['com..example:/callback', 'scheme_not_reverse_domain', 'scheme'],
  ['com.example-:/callback', 'scheme_not_reverse_domain', 'scheme'],
  ['HTTPS://app.example.com/', 'scheme_uppercase', 'scheme', 'https://app.example.com/'],
  ['Com.Example.App:/cb', 'scheme_uppercase', 'scheme', 'com.example.app:/cb'],
  ['app.example.com/callback', 'scheme_missing', 'scheme', 'https://app.example.com/callback'],
  ['//app.example.com/callback', 'scheme_missing', 'scheme', 'https://app.example.com/callback'],
  ['://app.example.com/callback', 'scheme_missing', 'scheme', 'https://app.example.com/callback'],
  ['app.example.com:8443/cb', 'scheme_missing', 'scheme', 'https://app.example.com:8443/cb'],
  ['localhost:3000/cb', 'scheme_missing', 'scheme', 'http://localhost:3000/cb'],
  ['/callback', 'scheme_missing', 'scheme'],
  ['https:app.example.com/cb', 'host_missing', 'host', 'https://app.example.com/cb'],
  ['https:/app.example.com/cb', 'host_missing', 'host', 'https://app.example.com/cb'],
  ['https:///app.example.com/cb', 'host_missing', 'host'],
  ['https://', 'host_missing', 'host'],
  ['https://:8443/cb', 'host_missing', 'host'],
  [' https://app.example.com/', 'character_whitespace', 'characters', 'https://app.example.com/'],
  ['https://app.example.com/a b', 'character_whitespace', 'characters'],
  ['https://app.example.com/a\u00a0b', 'character_whitespace', 'characters'],
  ['https://app.example.com/\0', 'character_control', 'characters', 'https://app.example.com/'],
  ['https://app.example.com\\cb', 'character_backslash', 'characters', 'https://app.example.com/cb'],
  ['https://bücher.example/', 'character_non_ascii', 'characters'],
  ['https://app.example.com/ü', 'character_non_ascii', 'characters', 'https://app.example.com/%C3%BC'],
  [
    'https://app.example.com/\ud800',
    'character_non_ascii',
    'characters',
    'https://app.example.com/%EF%BF%BD',
  ],
  ['https://app.example.com/{id}', 'character_forbidden', 'characters'],
  ['https://app.example.com/[id]', 'character_forbidden', 'path'],
  ['https://app.example.com/%', 'percent_malformed', 'path'],
  ['https://app.example.com/%2', 'percent_malformed', 'path'],
  ['https://app.example.com/%zz', 'percent_malformed', 'path'],
  ['https://app.example.com/%2e%2e/x', 'percent_hidden_character', 'path'],
  ['https://app.example.com/a%2Fb', 'percent_hidden_character', 'path'],
  ['https://app.example.com/a%5Cb', 'percent_hidden_character', 'path'],
  ['https://app.example.com/a%252e', 'percent_hidden_character', 'path'],
  ['https://app.example.com/a%00', 'percent_hidden_character', 'path'],
  ['https://app.example.com/a%0d%0ax', 'percent_hidden_character', 'path'],
  ['https://app.example.com/a%3Fb', 'percent_hidden_character', 'path'],
  ['https://app.example.com/%EF%BC%8F', 'percent_hidden_character', 'path'],
  ['https://app.example.com/%E2%80%AE', 'percent_hidden_character', 'path'],
  ['https://app.example.com/%C0%AE', 'percent_not_utf8', 'path'],
  ['https://app.example.com/%FF', 'percent_not_utf8', 'path'],
  ['https://user@app.example.com/', 'userinfo_present', 'userinfo'],
  ['https://user:pass@app.example.com/', 'userinfo_present', 'userinfo'],
  ['com.example.app://user@host/', 'userinfo_present', 'userinfo'],
  ['https://*.example.com/', 'host_wildcard', 'host'],
  ['https://App.example.com/', 'host_uppercase', 'host', 'https://app.example.com/'],
  ['https://app.example.com./', 'host_trailing_dot', 'host', 'https://app.example.com/'],
  ['https://app..example.com/', 'host_malformed', 'host'],
  ['https://-app.example.com/', 'host_malformed', 'host'],
  ['https://app%2eexample.com/', 'host_malformed', 'host'],
  [`https://${'a'.repeat(64)}.example/`, 'host_malformed', 'host'],
  [`https://${'a.'.repeat(130)}example/`, 'host_too_long', 'host'],
  ['http://127.1:3000/', 'host_ipv4_spelling', 'host', 'http://127.0.0.1:3000/'],
  ['http://0x7f.0.0.1/', 'host_ipv4_spelling', 'host', 'http://127.0.0.1/'],
  ['http://2130706433/', 'host_ipv4_spelling', 'host', 'http://127.0.0.1/'],
  ['http://0177.0.0.1/', 'host_ipv4_spelling', 'host', 'http://127.0.0.1/'],
  ['http://127.0.0.256/', 'host_ipv4_spelling', 'host'],
  ['http://127.0.0.1.2/', 'host_ipv4_spelling', 'host'],
  ['http://[0:0:0:0:0:0:0:1]/', 'host_ipv6_spelling', 'host', 'http://[::1]/'],
  ['http://[::FFFF]/', 'host_ipv6_spelling', 'host', 'http://[::ffff]/'],
  ['http://[::ffff:127.0.0.1]/', 'host_ipv6_spelling', 'host', 'http://[::ffff:7f00:1]/'],
  ['http://[fe80::1%25eth0]/', 'host_ipv6_spelling', 'host'],
  ['http://[v1.x]/', 'host_ipv6_spelling', 'host'],
  ['http://[::1/', 'host_ipv6_spelling', 'host'],
  ['http://::1/', 'host_ipv6_spelling', 'host'],
  ['https://app.example.com:/cb', 'port_empty', 'port', 'https://app.example.com/cb'],
  ['https://app.example.com:0/cb', 'port_malformed', 'port'],
  ['https://app.example.com:08443/cb', 'port_malformed', 'port'],
  ['https://app.example.com:84a/cb', 'port_malformed', 'port'],
  ['https://app.example.com:65536/cb', 'port_out_of_range', 'port'],
  ['https://app.example.com:99999999999999999999/cb', 'port_out_of_range', 'port'],
  ['com.example.app://host:80/', 'port_on_custom_scheme', 'port', 'com.example.app://host/'],
  ['com.example.app:callback', 'path_rootless', 'path', 'com.example.app:/callback'],
  ['com.example.app:', 'path_rootless', 'path', 'com.example.app:/'],
  ['https://app.example.com/a/../b', 'path_dot_segment', 'path', 'https://app.example.com/b'],
  ['https://app.example.com/.', 'path_dot_segment', 'path', 'https://app.example.com/'],
  ['https://app.example.com/..;/b', 'path_dot_segment', 'path'],
  ['com.example.app:/a/../b', 'path_dot_segment', 'path', 'com.example.app:/b'],
  ['https://app.example.com/?', 'query_present', 'query', 'https://app.example.com/'],
  ['https://app.example.com/cb?a=b#c', 'query_present', 'query', 'https://app.example.com/cb'],
  ['https://app.example.com/#', 'fragment_present', 'fragment', 'https://app.example.com/'],
  ['https://app.example.com/cb#?', 'fragment_present', 'fragment', 'https://app.example.com/cb'],
];

for (const [text, code, part, suggestion] of refusals) {
  const shown = text.length > 80 ? `${text.slice(0, 40)}… (${text.length} characters)` : JSON.stringify(text);
  test(`${shown} is refused as ${code}`, () => {
    const problem = problemOf(text);
    assert.deepEqual([problem.code, problem.part, problem.suggestion], [code, part, suggestion]);
  });
}

test('every refusal is said in whole printable sentences of a bearable length', () => {
  for (const [text] of refusals) {
    const { message } = problemOf(text);
    assert.match(message, /^[\x20-\x7e…§]+\.$/, message);
    assert.ok(message.length <= 320, message);
  }
});

test('every suggestion is itself well-formed', () => {
  for (const [text] of refusals) {
    const { suggestion } = problemOf(text);
    if (suggestion !== undefined) assert.ok(parseRedirectUri(suggestion).ok, suggestion);
  }
});

test('a URI of the greatest length is accepted, one character more is not', () => {
  const longest = 'https://app.example.com/'.padEnd(longestRedirectUri, 'a');
  assert.ok(parseRedirectUri(longest).ok);
  assert.equal(problemOf(`${longest}a`).code, 'too_long');
});
