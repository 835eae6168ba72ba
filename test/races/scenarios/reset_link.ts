import assert from 'node:assert/strict';
import { formOf } from '../forms.ts';
import { fifty, oneWinner, type Race } from '../race.ts';

export const resetLink: Race = {
  title: 'a link to a new password sets one',
  ordinaryRounds: { count: 1, because: 'each of the fifty costs the hash of a password' },
  alone: true,
  async prepare(arena, round) {
    const { accountId, email } = arena.spare();
    const stranger = arena.stranger();
    const from = `10.1.${round >> 8}.${round & 255}`;
    const asked = await arena.send({
      ...(await formOf(stranger, '/forgot-password', { email })),
      from,
    });
    assert.equal(asked.status, 200, asked.text);
    const token = await arena.mailed(email, '/reset-password');
    const request = await formOf(stranger, `/reset-password?token=${token}`, {});
    return {
      requests: fifty((lane) => ({
        ...request,
        form: { ...request.form, password: `number ${lane} correct horse battery staple` },
      })),
      async judge(answers) {
        oneWinner(answers, ({ status, location }) => status === 303 && location === '/signin?reset=1', [404]);
        const told = await arena.query(
          `select 1 from audit_log where action = 'password.changed' and account_id = '${accountId}'`,
        );
        assert.equal(told.length, 1, 'the password changed once');
      },
    };
  },
};
