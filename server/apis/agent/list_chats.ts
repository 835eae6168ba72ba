import Type from 'typebox';
import { isBuiltIn } from '../../domain/apps/built_in_clients.ts';
import type { ChatPage } from '../../domain/chats/list_chats.ts';
import { groupIds } from '../../wire/access.ts';
import { agentSideChatSummary } from '../../wire/chat.ts';
import { nextPageId, pageId, pageLimit, previousPageId, sortOrder } from '../../wire/page.ts';
import { propertyFilters } from '../../wire/properties.ts';
import { presentChatSummaryToAgent } from '../present/chat.ts';
import { lasting } from '../present/lasting.ts';
import { agentMethod } from '../registry/method.ts';
import { agentActor, readScopes } from './actor.ts';

const filters = Type.Object({
  active: Type.Optional(
    Type.Union([Type.Boolean(), Type.Null()], {
      description: '`true`: chats with an open thread. `false`: the others. `null` or absent: both.',
    }),
  ),
  include_chats_without_threads: Type.Optional(
    Type.Boolean({ description: 'Whether chats that have no thread are listed. Default: `true`.' }),
  ),
  group_ids: Type.Optional(groupIds),
  properties: Type.Optional(propertyFilters),
});

type Viewer = Parameters<typeof presentChatSummaryToAgent>[2];

/** A page is the same object while nothing of it changed, and then always for the same agent. */
const presented = new WeakMap<ChatPage, Map<string, ReturnType<typeof answerOf>>>();

function presentPage(page: ChatPage, viewer: Viewer) {
  const kind = `${viewer.chatRole} ${viewer.agentId}`;
  let answers = presented.get(page);
  if (!answers) {
    answers = new Map();
    presented.set(page, answers);
  }
  let answer = answers.get(kind);
  if (!answer) {
    answer = lasting(answerOf(page, viewer));
    answers.set(kind, answer);
  }
  return answer;
}

function answerOf(page: ChatPage, viewer: Viewer) {
  return {
    chats_summary: page.chats.map((chat) =>
      presentChatSummaryToAgent(
        chat,
        page.agents,
        viewer,
        page.reader,
        page.places.get(chat.lastThread?.id ?? ''),
      ),
    ),
    found_chats: page.found,
    ...(page.nextPageId ? { next_page_id: page.nextPageId } : {}),
    ...(page.previousPageId ? { previous_page_id: page.previousPageId } : {}),
  };
}

export const listChats = agentMethod({
  name: 'list_chats',
  summary: 'List the chats you can see, the newest first.',
  description:
    'Chats are ordered by the creation of their last thread. `chats--all:ro` lists every chat, ' +
    '`chats--access:ro` those of your groups (and of group 0) and those you are in, `chats--my:ro` those you ' +
    'are in.\n\n`found_chats` is exact when all chats are on the first page, and an estimate otherwise. With ' +
    'several filters at once a page may hold fewer chats than its limit although there is a next one: go on ' +
    'until there is no `next_page_id`.',
  scopes: readScopes,
  input: Type.Object({
    filters: Type.Optional(filters),
    sort_order: Type.Optional(sortOrder),
    limit: Type.Optional(pageLimit(10, 100)),
    page_id: Type.Optional(pageId),
  }),
  output: Type.Object({
    chats_summary: Type.Array(agentSideChatSummary),
    found_chats: Type.Integer(),
    next_page_id: nextPageId,
    previous_page_id: previousPageId,
  }),
  example: { filters: { active: true }, limit: 10 },
  source: 'messaging/agent-chat-api#list-chats',
  async handler(context) {
    const { caller, services } = context;
    // The built-in inbox is nobody's first step.
    if (caller.clientId === null || !isBuiltIn(caller.clientId))
      services.insight.firstSteps.reached(caller.organization.licenseId, 'list_chats');
    const page = await services.chats.listChatsOfAgent(agentActor(context), context.input);
    return presentPage(page, context.caller);
  },
});
