import assert from 'node:assert/strict';
import { hiddenFields } from '../../support/browser_session.ts';
import { formOf } from '../forms.ts';
import { fifty, oneWinner, type Race } from '../race.ts';

/** RFC 8628 §3.4: as for a code. */
export const deviceCode: Race = {
  title: "a device's code brings one pair of tokens, which dies with the second try",
  async prepare(arena, round) {
    const { shared } = arena;
    const { browser } = await arena.person(round);
    // People who type codes are counted by their address.
    const from = `10.3.${round >> 8}.${round & 255}`;
    const started = await arena.send({
      path: '/oauth2/device_authorization',
      form: { ...shared.client, scope: 'chats--all:rw' },
    });
    assert.equal(started.status, 200, started.text);
    const answer = { user_code: started.body.user_code, organization_id: arena.organizationId };
    const typed = { ...(await formOf(browser, '/device', answer)), from };
    const asked = await arena.send(typed);
    const decided = await arena.send({
      ...typed,
      form: { ...answer, ...hiddenFields(asked.text), decision: 'allow' },
    });
    assert.match(decided.text, /Your device is connected/);
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: started.body.device_code,
      ...shared.client,
    };
    return {
      requests: fifty(() => ({ path: '/oauth2/token', form })),
      async judge(answers) {
        const { body } = oneWinner(answers, ({ status }) => status === 200, [400]);
        assert.equal(await arena.isLive(body.access_token), false);
      },
    };
  },
};
