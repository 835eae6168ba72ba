import assert from 'node:assert/strict';
import { formOf } from '../forms.ts';
import { fifty, oneWinner, type Race } from '../race.ts';

export const emailConfirmation: Race = {
  title: 'a link that confirms an e-mail address does so once',
  async prepare(arena, round) {
    const { browser, email } = await arena.person(round);
    const asked = await arena.send(await formOf(browser, '/account', {}, '/account/resend-confirmation'));
    assert.equal(asked.status, 303, asked.text);
    const token = await arena.mailed(email, '/confirm-email');
    const request = await formOf(arena.stranger(), `/confirm-email?token=${token}`, {});
    return {
      requests: fifty(() => request),
      judge: (answers) => void oneWinner(answers, ({ status }) => status === 200, [404]),
    };
  },
};
