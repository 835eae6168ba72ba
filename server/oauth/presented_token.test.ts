import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPresentedToken } from './presented_token.ts';

const TOKEN = `dal:a${'Ab3_-'.repeat(8)}xyz`;
const REFRESH = TOKEN.slice(4).replace('a', 'r');
const ACCOUNT = '390e44e6-f1e6-4368-8f6d-74a145080001';
const basic = (pair: string) => Buffer.from(pair).toString('base64');

describe('what a person pastes for a token', () => {
  for (const [what, pasted, text, notes, accountId] of [
    ['the token alone', TOKEN, TOKEN, []],
    ['a refresh token, which could be Base64', REFRESH, REFRESH, []],
    ['with white space around', `\n ${TOKEN} `, TOKEN, []],
    ['broken by a terminal', `${TOKEN.slice(0, 20)}\n  ${TOKEN.slice(20)}`, TOKEN, ['white_space']],
    ['with %3A', TOKEN.replace(':', '%3A'), TOKEN, ['percent_encoded']],
    ['with %3a', TOKEN.replace(':', '%3a'), TOKEN, ['percent_encoded']],
    ['with Bearer', `Bearer ${TOKEN}`, TOKEN, ['bearer']],
    ['as a header', `Authorization: bearer ${TOKEN}`, TOKEN, ['header_name', 'bearer']],
    ['a quoted header', `'Authorization: Bearer ${TOKEN}'`, TOKEN, ['quotes', 'header_name', 'bearer']],
    ['as Basic', `Basic ${basic(`${ACCOUNT}:${TOKEN}`)}`, TOKEN, ['basic'], ACCOUNT],
    ['as the Base64 alone', basic(`${ACCOUNT}:${TOKEN}`), TOKEN, ['basic'], ACCOUNT],
    ['as curl -u takes it', `${ACCOUNT.toUpperCase()}:${TOKEN}`, TOKEN, ['pair'], ACCOUNT],
    ['a client id and its secret as Basic', `Basic ${basic('cafe:secret')}`, 'secret', ['basic']],
    [
      'an address that came back',
      `http://127.0.0.1/cb?code=${TOKEN.replace(':', '%3A')}&state=1`,
      TOKEN,
      ['from_address', 'percent_encoded'],
    ],
    ['a fragment', `https://app.test/#access_token=${TOKEN}&scope=x`, TOKEN, ['from_address']],
    ['nothing', '  ', '', []],
    ['Basic without a pair', 'Basic !!!', '', ['basic']],
  ] as const)
    it(`reads ${what}`, () => {
      assert.deepEqual(readPresentedToken(pasted), { text, accountId, notes });
    });
});
