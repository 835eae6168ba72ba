import Type from 'typebox';
import { chatId } from '../../wire/chat.ts';
import { nextPageId, pageId, pageLimit, previousPageId, sortOrder } from '../../wire/page.ts';
import { customerSideThread } from '../../wire/thread.ts';
import { namesFor } from '../present/chat.ts';
import { presentThreadToCustomer } from '../present/thread.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId, shownAgentId } from './actor.ts';

export const listThreads = customerMethod({
  name: 'list_threads',
  summary: 'List the threads of your chat with their events, the newest first.',
  description:
    '`min_events_count` takes as many of the newest threads as are needed for that many events; it stands for ' +
    '`limit` and cannot be sent along with it.',
  input: Type.Object({
    organization_id: organizationId,
    chat_id: chatId,
    sort_order: Type.Optional(sortOrder),
    limit: Type.Optional(pageLimit(3, 100)),
    page_id: Type.Optional(pageId),
    min_events_count: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  }),
  output: Type.Object({
    threads: Type.Array(customerSideThread),
    found_threads: Type.Integer(),
    next_page_id: nextPageId,
    previous_page_id: previousPageId,
  }),
  errors: ['not_found', 'license_not_found'],
  source: 'messaging/customer-chat-api#list-threads',
  async handler(context) {
    const actor = customerActor(context);
    const { chat_id, sort_order, limit, page_id, min_events_count } = context.input;
    const page = await context.services.chats.listThreads(actor, {
      chat_id,
      sort_order,
      limit,
      page_id,
      min_events_count,
    });
    const names = namesFor(page.chat, shownAgentId(context));
    return {
      threads: page.threads.map((thread) =>
        presentThreadToCustomer(thread, names.visibleId, names.id, page.reader),
      ),
      found_threads: page.found,
      ...(page.nextPageId ? { next_page_id: page.nextPageId } : {}),
      ...(page.previousPageId ? { previous_page_id: page.previousPageId } : {}),
    };
  },
});
