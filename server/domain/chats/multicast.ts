import { GatehouseError } from '../../kernel/errors.ts';
import type { AgentActor } from './actors.ts';
import { EVERYBODY } from './chat.ts';
import type { ChatDeps } from './deps.ts';
import type { AgentProfile, GroupProfile } from './people.ts';

export interface MulticastInput {
  recipients: {
    agents?:
      | { all?: boolean | undefined; ids?: string[] | undefined; groups?: (string | number)[] | undefined }
      | undefined;
  };
  content: unknown;
  type?: string | undefined;
}

/** Of the content as JSON: it goes to everybody's screen at once. */
export const MULTICAST_BYTES = 16 * 1024;

/** Tells agents something that belongs to no chat and is stored nowhere (docs: agent-chat-api#multicast). */
export function multicast(deps: ChatDeps) {
  return async (actor: AgentActor, input: MulticastInput): Promise<void> => {
    const bytes = Buffer.byteLength(JSON.stringify(input.content));
    if (bytes > MULTICAST_BYTES)
      throw invalid('content', `is ${bytes} bytes of JSON; at most ${MULTICAST_BYTES}.`);
    const [agents, groups] = await Promise.all([
      deps.people.agents(actor.licenseId),
      deps.people.groups(actor.licenseId),
    ]);
    deps.signals.publish(actor.licenseId, [
      {
        type: 'multicast',
        authorId: actor.agentId,
        recipients: readRecipients(input.recipients, agents, groups),
        content: input.content,
        label: input.type ?? null,
      },
    ]);
  };
}

/**
 * Who is meant, each once; suspended agents are left out.
 * @throws GatehouseError `validation` where nobody is named, or somebody who does not exist
 */
export function readRecipients(
  { agents: named }: MulticastInput['recipients'],
  agents: readonly AgentProfile[],
  groups: readonly GroupProfile[],
): string[] {
  const { all, ids, groups: groupIds } = named ?? {};
  if (!all && !ids?.length && !groupIds?.length)
    throw invalid(
      'recipients',
      'name nobody: give at least one of agents.all, agents.ids and agents.groups.',
    );
  const meant = new Set<string>();
  ids?.forEach((id, index) => {
    if (!agents.some((agent) => agent.id === id))
      throw invalid(
        `recipients.agents.ids[${index}]`,
        `This organization has no agent "${id.slice(0, 80)}".`,
      );
    meant.add(id);
  });
  const wanted = new Set<number>();
  groupIds?.forEach((given, index) => {
    const id = typeof given === 'number' || /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (id !== EVERYBODY && !groups.some((group) => group.id === id))
      throw invalid(
        `recipients.agents.groups[${index}]`,
        `This organization has no group "${String(given).slice(0, 40)}".`,
      );
    wanted.add(id);
  });
  return agents
    .filter(
      (agent) =>
        !agent.suspended &&
        (all === true ||
          wanted.has(EVERYBODY) ||
          meant.has(agent.id) ||
          agent.groupIds.some((id) => wanted.has(id))),
    )
    .map((agent) => agent.id);
}

function invalid(field: string, message: string): GatehouseError {
  return new GatehouseError('validation', `${field}: ${message}`, { fields: [{ field, message }] });
}
