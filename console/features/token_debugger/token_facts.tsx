import { Alert, Badge, Button, Group, List, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { InspectedToken, TokenFacts } from '../../api/token_debugger.ts';
import { LinkButton } from '../../design/link_button.tsx';
import { NameText } from '../../design/name_text.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { TimeText } from '../../design/time_text.tsx';
import { useTexts } from '../../texts/texts.ts';
import { colourOf } from './life.ts';

/** What a token of the own organization is, and whether it works. */
export function FactsCard({
  kind,
  token,
  onRevoke,
}: {
  kind: string;
  token: TokenFacts;
  onRevoke?: () => void;
}) {
  const words = useTexts().tokenDebugger;
  const { state, reason, ended_at: endedAt } = token.life;
  const use = words.uses[kind];
  return (
    <SectionCard
      title={words.kinds[kind] ?? words.otherKind}
      action={
        <Badge size="lg" variant="light" color={colourOf(state)}>
          {words.states[state]}
        </Badge>
      }
    >
      <Stack gap="md">
        <div>
          <Text>{words.explanations[state]}</Text>
          {reason && words.reasons[reason] ? <Text mt={4}>{words.reasons[reason]}</Text> : null}
          {use ? <Text mt={4}>{use}</Text> : null}
        </div>
        <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} m={0} spacing="sm">
          {token.name === null ? null : (
            <Fact name={words.name}>
              <NameText>{token.name}</NameText>
            </Fact>
          )}
          {token.app ? (
            <Fact name={words.app}>
              <NameText>{token.app.name ?? token.app.client_id}</NameText>
              <Text size="xs" c="dimmed" className="name">
                <code>{token.app.client_id}</code>
              </Text>
            </Fact>
          ) : null}
          {token.account ? (
            <Fact name={words.account}>
              <NameText>{token.account.name ?? words.somebody}</NameText>
              <Text size="xs" c="dimmed" className="name">
                {token.account.email ?? token.account.id}
              </Text>
            </Fact>
          ) : null}
          {token.bot ? (
            <Fact name={words.bot}>
              <NameText>{token.bot.name}</NameText>
            </Fact>
          ) : null}
          {token.customer ? (
            <Fact name={words.customer}>
              <NameText>{token.customer.name ?? token.customer.id}</NameText>
            </Fact>
          ) : null}
          <Fact name={words.organization}>
            <NameText>{token.organization.name}</NameText>
            <Text size="xs" c="dimmed">
              {words.license(token.organization.license_id)}
            </Text>
          </Fact>
          <Fact name={words.issued}>
            <TimeText value={token.issued_at} />
          </Fact>
          <Fact name={state === 'expired' || state === 'idle' ? words.expired : words.expires}>
            <TimeText value={token.expires_at} />
          </Fact>
          {endedAt && state !== 'expired' && state !== 'idle' ? (
            <Fact name={words.ended}>
              <TimeText value={endedAt} />
            </Fact>
          ) : null}
          {kind === 'personal' ? (
            <Fact name={words.lastUsed}>
              {token.last_used_at ? <TimeText value={token.last_used_at} /> : words.never}
            </Fact>
          ) : null}
        </SimpleGrid>
        <Group gap="sm">
          {token.app?.id ? (
            <>
              <LinkButton
                to="/apps/$appId/authorization"
                params={{ appId: token.app.id }}
                variant="default"
                size="xs"
              >
                {words.openApp}
              </LinkButton>
              <LinkButton
                to="/apps/$appId/refused-requests"
                params={{ appId: token.app.id }}
                variant="default"
                size="xs"
              >
                {words.refused}
              </LinkButton>
            </>
          ) : null}
          {onRevoke && state === 'alive' ? (
            <Button color="red" variant="outline" size="xs" onClick={onRevoke}>
              {words.revoke}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </SectionCard>
  );
}

/** What it may do, and which methods that opens. */
export function RightsCard({ token }: { token: TokenFacts }) {
  const words = useTexts().tokenDebugger;
  return (
    <SectionCard title={words.scopes}>
      <Stack gap="md">
        {token.scopes.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.noScopes}
          </Text>
        ) : (
          <List size="sm" spacing={4}>
            {token.scopes.map(({ scope, title, effective }) => (
              <List.Item key={scope}>
                {title} <code>{scope}</code>
                {effective ? null : (
                  <Text component="span" size="sm" c="dimmed">
                    {' '}
                    ({words.notEffective})
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
        )}
        <div>
          <Text fw={600} size="sm" component="h3">
            {words.opens}
          </Text>
          {token.opens.length === 0 ? (
            <Text size="sm" c="dimmed">
              {words.opensNothing}
            </Text>
          ) : (
            token.opens.map(({ api, methods }) => (
              <details key={api} style={{ marginBlockStart: '0.25rem' }}>
                <summary style={{ cursor: 'pointer', fontSize: 'var(--mantine-font-size-sm)' }}>
                  {words.apis[api]}: {words.opensMethods(methods.length)}
                </summary>
                <Text size="sm" className="name" component="div">
                  {methods.map((method, index) => (
                    <span key={method}>
                      {index === 0 ? '' : ', '}
                      <code>{method}</code>
                    </span>
                  ))}
                </Text>
              </details>
            ))
          )}
        </div>
      </Stack>
    </SectionCard>
  );
}

/** What is no token of this organization. */
export function NothingFound({ inspected }: { inspected: InspectedToken }) {
  const words = useTexts().tokenDebugger;
  const { kind } = inspected;
  const foreign = inspected.found === 'not_yours';
  const use = kind === null || foreign ? undefined : words.uses[kind];
  return (
    <Alert
      color={foreign ? 'orange' : 'gray'}
      variant="light"
      role="status"
      mb="md"
      title={foreign ? words.foreignTitle : words.unknownTitle}
    >
      <Stack gap={4}>
        <Text size="sm">{foreign ? words.foreignText : words.unknownText}</Text>
        {kind === null || foreign ? null : (
          <Text size="sm">{words.unknownKindText(words.kinds[kind] ?? words.otherKind)}</Text>
        )}
        {use ? <Text size="sm">{use}</Text> : null}
      </Stack>
    </Alert>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed" fw={600}>
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} className="name">
        {children}
      </Text>
    </div>
  );
}
