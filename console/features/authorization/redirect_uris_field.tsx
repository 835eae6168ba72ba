import { ActionIcon, Alert, Anchor, Box, Button, Group, Input, Stack, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueries } from '@tanstack/react-query';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import type { ApiError } from '../../api/api_error.ts';
import { checkRedirectUri } from '../../api/authorization.ts';
import { redirectUriQuery } from '../../api/queries.ts';
import type {
  AuthorizationSettings,
  ClientType,
  RedirectUriQuestion,
  RedirectUriVerdict,
} from '../../api/types.ts';
import { equal } from '../../design/equal.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';

export interface RedirectUrisHandle {
  /** Adds what is typed. The new list, or null when it was refused. */
  add: () => Promise<string[] | null>;
}

type Problem = NonNullable<RedirectUriVerdict['problem']>;

/** Two lists with the same rules. */
export type UriList = 'redirect_uris' | 'post_logout_redirect_uris';

interface RedirectUrisFieldProps {
  list: UriList;
  ref: Ref<RedirectUrisHandle>;
  type: ClientType;
  values: AuthorizationSettings;
  saved: AuthorizationSettings;
  typed: string;
  /** What is typed comes from a refused request. */
  offered: boolean;
  onTyped: (typed: string) => void;
  onChange: (uris: string[]) => void;
  refusal: ApiError | null;
}

/** A whitelist. Each entry is checked by the rules that authorize will use, before it is saved. */
export function RedirectUrisField(props: RedirectUrisFieldProps) {
  const texts = useTexts();
  const { list, type, values, saved, typed, onTyped, onChange, refusal } = props;
  const words =
    list === 'redirect_uris' ? texts.redirectUris : { ...texts.redirectUris, ...texts.postLogoutUris };
  const { profile, switches, [list]: uris } = values;
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const check = useMutation({ mutationFn: (question: RedirectUriQuestion) => checkRedirectUri(question) });

  // Saved entries passed under the saved rules; they are asked about again when the rules change.
  const rulesChanged = profile !== saved.profile || !equal(switches, saved.switches);
  const verdicts = useQueries({
    queries: uris.map((uri) => ({
      ...redirectUriQuery({ redirect_uri: uri, type, profile, switches }),
      enabled: rulesChanged || !saved[list].includes(uri),
    })),
  });

  const refuse = (found: Problem) => {
    setProblem(found);
    input.current?.focus();
    return null;
  };

  /** One question in two places: the Add button, and saving with something still typed. */
  const add = async (text: string): Promise<string[] | null> => {
    const wanted = text.trim();
    if (!wanted) return refuse({ part: 'whole', message: words.nothingTyped });
    try {
      const verdict = await check.mutateAsync({ redirect_uri: wanted, type, profile, switches });
      if (!verdict.ok)
        return refuse(verdict.problem ?? { part: 'whole', message: texts.redirectUris.refused });
      const entry = verdict.normalized ?? wanted;
      if (uris.includes(entry)) return refuse({ part: 'whole', message: words.alreadyThere });
      setProblem(null);
      onTyped('');
      const next = [...uris, entry];
      onChange(next);
      return next;
    } catch {
      // The call itself failed; check.error says why, and what was typed stays.
      return null;
    }
  };
  useImperativeHandle(props.ref, () => ({ add: () => add(typed) }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void add(typed);
  };

  return (
    <SectionCard id={list} title={words.label} description={words.description}>
      <Stack gap="sm">
        <Input.Wrapper
          label={words.input}
          error={
            problem ? (
              <ProblemText
                problem={problem}
                onSuggestion={(suggestion) => {
                  onTyped(suggestion);
                  setProblem(null);
                  input.current?.focus();
                }}
              />
            ) : null
          }
          inputContainer={(field) => (
            <Group wrap="nowrap" gap="sm">
              <Box flex={1} miw={0}>
                {field}
              </Box>
              <Button variant="default" onClick={() => void add(typed)} loading={check.isPending}>
                {texts.redirectUris.add}
              </Button>
            </Group>
          )}
        >
          <Input
            ref={input}
            error={problem !== null}
            placeholder={
              list === 'redirect_uris'
                ? 'https://app.example.com/callback'
                : 'https://app.example.com/signed-out'
            }
            inputMode="url"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            dir="ltr"
            value={typed}
            onChange={(event) => {
              onTyped(event.currentTarget.value);
              setProblem(null);
              if (check.error) check.reset();
            }}
            onKeyDown={onKeyDown}
          />
        </Input.Wrapper>
        {props.offered ? (
          <Alert color="orange" variant="light">
            {texts.redirectUris.fromRefusal}
          </Alert>
        ) : null}
        <ErrorAlert error={check.error} title={texts.redirectUris.checkFailed} />
        {uris.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.empty}
          </Text>
        ) : (
          <ul className="row_list" aria-label={words.label}>
            {uris.map((uri, at) => {
              const found = verdicts[at]?.data;
              const refused = refusal?.forField(`${list}[${at}]`);
              return (
                <li key={uri}>
                  <Group justify="space-between" wrap="nowrap" gap="xs">
                    <div style={{ minWidth: 0 }}>
                      <Text component="div" size="sm" ff="monospace" className="name" dir="ltr">
                        {uri}
                      </Text>
                      {refused ? (
                        <Text size="sm" c="var(--mantine-color-error)">
                          {refused}
                        </Text>
                      ) : found && !found.ok && found.problem ? (
                        <Text component="div" size="sm" c="var(--mantine-color-error)">
                          <ProblemText
                            problem={found.problem}
                            onSuggestion={(suggestion) =>
                              onChange([...new Set(uris.map((each) => (each === uri ? suggestion : each)))])
                            }
                          />
                        </Text>
                      ) : null}
                    </div>
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      size="lg"
                      aria-label={texts.redirectUris.remove(uri)}
                      onClick={() => {
                        onChange(uris.filter((each) => each !== uri));
                        input.current?.focus();
                      }}
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Group>
                </li>
              );
            })}
          </ul>
        )}
      </Stack>
    </SectionCard>
  );
}

function ProblemText({ problem, onSuggestion }: { problem: Problem; onSuggestion: (uri: string) => void }) {
  const texts = useTexts();
  const { suggestion } = problem;
  return (
    <span className="name">
      {problem.part === 'whole' ? '' : `${texts.redirectUris.parts[problem.part]}: `}
      {problem.message}
      {suggestion ? (
        <>
          {' '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            ta="start"
            onClick={() => onSuggestion(suggestion)}
          >
            {texts.redirectUris.takeSuggestion(suggestion)}
          </Anchor>
        </>
      ) : null}
    </span>
  );
}
