import assert from 'node:assert/strict';
import { bearer, LIST_CHATS } from '../apps.ts';
import { fifty, oneWinner, type Race, until } from '../race.ts';

const CHANGERS = [11, 12, 13, 30];

export const roleChange: Race = {
  title: 'a role that is taken away while tokens are issued is in none of them',
  async prepare(arena, round) {
    const { shared } = arena;
    const person = await arena.person(round);
    const path = `/people/${person.accountId}`;
    const listed = await arena.console(arena.owner, 'GET', `/people?search=${person.email}`);
    const { version } = listed.body.people[0];
    const before = await arena.pair(person, shared);
    const codes = await arena.codes(person, shared, 16);
    const changing = await arena.consoleRequest(arena.owner, 'PATCH', path, { version, chat_role: 'normal' });
    const list = (token: string) => ({ path: LIST_CHATS, headers: bearer(token), json: {} });
    const isForAll = async (token: string, server: number): Promise<boolean> => {
      const form = { token, ...shared.client };
      const { body } = await arena.send({ path: '/oauth2/introspect', form }, server);
      return String(body.scope).includes('chats--all');
    };
    assert.equal(await isForAll(before.accessToken, 0), true);
    return {
      requests: fifty((lane) => {
        if (CHANGERS.includes(lane)) return changing;
        const code = lane % 3 === 0 ? codes.pop() : undefined;
        return code === undefined ? list(before.accessToken) : arena.exchange(shared, code);
      }),
      async judge(answers) {
        const changed = answers.filter((_, lane) => CHANGERS.includes(lane));
        oneWinner(changed, ({ status }) => status === 200, [409]);
        for (const { status, text } of answers)
          assert.ok([200, 400, 403, 409].includes(status), `${status}: ${text}`);
        const issued = answers.map(({ body }) => body?.access_token).filter(Boolean);
        for (const token of [before.accessToken, ...issued.slice(-5)])
          for (const [server] of arena.urls.entries())
            await until('the role is followed', async () => !(await isForAll(token, server)));
        // As they were, for the scenarios that follow.
        const back = { version: version + 1, chat_role: 'administrator' };
        await arena.console(arena.owner, 'PATCH', path, back);
      },
    };
  },
};
