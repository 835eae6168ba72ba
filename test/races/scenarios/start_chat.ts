import assert from 'node:assert/strict';
import { fifty, oneWinner, type Race } from '../race.ts';
import { asAgent, asCustomer, customerOf } from './customer.ts';

/** Docs: messaging#chatting-as-customer: one chat for a customer, with one active thread at most. */
export const startChat: Race = {
  title: 'a customer has one chat, whoever starts it',
  async prepare(arena) {
    const { id, token } = await customerOf(arena);
    const byCustomer = asCustomer(arena, token, 'start_chat', {});
    const byAgent = asAgent(arena, 'start_chat', { chat: { users: [{ id, type: 'customer' }] } });
    return {
      requests: fifty((lane) => (lane % 5 === 0 ? byAgent : byCustomer)),
      async judge(answers) {
        oneWinner(answers, ({ status }) => status === 200, [400, 409, 422]);
        const chats = await arena.query(`select 1 from chats where customer_id = '${id}'`);
        assert.equal(chats.length, 1);
      },
    };
  },
};

export const resumeChat: Race = {
  title: 'a chat has one active thread, whoever resumes it',
  async prepare(arena) {
    const { token } = await customerOf(arena);
    const started = await arena.send(asCustomer(arena, token, 'start_chat', { active: false }));
    assert.equal(started.status, 200, started.text);
    const chat = { chat: { id: started.body.chat_id } };
    const byCustomer = asCustomer(arena, token, 'resume_chat', chat);
    const byAgent = asAgent(arena, 'resume_chat', chat);
    return {
      requests: fifty((lane) => (lane % 5 === 0 ? byAgent : byCustomer)),
      async judge(answers) {
        const won = oneWinner(answers, ({ status }) => status === 200, [400, 409, 422]);
        const seen = await arena.send(asCustomer(arena, token, 'get_chat', { chat_id: chat.chat.id }));
        assert.equal(seen.body.thread.id, won.body.thread_id);
        assert.equal(seen.body.thread.active, true);
      },
    };
  },
};
