import Type from 'typebox';
import { archiveFilters, highlights } from '../../wire/archives.ts';
import { agentSideChat } from '../../wire/chat.ts';
import { nextPageId, pageId, pageLimit, previousPageId, sortOrder } from '../../wire/page.ts';
import { presentChatToAgent } from '../present/chat.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor } from './actor.ts';

export const listArchives = agentMethod({
  name: 'list_archives',
  summary: 'Search past and present conversations, one thread each, the newest first.',
  description:
    'Each entry is a chat with one of its threads and all events of that; a chat comes once for each thread that ' +
    'is found. `chats--all:ro` searches every thread, `chats--access:ro` those of your groups (and of group 0) and ' +
    'those you took part in.\n\n`filters.query` finds threads that hold all of its words, in texts or in names and ' +
    'e-mails of people, whatever their case and accents. All filters have to be met. `found_chats` is exact up to ' +
    'what fits on one page, and an estimate beyond. A page may hold fewer threads than its limit although there ' +
    'is a next one: go on until there is no `next_page_id`.',
  scopes: ['chats--all:ro', 'chats--access:ro'],
  input: Type.Object({
    filters: Type.Optional(archiveFilters),
    sort_order: Type.Optional(sortOrder),
    limit: Type.Optional(pageLimit(10, 100)),
    page_id: Type.Optional(pageId),
    highlights: Type.Optional(highlights),
  }),
  output: Type.Object({
    chats: Type.Array(agentSideChat),
    found_chats: Type.Integer(),
    next_page_id: nextPageId,
    previous_page_id: previousPageId,
  }),
  example: { filters: { query: 'order' }, highlights: {}, limit: 10 },
  source: 'messaging/agent-chat-api#list-archives',
  async handler(context) {
    const page = await context.services.archives.list(agentActor(context), context.input);
    return {
      chats: page.threads.map(({ thread, events, ...found }) =>
        presentChatToAgent(
          {
            ...found,
            lastThread: undefined,
            agents: page.agents,
            reader: page.reader,
            shown: { thread, events, queue: page.places.get(thread.id) },
          },
          context.caller,
        ),
      ),
      found_chats: page.found,
      ...(page.nextPageId ? { next_page_id: page.nextPageId } : {}),
      ...(page.previousPageId ? { previous_page_id: page.previousPageId } : {}),
    };
  },
});
