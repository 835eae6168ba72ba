import assert from 'node:assert/strict';
import { fifty, oneWinner, type Race, until } from '../race.ts';

const RETIRERS = [12, 13, 30];

export const secretRetirement: Race = {
  title: 'a client secret that is retired while it is used opens nothing afterwards',
  ordinaryRounds: { count: 10, because: 'each needs an app of its own and codes for it' },
  async prepare(arena) {
    const { owner } = arena;
    const app = await arena.app({ bot: true });
    await arena.console(owner, 'POST', `/apps/${app.id}/secrets`);
    const codes = await arena.codes(owner, app, 10);
    const retiring = await arena.consoleRequest(owner, 'DELETE', `/apps/${app.id}/secrets/${app.secretId}`);
    const asBot = arena.asBot(app);
    return {
      requests: fifty((lane) => {
        if (RETIRERS.includes(lane)) return retiring;
        const code = lane % 4 === 0 ? codes.pop() : undefined;
        return code === undefined ? asBot : arena.exchange(app, code);
      }),
      async judge(answers) {
        const retired = answers.filter((_, lane) => RETIRERS.includes(lane));
        oneWinner(retired, ({ status }) => status === 200, [404]);
        const others = answers.filter((_, lane) => !RETIRERS.includes(lane));
        for (const { status, text } of others)
          assert.ok(status === 200 || status === 401, `an exchange was answered with ${status}: ${text}`);
        for (const [server] of arena.urls.entries())
          await until('the secret is refused', async () => (await arena.send(asBot, server)).status === 401);
        // What a bot got by the secret dies with it; what a person allowed does not.
        const ofBot = others.filter(({ body }) => body.access_token && body.refresh_token === undefined);
        await arena.untilDead(ofBot.map(({ body }) => body.access_token));
        await arena.drop(app);
      },
    };
  },
};
