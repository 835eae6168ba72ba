import { Badge, Button, Group, Text } from '@mantine/core';
import { IconKey, IconRefresh, IconTicket } from '@tabler/icons-react';
import type { FamilyNode, TokenFacts } from '../../api/token_debugger.ts';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { colourOf } from './life.ts';
import './token_family.css';

const ICONS = { code: IconTicket, refresh: IconRefresh, access: IconKey };
/** A node in these states has nothing left to revoke, though its descendants may. */
const DEAD = new Set(['revoked', 'evicted', 'expired', 'idle']);

interface FamilyProps {
  family: NonNullable<TokenFacts['family']>;
  revoking: string | null;
  onRevoke: (node: FamilyNode) => void;
}

/** Code, refresh tokens and access tokens of one authorization, each under what it came from. */
export function TokenFamily({ family, ...actions }: FamilyProps) {
  const words = useTexts().tokenDebugger;
  const ids = new Set(family.nodes.map(({ id }) => id));
  const roots = family.nodes.filter(({ parent }) => parent === null || !ids.has(parent));
  return (
    <>
      <ul className="token_family" aria-label={words.familyLabel}>
        {roots.map((node) => (
          <Node key={node.id} node={node} nodes={family.nodes} {...actions} />
        ))}
      </ul>
      {family.truncated ? (
        <Text size="sm" c="dimmed" mt="xs">
          {words.familyTruncated}
        </Text>
      ) : null}
    </>
  );
}

interface NodeProps extends Omit<FamilyProps, 'family'> {
  node: FamilyNode;
  nodes: FamilyNode[];
}

function Node({ node, nodes, revoking, onRevoke }: NodeProps) {
  const words = useTexts().tokenDebugger;
  const children = nodes.filter(({ parent }) => parent === node.id);
  const Icon = ICONS[node.kind];
  const { state } = node.life;
  const what = `${words.nodes[node.kind]}, ${words.states[state]}`;
  return (
    <li>
      <div className="token_node" data-presented={node.presented || undefined}>
        <Group gap="xs" wrap="wrap" justify="space-between">
          <Group gap="xs" wrap="wrap" flex="1 1 12rem">
            <Icon size={18} aria-hidden="true" />
            <Text component="span" size="sm" fw={600}>
              {words.nodes[node.kind]}
            </Text>
            <Badge variant="light" color={colourOf(state)}>
              {words.states[state]}
            </Badge>
            {node.presented ? (
              <Text component="span" size="xs" c="dimmed">
                {words.thisOne}
              </Text>
            ) : null}
          </Group>
          {DEAD.has(state) || (state === 'rotated' && children.length === 0) ? null : (
            <Button
              variant="subtle"
              color="red"
              size="compact-xs"
              ml="auto"
              loading={revoking === node.id}
              aria-label={words.revokeNode(what)}
              onClick={() => onRevoke(node)}
            >
              {words.revoke}
            </Button>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {words.issued} <TimeText value={node.issued_at} />
          {node.life.ended_at ? (
            <>
              {' · '}
              {words.ended} <TimeText value={node.life.ended_at} />
            </>
          ) : (
            <>
              {' · '}
              {words.expires} <TimeText value={node.expires_at} />
            </>
          )}
        </Text>
      </div>
      {children.length > 0 ? (
        <ul>
          {children.map((child) => (
            <Node key={child.id} node={child} nodes={nodes} revoking={revoking} onRevoke={onRevoke} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
