import type { Seed } from '../../domain/seeding/seed_schema.ts';

/** Credentials of the demo, which everybody may know: it runs on one's own machine and holds made-up data. */
export const demo = {
  organizationId: '390e44e6-f1e6-4368-8f6d-74a145080001',
  licenseId: 1001,
  password: 'seven cups before noon',
  owner: { id: 'b7eff798-f8df-4364-8059-649c35c9ed01', email: 'owner@acme.test' },
  administrator: { id: 'b7eff798-f8df-4364-8059-649c35c9ed02', email: 'admin@acme.test' },
  agent: { id: 'b7eff798-f8df-4364-8059-649c35c9ed03', email: 'agent@acme.test' },
  serverSideApp: {
    id: '5d1e7f3a-9a3c-4c0b-8a55-0d6f3c7b1e01',
    clientId: '81e8a326ec4a63252faa0ae6f660c0c8',
    clientSecret: 'demo-secret-of-list-chats-0000',
    redirectUri: 'http://127.0.0.1:8700/callback',
  },
  javascriptApp: {
    id: '5d1e7f3a-9a3c-4c0b-8a55-0d6f3c7b1e02',
    clientId: '0b3fd7c2a4e94f6f8a1d5c6e7f809112',
    redirectUri: 'http://127.0.0.1:8700/callback',
  },
  personalAccessToken: 'dal:demo-personal-access-token',
} as const;

/** The data of `npm run demo`: a shop for coffee machines and its conversations. */
export const demoSeed: Seed = {
  organizations: [
    {
      id: demo.organizationId,
      name: 'Acme Coffee',
      license_id: demo.licenseId,
      accounts: [
        { ...demo.owner, name: 'Olivia Owner', password: demo.password, role: 'owner', groups: [1, 2] },
        {
          ...demo.administrator,
          name: 'Adam Admin',
          password: demo.password,
          role: 'administrator',
          groups: [2],
        },
        { ...demo.agent, name: 'Aneta Agent', password: demo.password, role: 'member', groups: [1] },
        {
          id: 'b7eff798-f8df-4364-8059-649c35c9ed04',
          email: 'sam@acme.test',
          name: 'Sam Support',
          password: demo.password,
          role: 'member',
          groups: [2],
        },
      ],
      groups: [
        { id: 1, name: 'Sales' },
        { id: 2, name: 'Support' },
      ],
      apps: [
        {
          id: demo.serverSideApp.id,
          name: 'List Chats',
          short_description: 'Shows the latest chats of the team: the app of the walk.',
          visibility: 'private',
          installed: true,
          blocks: {
            authorization: {
              clientId: demo.serverSideApp.clientId,
              clientSecret: demo.serverSideApp.clientSecret,
              type: 'server_side_app',
              profile: 'compatible',
              redirectUri: `${demo.serverSideApp.redirectUri},https://www.example.com/`,
              scopes: [
                { scope: 'chats--all:ro', required: true },
                { scope: 'chats--all:rw', required: false },
                { scope: 'customers:own', required: false },
                { scope: 'openid', required: false },
                { scope: 'profile', required: false },
                { scope: 'email', required: false },
              ],
            },
          },
        },
        {
          id: demo.javascriptApp.id,
          name: 'Chat Board',
          short_description: 'A board of open chats that runs in the browser, with PKCE.',
          visibility: 'private',
          installed: true,
          blocks: {
            authorization: {
              clientId: demo.javascriptApp.clientId,
              type: 'javascript_app',
              profile: 'compatible',
              redirectUri: `${demo.javascriptApp.redirectUri},https://www.example.com/`,
              scopes: [
                { scope: 'chats--access:ro', required: true },
                { scope: 'customers:own', required: false },
              ],
            },
          },
        },
      ],
      personal_access_tokens: [
        {
          account: demo.owner.email,
          name: 'Command line',
          token: demo.personalAccessToken,
          scopes: ['chats--all:ro', 'chats--all:rw'],
        },
      ],
      sample_chats: 48,
    },
  ],
};
