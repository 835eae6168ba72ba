import assert from 'node:assert/strict';
import { fifty, type Race, statuses } from '../race.ts';

/** A retry within ten seconds gets the same pair again (docs/refresh-tokens.md): so do all of a race. */
export const refresh: Race = {
  title: 'a refresh token that rotates has one successor, which everybody gets',
  async prepare(arena) {
    const app = await arena.app({ rotate: true });
    const { refreshToken } = await arena.pair(arena.owner, app);
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...app.client };
    return {
      requests: fifty((lane) => ({ path: lane % 2 === 0 ? '/v2/token' : '/oauth2/token', form })),
      async judge(answers) {
        assert.equal(statuses(answers), '200 × 50');
        const successors = new Set(answers.map(({ body }) => `${body.access_token} ${body.refresh_token}`));
        assert.equal(successors.size, 1);
        assert.equal(await arena.isLive(answers[0]?.body.access_token), true);
        const rows = await arena.query(
          `select 1 from refresh_tokens where client_id = '${app.clientId}' and revoked_at is null and rotated_at is null`,
        );
        assert.equal(rows.length, 1, 'one refresh token lives');
        await arena.drop(app);
      },
    };
  },
};
