import { Button, Group, Text } from '@mantine/core';
import { ApiError } from '../../api/api_error.ts';
import { type Agent, type AgentAction, actOnAgents } from '../../api/team.ts';
import { useConfirm } from '../../design/confirm.tsx';
import { ErrorAlert } from '../../design/error_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useTeamChange } from './use_team_change.ts';

const MOST_AT_ONCE = 100;

/** What can be done to all agents that are selected. Each answers for themselves. */
export function SelectedAgents({ agents, onDone }: { agents: readonly Agent[]; onDone(): void }) {
  const words = useTexts().agents;
  const confirm = useConfirm();
  const change = useTeamChange(
    async (action: AgentAction) => {
      const ids = agents.map(({ id }) => id);
      const messages: string[] = [];
      for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
        const { responses } = await actOnAgents(action, ids.slice(from, from + MOST_AT_ONCE));
        messages.push(
          ...responses.flatMap(({ error }, at) => (error ? [`${ids[from + at]}: ${error.message}`] : [])),
        );
      }
      if (messages.length > 0)
        throw new ApiError({
          // What was done is seen in the list, which is read anew.
          status: 409,
          type: 'conflict',
          message: `${words.failed(messages.length, ids.length)}. ${messages.join(' ')}`,
        });
    },
    (action) => words.actions[action].done,
  );
  const act = async (action: AgentAction) => {
    const { question, text, label } = words.actions[action];
    const danger = action === 'suspend' || action === 'delete';
    const title = `${question} ${words.selected(agents.length)}`;
    if (!danger || (await confirm({ title, text, confirm: label.replace('…', ''), danger })))
      change.mutate(action, { onSuccess: onDone });
  };
  const possible: Record<AgentAction, boolean> = {
    approve: agents.some((agent) => agent.awaiting_approval),
    unsuspend: agents.some((agent) => agent.suspended),
    suspend: agents.some((agent) => !agent.suspended && !agent.awaiting_approval),
    delete: agents.length > 0,
  };
  return (
    <>
      <ErrorAlert error={change.error} />
      {agents.length === 0 ? null : (
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {words.selected(agents.length)}
          </Text>
          {(Object.keys(possible) as AgentAction[])
            .filter((action) => possible[action])
            .map((action) => (
              <Button
                key={action}
                size="compact-sm"
                variant="default"
                loading={change.isPending && change.variables === action}
                onClick={() => void act(action)}
              >
                {words.actions[action].label}
              </Button>
            ))}
        </Group>
      )}
    </>
  );
}
