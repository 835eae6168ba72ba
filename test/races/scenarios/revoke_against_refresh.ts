import assert from 'node:assert/strict';
import { fifty, type Race } from '../race.ts';

const REVOKERS = [9, 10, 25, 40];

/** RFC 7009 §2.1: once a refresh token is revoked, nothing that came from it works. */
export const revokeAgainstRefresh: Race = {
  title: 'a refresh token that is revoked while it is used leaves no access token that works',
  async prepare(arena, round) {
    const app = await arena.app({ rotate: round % 2 === 0 });
    const first = await arena.pair(arena.owner, app);
    const refreshing = {
      path: '/v2/token',
      form: { grant_type: 'refresh_token', refresh_token: first.refreshToken, ...app.client },
    };
    const revoking = { path: '/oauth2/revoke', form: { token: first.refreshToken, ...app.client } };
    return {
      requests: fifty((lane) => (REVOKERS.includes(lane) ? revoking : refreshing)),
      async judge(answers) {
        const issued = [first.accessToken];
        for (const [lane, { status, body, text }] of answers.entries()) {
          if (REVOKERS.includes(lane)) assert.equal(status, 200, text);
          else assert.ok(status === 200 || status === 400, `a refresh was answered with ${status}: ${text}`);
          if (body?.access_token) issued.push(body.access_token);
        }
        await arena.untilDead(issued);
        const live = await arena.query(
          `select 1 from access_tokens where client_id = '${app.clientId}' and revoked_at is null`,
        );
        assert.equal(live.length, 0);
        assert.equal((await arena.send(refreshing)).status, 400);
        await arena.drop(app);
      },
    };
  },
};
