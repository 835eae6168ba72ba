import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { customerOf, isPresent, isUnread, lastEvent } from './summaries.ts';
import type { ChatEvent, ChatSummary } from './wire.ts';

const ME = 'mira@example.test';

function summary(more: { events?: Partial<ChatEvent>[]; active?: boolean; seen?: string }): ChatSummary {
  const events = (more.events ?? []).map((event, n) => ({
    id: `T_${n}`,
    type: 'message',
    author_id: 'customer',
    created_at: '2026-01-01',
    ...event,
  }));
  return {
    id: 'C',
    users: [
      { id: 'customer', type: 'customer' },
      { id: ME, type: 'agent', present: true, ...(more.seen ? { events_seen_up_to: more.seen } : {}) },
      { id: 'gone@example.test', type: 'agent', present: false },
    ],
    last_event_per_type: Object.fromEntries(events.map((event) => [event.type, { thread_id: 'T', event }])),
    last_thread_summary: { id: 'T', active: more.active ?? true, created_at: '2026-01-01', user_ids: [] },
  };
}

describe('what the list of chats tells of one', () => {
  it('is the newest that somebody wrote', () => {
    const chat = summary({
      events: [
        { type: 'message', created_at: '2026-01-01', text: 'old' },
        { type: 'file', created_at: '2026-01-02' },
        { type: 'system_message', created_at: '2026-01-03' },
      ],
    });
    assert.equal(lastEvent(chat)?.type, 'file');
    assert.equal(lastEvent(summary({})), undefined);
    assert.equal(customerOf(chat.users)?.id, 'customer');
  });

  it('is unread while it is open and newer than what was seen here or elsewhere', () => {
    const events = [{ created_at: '2026-01-05' }];
    const cases: [ChatSummary, string | undefined, boolean][] = [
      [summary({ events }), undefined, true],
      [summary({ events }), '2026-01-05', false],
      [summary({ events }), '2026-01-04', true],
      [summary({ events, seen: '2026-01-05' }), undefined, false],
      [summary({ events, seen: '2026-01-05' }), '2026-01-01', false],
      [summary({ events, active: false }), undefined, false],
      [summary({ events: [{ created_at: '2026-01-05', author_id: ME }] }), undefined, false],
      [summary({}), undefined, false],
    ];
    for (const [chat, seen, unread] of cases) assert.equal(isUnread(chat, ME, seen), unread);
  });

  it('knows who is in the chat now', () => {
    const { users } = summary({});
    assert.equal(isPresent(users, ME), true);
    assert.equal(isPresent(users, 'gone@example.test'), false);
    assert.equal(isPresent(users, 'nobody@example.test'), false);
  });
});
