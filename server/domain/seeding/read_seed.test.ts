import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GatehouseError } from '../../kernel/errors.ts';
import { readSeed } from './read_seed.ts';
import type { Seed } from './seed_schema.ts';

/** The example of the documentation. */
const example: Seed = {
  organizations: [
    {
      id: '390e44e6-f1e6-4368-8f6d-74a145080001',
      name: 'Acme',
      license_id: 1001,
      accounts: [
        { email: 'owner@acme.test', name: 'Olivia Owner', password: 'correct horse battery', role: 'owner' },
        { email: 'admin@acme.test', password: 'correct horse battery', role: 'administrator' },
        {
          email: 'agent@acme.test',
          password: 'correct horse battery',
          role: 'member',
          chat_role: 'normal',
          groups: [0],
        },
      ],
      groups: [{ id: 1, name: 'Sales' }],
      apps: [
        {
          name: 'List Chats',
          visibility: 'private',
          blocks: {
            authorization: {
              clientId: '81e8a326ec4a63252faa0ae6f660c0c8',
              clientSecret: 'a secret of eight',
              type: 'server_side_app',
              profile: 'compatible',
              redirectUri: 'http://127.0.0.1:8700/callback,https://www.example.com/',
              scopes: [{ scope: 'chats--all:ro', required: true }],
            },
          },
        },
      ],
      personal_access_tokens: [
        { account: 'owner@acme.test', name: 'ci', token: 'dal:0123456789abcdef', scopes: ['chats--all:ro'] },
      ],
      sample_chats: 25,
    },
  ],
};

// biome-ignore lint/suspicious/noExplicitAny: seeds are spoiled in every way
type Spoil = (organization: any, seed: any) => void;

function problemsOf(spoil: Spoil): Record<string, string> {
  const seed = structuredClone(example);
  spoil(seed.organizations[0], seed);
  try {
    readSeed(seed);
  } catch (error) {
    assert.ok(error instanceof GatehouseError && error.code === 'validation', String(error));
    return Object.fromEntries(error.fields.map(({ field, message }) => [field, message]));
  }
  return {};
}

describe('reading a seed', () => {
  it('takes the example of the documentation', () => {
    assert.deepEqual(readSeed(structuredClone(example)), example);
  });

  it('needs nothing but organizations with a name', () => {
    assert.deepEqual(readSeed({ organizations: [{ name: 'Acme' }] }), { organizations: [{ name: 'Acme' }] });
  });

  const at = 'organizations[0]';
  const block = `${at}.apps[0].blocks.authorization`;
  const wrong: [string, Spoil, string, RegExp][] = [
    ['no organizations', (_, seed) => delete seed.organizations, 'organizations', /is missing/],
    ['an empty list of organizations', (_, seed) => (seed.organizations = []), 'organizations', /at least 1/],
    [
      'a key of the top that does not exist',
      (_, seed) => (seed.organisations = []),
      'organisations',
      /Did you mean organizations\?/,
    ],
    [
      'a key that is spelled otherwise',
      (o) => (o.licence_id = 1),
      `${at}.licence_id`,
      /Did you mean license_id\?/,
    ],
    [
      'a key of another case',
      (o) => (o.apps[0].blocks.authorization.clientID = 'x'),
      `${block}.clientID`,
      /Did you mean clientId\?/,
    ],
    ['a missing name', (o) => delete o.name, `${at}.name`, /is missing\. Shown to people/],
    ['a number as a name', (o) => (o.name = 5), `${at}.name`, /is 5; it should be a string/],
    ['an id that is no UUID', (o) => (o.id = 'acme'), `${at}.id`, /"acme".*UUID in small letters/],
    ['a license id of 0', (o) => (o.license_id = 0), `${at}.license_id`, /is 0; it should be at least 1/],
    [
      'an unknown role',
      (o) => (o.accounts[0].role = 'boss'),
      `${at}.accounts[0].role`,
      /"boss"; it should be "owner", "administrator" or "member"/,
    ],
    [
      'a short password',
      (o) => (o.accounts[0].password = 'short'),
      `${at}.accounts[0].password`,
      /at least 8 characters/,
    ],
    [
      'an e-mail that is none',
      (o) => (o.accounts[1].email = 'admin'),
      `${at}.accounts[1].email`,
      /not an e-mail address/,
    ],
    [
      'an e-mail twice',
      (o) => (o.accounts[1].email = 'Owner@acme.test'),
      `${at}.accounts[1].email`,
      /as is organizations\[0\]\.accounts\[0\]\.email/,
    ],
    ['no owner', (o) => (o.accounts[0].role = 'member'), `${at}.accounts`, /has no owner/],
    [
      'a group that is not there',
      (o) => (o.accounts[2].groups = [7]),
      `${at}.accounts[2].groups[0]`,
      /no such group.*Its groups: 0, 1/,
    ],
    [
      'a client id that is none',
      (o) => (o.apps[0].blocks.authorization.clientId = 'ABC'),
      `${block}.clientId`,
      /32 hexadecimal digits/,
    ],
    [
      'a server-side app without a secret',
      (o) => delete o.apps[0].blocks.authorization.clientSecret,
      `${block}.clientSecret`,
      /is missing/,
    ],
    [
      'a JavaScript app with a secret',
      (o) => (o.apps[0].blocks.authorization.type = 'javascript_app'),
      `${block}.clientSecret`,
      /must be left out/,
    ],
    [
      'a redirect URI with a fragment',
      (o) => (o.apps[0].blocks.authorization.redirectUri = 'https://a.example/,https://b.example/#x'),
      `${block}.redirectUri[1]`,
      /fragment/,
    ],
    [
      'an address after signing out with a query',
      (o) =>
        (o.apps[0].blocks.authorization.postLogoutRedirectUri = 'https://a.example/,https://b.example/?x'),
      `${block}.postLogoutRedirectUri[1]`,
      /query/,
    ],
    [
      'a scope that does not exist',
      (o) => (o.apps[0].blocks.authorization.scopes[0].scope = 'chats:ro'),
      `${block}.scopes[0].scope`,
      /is not a scope/,
    ],
    [
      'a scope in capitals',
      (o) => (o.apps[0].blocks.authorization.scopes[0].scope = 'Chats--All:ro'),
      `${block}.scopes[0].scope`,
      /Did you mean chats--all:ro\?/,
    ],
    [
      'a client id of two apps',
      (o) => o.apps.push({ ...structuredClone(o.apps[0]), name: 'Other' }),
      `${at}.apps[1].blocks.authorization.clientId`,
      /each needs its own/,
    ],
    [
      'a token of nobody',
      (o) => (o.personal_access_tokens[0].account = 'x@y.test'),
      `${at}.personal_access_tokens[0].account`,
      /no such account.*owner@acme\.test/,
    ],
    [
      'a token that can be guessed',
      (o) => (o.personal_access_tokens[0].token = 'short'),
      `${at}.personal_access_tokens[0].token`,
      /16 to 255/,
    ],
    [
      'a scope that the role does not allow',
      (o) => {
        o.personal_access_tokens[0].account = 'agent@acme.test';
        o.personal_access_tokens[0].scopes = ['access_rules:rw'];
      },
      `${at}.personal_access_tokens[0].scopes[0]`,
      /roles of agent@acme\.test do not allow/,
    ],
    ['too many sample chats', (o) => (o.sample_chats = 1e9), `${at}.sample_chats`, /at most 100000/],
    [
      'a customer who is nobody',
      (o) => (o.customers = [{}]),
      `${at}.customers[0]`,
      /give it an id, an email or a name/,
    ],
    [
      'a chat with an unknown customer',
      (o) => (o.chats = [{ id: 'a', customer: 'x' }]),
      `${at}.chats[0].customer`,
      /one of the organization's customers/,
    ],
    [
      'two chats of one customer',
      (o) => {
        o.customers = [{ email: 'c@d.test' }];
        o.chats = [
          { id: 'a', customer: 'c@d.test' },
          { id: 'b', customer: 'C@d.test' },
        ];
      },
      `${at}.chats[1].customer`,
      /each needs its own/,
    ],
    [
      'an open thread before another',
      (o) => (o.chats = [{ id: 'a', threads: [{ open: true }, {}] }]),
      `${at}.chats[0].threads[0].open`,
      /only the last thread/,
    ],
    [
      'an event of nobody',
      (o) => (o.chats = [{ id: 'a', threads: [{ events: [{ author: 'x@y.test', text: 'Hi' }] }] }]),
      `${at}.chats[0].threads[0].events[0].author`,
      /no such account/,
    ],
    [
      'a message without text',
      (o) => (o.chats = [{ id: 'a', threads: [{ events: [{ author: 'owner@acme.test' }] }] }]),
      `${at}.chats[0].threads[0].events[0].text`,
      /missing|required|needs/i,
    ],
    [
      'a moment that is none',
      (o) => (o.chats = [{ id: 'a', threads: [{ created_at: 'yesterday' }] }]),
      `${at}.chats[0].threads[0].created_at`,
      /2026-01-31T07:11:28Z/,
    ],
    [
      'an id of sample chats',
      (o) => (o.chats = [{ id: 'sample-0001' }]),
      `${at}.chats[0].id`,
      /choose another/,
    ],
  ];
  for (const [title, spoil, field, words] of wrong)
    it(`refuses ${title}, and says where and what would be right`, () => {
      const problems = problemsOf(spoil);
      assert.match(problems[field] ?? JSON.stringify(problems), words);
      assert.ok(field in problems, `among ${Object.keys(problems)}`);
    });

  it('refuses what is no object', () => {
    for (const input of [null, [], 'organizations', 5])
      assert.throws(
        () => readSeed(input),
        (error: GatehouseError) => {
          assert.match(error.fields[0]?.message ?? '', /it should be an object/);
          return true;
        },
      );
  });

  it('does not say a secret again', () => {
    const problems = problemsOf((organization) => {
      organization.accounts[0].password = 'hush';
      organization.apps[0].blocks.authorization.clientSecret = 'hush';
      organization.personal_access_tokens[0].token = 'hush';
    });
    assert.equal(Object.keys(problems).length, 3);
    assert.doesNotMatch(JSON.stringify(problems), /hush/);
  });
});
