import assert from 'node:assert/strict';
import { fifty, type Race, statuses } from '../race.ts';
import { asAgent, asCustomer, customerOf } from './customer.ts';

interface Event {
  id: string;
  text?: string;
  created_at: string;
}

export const eventOrder: Race = {
  title: 'events of a thread are numbered in the order in which they were taken, each once',
  async prepare(arena) {
    const { id, token } = await customerOf(arena);
    const users = [{ id, type: 'customer' }];
    const started = await arena.send(asAgent(arena, 'start_chat', { chat: { users } }));
    assert.equal(started.status, 200, started.text);
    const { chat_id, thread_id } = started.body;
    return {
      requests: fifty((lane) => {
        const said = { chat_id, event: { type: 'message', text: `event ${lane}` } };
        return lane % 2 === 0
          ? asAgent(arena, 'send_event', said)
          : asCustomer(arena, token, 'send_event', said);
      }),
      async judge(answers) {
        assert.equal(statuses(answers), '200 × 50');
        const { body } = await arena.send(asCustomer(arena, token, 'get_chat', { chat_id, thread_id }));
        const events: Event[] = body.thread.events;
        const numbers = events.map(({ id }) => Number(id.slice(id.lastIndexOf('_') + 1)));
        for (let index = 1; index < events.length; index++) {
          assert.ok(Number(numbers[index]) > Number(numbers[index - 1]), `in order: ${numbers.join(' ')}`);
          assert.ok(String(events[index]?.created_at) >= String(events[index - 1]?.created_at));
        }
        for (const [lane, answer] of answers.entries()) {
          const said = events.filter(({ text }) => text === `event ${lane}`);
          assert.deepEqual(
            said.map(({ id }) => id),
            [answer.body.event_id],
          );
        }
      },
    };
  },
};
