import assert from 'node:assert/strict';
import { fifty, oneWinner, type Race } from '../race.ts';

const DELETERS = [11, 12, 30];

export const deleteApp: Race = {
  title: 'an app that is deleted while it gets tokens leaves none that works',
  ordinaryRounds: { count: 8, because: 'each needs an app of its own and codes for it' },
  async prepare(arena) {
    const { owner } = arena;
    const app = await arena.app({ bot: true });
    const before = await arena.pair(owner, app);
    const codes = await arena.codes(owner, app, 16);
    const name = { name: app.name };
    const deleting = await arena.consoleRequest(owner, 'DELETE', `/apps/${app.id}`, name);
    const asBot = arena.asBot(app);
    const refreshing = {
      path: '/v2/token',
      form: { grant_type: 'refresh_token', refresh_token: before.refreshToken, ...app.client },
    };
    const authorizing = arena.authorization(owner, app);
    return {
      requests: fifty((lane) => {
        if (DELETERS.includes(lane)) return deleting;
        const code = lane % 3 === 0 ? codes.pop() : undefined;
        if (code !== undefined) return arena.exchange(app, code);
        if (lane % 6 === 4) return authorizing;
        return lane % 3 === 1 ? refreshing : asBot;
      }),
      async judge(answers) {
        const deleted = answers.filter((_, lane) => DELETERS.includes(lane));
        oneWinner(deleted, ({ status }) => status === 204, [404]);
        for (const { status, text } of answers)
          assert.ok([200, 204, 303, 400, 401, 404].includes(status), `${status}: ${text}`);
        const issued = answers.map(({ body }) => body?.access_token).filter(Boolean);
        await arena.untilDead([before.accessToken, ...issued]);
        const left = await arena.query(
          `select 1 from access_tokens where client_id = '${app.clientId}' and revoked_at is null
           union all select 1 from refresh_tokens where client_id = '${app.clientId}' and revoked_at is null`,
        );
        assert.equal(left.length, 0, 'a token outlived its app');
      },
    };
  },
};
