import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { nextPageId, pageId, pageLimit, previousPageId, sortOrder } from '../../wire/page.ts';
import { agentSideThread } from '../../wire/thread.ts';
import { presentThreadToAgent } from '../present/thread.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, readScopes } from './actor.ts';

export const listThreads = agentMethod({
  name: 'list_threads',
  summary: "List a chat's threads with their events, the newest first.",
  description:
    '`min_events_count` takes as many of the newest threads as are needed for that many events; it stands for ' +
    '`limit` and cannot be sent along with it, nor with `filters`.',
  scopes: readScopes,
  input: Type.Object({
    chat_id: chatId,
    sort_order: Type.Optional(sortOrder),
    limit: Type.Optional(pageLimit(3, 100)),
    page_id: Type.Optional(pageId),
    min_events_count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    filters: Type.Optional(
      Type.Object({
        from: Type.Optional(Type.String({ description: 'Threads created then or later, RFC 3339.' })),
        to: Type.Optional(Type.String({ description: 'Threads created then or earlier, RFC 3339.' })),
      }),
    ),
  }),
  output: Type.Object({
    threads: Type.Array(agentSideThread),
    found_threads: Type.Integer(),
    next_page_id: nextPageId,
    previous_page_id: previousPageId,
  }),
  errors: ['not_found', 'missing_access'],
  example: { chat_id: 'PJ0MRSHTDG', limit: 3 },
  source: 'messaging/agent-chat-api#list-threads',
  async handler(context) {
    const page = await context.services.chats.listThreads(agentActor(context), context.input);
    return {
      threads: page.threads.map((thread) =>
        presentThreadToAgent(thread, context.caller.chatRole, page.reader),
      ),
      found_threads: page.found,
      ...(page.nextPageId ? { next_page_id: page.nextPageId } : {}),
      ...(page.previousPageId ? { previous_page_id: page.previousPageId } : {}),
    };
  },
});
