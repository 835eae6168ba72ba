import assert from 'node:assert/strict';
import { fifty, type Race, statuses } from '../race.ts';

const CAP = 25;

export const tokenCap: Race = {
  title: 'of fifty tokens that are issued at once twenty-five live',
  ordinaryRounds: { count: 5, because: 'each needs fifty authorizations, and a look at fifty tokens' },
  async prepare(arena) {
    const app = await arena.app();
    const codes = await arena.codes(arena.owner, app, 50);
    return {
      requests: fifty((lane) => arena.exchange(app, codes[lane] ?? '')),
      async judge(answers) {
        assert.equal(statuses(answers), '200 × 50');
        const live = await Promise.all(answers.map(({ body }) => arena.isLive(body.access_token)));
        assert.equal(live.filter(Boolean).length, CAP);
        const refreshers = await arena.query(
          `select 1 from refresh_tokens where client_id = '${app.clientId}' and revoked_at is null`,
        );
        assert.equal(refreshers.length, CAP);
        await arena.drop(app);
      },
    };
  },
};
