import Type from 'typebox';
import { customerSideChatSummary } from '../../wire/chat.ts';
import { nextPageId, pageId, pageLimit, previousPageId, sortOrder } from '../../wire/page.ts';
import { presentChatSummaryToCustomer } from '../present/chat.ts';
import { customerMethod } from '../registry/method.ts';
import { customerActor, organizationId, shownAgentId } from './actor.ts';

export const listChats = customerMethod({
  name: 'list_chats',
  summary: 'List your chats, the newest first.',
  description: 'Chats are ordered by the creation of their last thread.',
  input: Type.Object({
    organization_id: organizationId,
    limit: Type.Optional(pageLimit(10, 25)),
    sort_order: Type.Optional(sortOrder),
    page_id: Type.Optional(pageId),
  }),
  output: Type.Object({
    chats_summary: Type.Array(customerSideChatSummary),
    total_chats: Type.Integer(),
    next_page_id: nextPageId,
    previous_page_id: previousPageId,
  }),
  errors: ['license_not_found'],
  source: 'messaging/customer-chat-api#list-chats',
  async handler(context) {
    const page = await context.services.chats.listChatsOfCustomer(customerActor(context), context.input);
    const shown = shownAgentId(context);
    return {
      chats_summary: page.chats.map((chat) =>
        presentChatSummaryToCustomer(chat, page.agents, shown, page.reader),
      ),
      total_chats: page.found,
      ...(page.nextPageId ? { next_page_id: page.nextPageId } : {}),
      ...(page.previousPageId ? { previous_page_id: page.previousPageId } : {}),
    };
  },
});
