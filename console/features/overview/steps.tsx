import { Box, Group, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconPlayerPlay } from '@tabler/icons-react';
import type { App } from '../../api/types.ts';
import { LinkButton } from '../../design/link_button.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';

interface Step {
  key: 'block' | 'redirectUris' | 'scopes' | 'tryIt' | 'installed';
  /** Null: a step that is never done, only offered. */
  done: boolean | null;
  detail: string;
  to: '/apps/$appId/building-blocks' | '/apps/$appId/authorization' | '/apps/$appId/private-installation';
  hash?: string;
}

/** What the app has and what it still needs, each with the way there. The first open one is the next step. */
export function Steps({ app }: { app: App }) {
  const texts = useTexts();
  const block = app.authorization;
  const steps: Step[] = [
    {
      key: 'block',
      done: block !== null,
      detail: block ? texts.clientTypes[block.type].name : texts.steps.block.missing,
      to: block ? '/apps/$appId/authorization' : '/apps/$appId/building-blocks',
    },
    {
      key: 'redirectUris',
      done: (block?.redirect_uris.length ?? 0) > 0,
      detail: block?.redirect_uris.length
        ? texts.steps.redirectUris.present(block.redirect_uris.length)
        : texts.steps.redirectUris.missing,
      to: '/apps/$appId/authorization',
      hash: 'redirect_uris',
    },
    {
      key: 'scopes',
      done: (block?.scopes.length ?? 0) > 0,
      detail: block?.scopes.length
        ? texts.steps.scopes.present(block.scopes.length)
        : texts.steps.scopes.missing,
      to: '/apps/$appId/authorization',
      hash: 'scopes',
    },
    {
      key: 'tryIt',
      done: null,
      detail: texts.steps.tryIt.missing,
      to: '/apps/$appId/authorization',
      hash: 'try_it',
    },
    {
      key: 'installed',
      done: app.installation !== null,
      detail: app.installation ? texts.steps.installed.present : texts.steps.installed.missing,
      to: '/apps/$appId/private-installation',
    },
  ];
  const ready = Boolean(block?.redirect_uris.length && block.scopes.length);
  const next = steps.find((step) => (step.key === 'tryIt' ? ready : !step.done))?.key;

  return (
    <SectionCard title={texts.steps.title} description={texts.steps.description}>
      <ol className="row_list">
        {steps.map((step) => {
          const open = step.key === 'block' || block !== null || step.key === 'installed';
          return (
            <li key={step.key}>
              <Group gap="sm" wrap="wrap">
                <ThemeIcon
                  variant={step.done ? 'filled' : 'light'}
                  color={step.done ? 'teal' : 'gray'}
                  radius="xl"
                  size={28}
                  aria-hidden="true"
                >
                  {step.done ? (
                    <IconCheck size={16} />
                  ) : step.done === null ? (
                    <IconPlayerPlay size={16} />
                  ) : (
                    <IconCircleDashed size={16} />
                  )}
                </ThemeIcon>
                <Box flex="1 1 12rem" miw={0}>
                  <Text fw={600} size="sm">
                    {texts.steps[step.key].title}
                    {step.done === null ? null : (
                      <VisuallyHidden>
                        {': '}
                        {step.done ? texts.steps.done : texts.steps.open}
                      </VisuallyHidden>
                    )}
                  </Text>
                  <Text size="sm" c="dimmed">
                    {step.detail}
                  </Text>
                </Box>
                {open ? (
                  <LinkButton
                    to={step.to}
                    params={{ appId: app.id }}
                    {...(step.hash && block ? { hash: step.hash } : {})}
                    variant={step.key === next ? 'filled' : 'default'}
                    size="xs"
                  >
                    {step.done ? texts.steps[step.key].change : texts.steps[step.key].action}
                  </LinkButton>
                ) : null}
              </Group>
            </li>
          );
        })}
      </ol>
    </SectionCard>
  );
}
