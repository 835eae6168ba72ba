import assert from 'node:assert/strict';
import { formOf } from '../forms.ts';
import { fifty, oneWinner, type Race } from '../race.ts';

export const invitation: Race = {
  title: 'an invitation is accepted once',
  async prepare(arena, round) {
    const { accountId, browser, email } = await arena.person(round);
    await arena.console(arena.neighbour, 'POST', '/invitations', {
      emails: [email],
      role: 'member',
      chat_role: 'normal',
    });
    const token = await arena.mailed(email, '/invitation');
    const request = await formOf(browser, `/invitation?token=${token}`, {}, '/invitation/accept');
    return {
      requests: fifty(() => request),
      async judge(answers) {
        oneWinner(answers, ({ status, location }) => status === 303 && location === '/console', [404]);
        const joined = await arena.query(
          `select 1 from audit_log where action = 'invitation.accepted' and account_id = '${accountId}'`,
        );
        assert.equal(joined.length, 1);
      },
    };
  },
};
