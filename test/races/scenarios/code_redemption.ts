import assert from 'node:assert/strict';
import { fifty, oneWinner, type Race } from '../race.ts';

/** RFC 6749 §4.1.2, on both dialects at once. */
export const codeRedemption: Race = {
  title: 'a code is redeemed once, and what it brought dies with the second try',
  async prepare(arena) {
    const { owner, shared } = arena;
    const request = arena.exchange(shared, await arena.code(owner, shared));
    return {
      requests: fifty((lane) => ({ ...request, path: lane % 2 === 0 ? '/v2/token' : '/oauth2/token' })),
      async judge(answers) {
        const { body } = oneWinner(answers, ({ status }) => status === 200, [400]);
        assert.equal(await arena.isLive(body.access_token), false);
      },
    };
  },
};
