import { Badge, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { redirectTestQuery } from '../../api/queries.ts';
import type { AuthorizationSettings, ClientType, RedirectTestResult } from '../../api/types.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { MarkedText } from '../../design/marked_text.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { requestedRedirect } from './requested_redirect.ts';

const TYPING_PAUSE_MS = 250;

/** Whether an address would be taken, by the matcher that authorize runs, on the whitelist as it stands in the form. */
export function RedirectTester({ type, values }: { type: ClientType; values: AuthorizationSettings }) {
  const words = useTexts().redirectTester;
  const hint = useId();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed, TYPING_PAUSE_MS);
  const { uri, taken } = requestedRedirect(asked);
  const { redirect_uris, profile, switches } = values;
  const test = useQuery({
    ...redirectTestQuery({ redirect_uri: uri, redirect_uris, type, profile, switches }),
    enabled: uri !== '',
  });
  return (
    <SectionCard id="redirect_tester" title={words.title} description={words.description}>
      <Stack gap="sm">
        <TextInput
          label={words.input}
          description={words.inputHint}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder="https://app.example.com/callback"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
        />
        {uri !== '' && taken !== null ? (
          <Text size="sm" c="dimmed" id={hint} className="name">
            {words.taken[taken]} <code dir="ltr">{uri}</code>
          </Text>
        ) : null}
        <ErrorAlert error={test.error} />
        <div aria-live="polite">
          {uri !== '' && test.data ? (
            <Stack gap="sm">
              {test.data.map((result) => (
                <Verdict key={result.profile} result={result} received={uri} />
              ))}
            </Stack>
          ) : null}
        </div>
      </Stack>
    </SectionCard>
  );
}

function Verdict({ result, received }: { result: RedirectTestResult; received: string }) {
  const texts = useTexts();
  const words = texts.redirectTester;
  const { entry, rule, message, first_difference: at } = result;
  return (
    <div className="panel" style={{ borderInlineStartWidth: result.in_force ? 4 : 1 }}>
      <Group gap="xs">
        <Text fw={600} size="sm" component="h3">
          {words.profiles[result.profile]}
        </Text>
        <Badge variant="light" color={result.matched ? 'teal' : 'red'}>
          {result.matched ? words.matches : words.refused}
        </Badge>
        {result.in_force ? (
          <Text size="xs" c="dimmed">
            {words.inForce}
          </Text>
        ) : null}
      </Group>
      {rule ? (
        <Text size="sm" mt={4} className="name">
          {words.rules[rule]} <code dir="ltr">{entry}</code>
        </Text>
      ) : (
        <Text size="sm" mt={4} className="name">
          {message}
        </Text>
      )}
      {at !== null && entry !== null ? (
        <dl style={{ margin: '0.5rem 0 0' }}>
          <Side name={words.received} text={received} at={at} />
          <Side name={words.registered} text={entry} at={at} />
        </dl>
      ) : null}
    </div>
  );
}

function Side({ name, text, at }: { name: string; text: string; at: number }) {
  return (
    <>
      <Text component="dt" size="xs" c="dimmed" fw={600}>
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} className="name" dir="ltr">
        <MarkedText text={text} at={at} />
      </Text>
    </>
  );
}
