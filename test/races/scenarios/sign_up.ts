import assert from 'node:assert/strict';
import { formOf } from '../forms.ts';
import { fifty, oneWinner, type Race } from '../race.ts';

export const signUp: Race = {
  title: 'one of fifty signs up with an e-mail address',
  ordinaryRounds: { count: 1, because: 'each of the fifty costs the hash of a password' },
  alone: true,
  async prepare(arena, round) {
    const email = `newcomer${round}@races.test`;
    const fields = { name: 'New Comer', company: `Company ${round}`, password: 'a good long one for races' };
    const request = await formOf(arena.stranger(), '/signup', { email, ...fields });
    return {
      requests: fifty((lane) => ({
        ...request,
        // In any spelling; from everywhere, since sign-ups are limited by address.
        form: { ...request.form, email: lane % 2 === 0 ? email : email.toUpperCase() },
        from: `10.2.${round & 255}.${lane}`,
      })),
      async judge(answers) {
        oneWinner(answers, ({ status }) => status === 303, [400]);
        const made = await arena.query(`select 1 from organizations where name = 'Company ${round}'`);
        assert.equal(made.length, 1, 'one organization');
      },
    };
  },
};
