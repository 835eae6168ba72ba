import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { days } from '../../kernel/clock.ts';
import { type SampleContext, sampleChat } from './sample_chats.ts';
import { sampleScripts } from './sample_scripts.ts';

const context: SampleContext = {
  organizationId: '390e44e6-f1e6-4368-8f6d-74a145080001',
  licenseId: 1001,
  count: 60,
  now: 1_780_000_000_000_000,
  agents: [
    { id: 'ann@acme.test', name: 'Ann', groupIds: [0, 1] },
    { id: 'bob@acme.test', name: 'Bob', groupIds: [0, 2] },
  ],
  groups: [
    { id: 0, name: 'General' },
    { id: 1, name: 'Sales' },
    { id: 2, name: 'Customer Support' },
  ],
};
const chats = Array.from({ length: context.count }, (_, index) => sampleChat(context, index));

describe('sample chats', () => {
  it('are the same for the same organization, and others for another', () => {
    assert.deepEqual(sampleChat(context, 7), chats[7]);
    const other = sampleChat({ ...context, organizationId: '390e44e6-f1e6-4368-8f6d-74a145080002' }, 7);
    assert.notEqual(other.customer?.id, chats[7]?.customer?.id);
  });

  it('have ids of their own', () => {
    assert.equal(new Set(chats.map((chat) => chat.customId)).size, chats.length);
    assert.equal(new Set(chats.map((chat) => chat.customer?.id)).size, chats.length);
  });

  it('happened one thing after the other, in the last two months', () => {
    for (const chat of chats) {
      let at = context.now - days(60);
      for (const thread of chat.threads) {
        assert.ok(thread.createdAt > at, `${chat.customId}: threads follow each other`);
        at = thread.createdAt;
        for (const event of thread.events) {
          assert.ok(event.at >= at, `${chat.customId}: events follow each other`);
          at = event.at;
        }
        assert.ok((thread.closedAt ?? context.now) >= at);
        at = thread.closedAt ?? at;
      }
      assert.ok(at <= context.now);
    }
  });

  it('are open in the last thread only', () => {
    for (const chat of chats)
      for (const thread of chat.threads.slice(0, -1)) assert.ok(thread.closedAt !== undefined);
    assert.ok(chats.filter((chat) => chat.threads.at(-1)?.closedAt === undefined).length >= 15);
  });

  it('go to the group and the agents of their topic', () => {
    assert.deepEqual(new Set(chats.flatMap((chat) => chat.access)), new Set([0, 1, 2]));
    for (const chat of chats.filter(({ access }) => access?.[0] === 1))
      for (const thread of chat.threads) assert.deepEqual(thread.agentIds, ['ann@acme.test']);
  });

  it('leave no word unfilled', () => {
    const texts = chats.flatMap((chat) =>
      chat.threads.flatMap((thread) => thread.events.map(({ text }) => text ?? '')),
    );
    for (const text of texts) assert.doesNotMatch(text, /[{}]/);
    assert.ok(sampleScripts.length >= 25);
  });
});
