import Type, { type Static } from 'typebox';
import type { GroupStatus } from '../../domain/customers/group_availability.ts';
import type { GroupView } from '../../domain/team/group_views.ts';
import { groupPriorities } from '../../domain/team/records.ts';
import { groupId } from '../../wire/access.ts';

export const agentPriorities = Type.Record(
  Type.String({ minLength: 1, maxLength: 256 }),
  Type.Enum([...groupPriorities]),
  {
    maxProperties: 1000,
    description:
      'The agents of the group by id, with how early each is given its chats; supervisors are given none.',
  },
);

export const groupFields = Type.Array(Type.Enum(['agent_priorities', 'routing_status', 'version']), {
  maxItems: 10,
  description: 'What is told beyond name and language.',
});

export const groupVersion = Type.Integer({
  minimum: 1,
  description:
    'Grows with each change, of its agents too. Gatehouse’s own: who sends it changes nothing that somebody else changed meanwhile.',
});

export const group = Type.Object({
  id: groupId,
  name: Type.String(),
  language_code: Type.String(),
  agent_priorities: Type.Optional(agentPriorities),
  version: Type.Optional(groupVersion),
  routing_status: Type.Optional(Type.Enum(['online', 'offline', 'online_for_queue'])),
});

/** A group with the fields that were asked for. */
export function presentGroup(
  view: GroupView,
  fields: Static<typeof groupFields> = [],
  statuses: ReadonlyMap<number, GroupStatus>,
): Static<typeof group> {
  return {
    id: view.id,
    name: view.name,
    language_code: view.languageCode,
    ...(fields.includes('agent_priorities') ? { agent_priorities: view.priorities } : {}),
    ...(fields.includes('version') ? { version: view.version } : {}),
    ...(fields.includes('routing_status') ? { routing_status: statuses.get(view.id) ?? 'offline' } : {}),
  };
}
