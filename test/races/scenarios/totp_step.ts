import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import type { Browser } from '../../support/browser_session.ts';
import { secretIn } from '../../support/factors.ts';
import { PASSWORD } from '../arena.ts';
import { formOf } from '../forms.ts';
import { fifty, oneWinner, type Race } from '../race.ts';

const code = (secret: string, stepsAhead: number) =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + stepsAhead * 30_000 });

/** RFC 6238 §5.2: a code is good once, also for two browsers that both know the password. */
export const totpStep: Race = {
  title: 'a code of an authenticator app opens one session',
  ordinaryRounds: { count: 4, because: 'each needs four logins, and so four hashes' },
  async prepare(arena) {
    const { email } = arena.spare();
    const own = arena.stranger();
    await own.logIn(email, PASSWORD);
    const page = await own.get('/account/two-step');
    const secret = secretIn(page.text);
    const setUp = await formOf(own, page, { code: code(secret, 0) }, '/account/two-step');
    assert.equal((await arena.send(setUp)).status, 200);

    const attempt = async () => {
      const browser: Browser = arena.stranger();
      await browser.submit('/signin', { email, password: PASSWORD });
      // The next step's code, which is taken already: the one of this step set it up.
      return formOf(browser, '/signin/verify', { code: code(secret, 1) });
    };
    const attempts = await Promise.all([attempt(), attempt(), attempt()]);
    return {
      requests: fifty((lane) => attempts[lane % attempts.length] ?? attempts[0]),
      judge(answers) {
        const inside = (location: string | undefined) => location === '/console';
        // A loser of the same browser is asked to log in again; past ten tries everybody has to wait.
        oneWinner(answers, ({ location }) => inside(location), [303, 401, 429]);
      },
    };
  },
};
