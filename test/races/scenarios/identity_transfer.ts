import assert from 'node:assert/strict';
import { bearer } from '../apps.ts';
import { fifty, oneWinner, type Race } from '../race.ts';
import { customerOf } from './customer.ts';

export const identityTransfer: Race = {
  title: 'an identity transfer token carries a customer over once',
  async prepare(arena) {
    const { app } = arena.chats;
    const customer = await customerOf(arena);
    const { status, body, text } = await arena.send({
      path: '/v2/customer/identity_transfer',
      headers: bearer(customer.token),
      json: { bearer_type: 'customer', client_id: app.clientId },
    });
    assert.equal(status, 200, text);
    const json = {
      grant_type: 'identity_transfer',
      client_id: app.clientId,
      code: body.identity_transfer_token,
    };
    return {
      requests: fifty(() => ({ path: '/v2/customer/token', json })),
      judge(answers) {
        const winner = oneWinner(answers, (answer) => answer.status === 200, [400]);
        assert.equal(winner.body.entity_id, customer.id);
      },
    };
  },
};
