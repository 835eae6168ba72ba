import { Box, Button, Group, Text, ThemeIcon, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconMessagePlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { createSampleConversation, type FirstStepName, type FirstSteps } from '../../api/first_steps.ts';
import { firstStepsQuery } from '../../api/queries.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { LinkButton } from '../../design/link_button.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { toast } from '../../design/toast.tsx';
import { useTexts } from '../../texts/texts.ts';

/** The way from nothing to real chats; each step ticks itself when it happens, and the card goes with the last. */
export function FirstStepsCard() {
  const words = useTexts().firstSteps;
  const { data } = useQuery(firstStepsQuery);
  const sample = useMutation({
    mutationFn: createSampleConversation,
    onSuccess: ({ customer_name }) => toast.done(words.sampled(customer_name)),
  });
  if (!data || data.steps.every(({ done }) => done)) return null;
  const next = data.steps.find(({ done }) => !done)?.step;
  const finished = data.steps.filter(({ done }) => done).length;
  return (
    <SectionCard
      title={words.title}
      description={words.description}
      action={
        <Text size="sm" c="dimmed" role="status">
          {words.progress(finished, data.steps.length)}
        </Text>
      }
    >
      <ol className="row_list">
        {data.steps.map(({ step, done }) => (
          <li key={step}>
            <Group gap="sm" wrap="wrap">
              <ThemeIcon
                variant={done ? 'filled' : 'light'}
                color={done ? 'teal' : 'gray'}
                radius="xl"
                size={28}
                aria-hidden="true"
              >
                {done ? <IconCheck size={16} /> : <IconCircleDashed size={16} />}
              </ThemeIcon>
              <Box flex="1 1 12rem" miw={0}>
                <Text fw={600} size="sm">
                  {words.steps[step].title}
                  <VisuallyHidden>
                    {': '}
                    {done ? words.done : words.open}
                  </VisuallyHidden>
                </Text>
                <Text size="sm" c="dimmed">
                  {words.steps[step].text}
                </Text>
              </Box>
              {done ? null : <StepButton step={step} app={data.app} isNext={step === next} />}
            </Group>
          </li>
        ))}
      </ol>
      <Group gap="sm" mt="md">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconMessagePlus size={16} />}
          loading={sample.isPending}
          onClick={() => sample.mutate()}
        >
          {words.sample}
        </Button>
        <Text size="sm" c="dimmed" flex="1 1 14rem">
          {words.sampleHint}
        </Text>
      </Group>
      <ErrorAlert error={sample.error} mt="md" />
    </SectionCard>
  );
}

interface StepButtonProps {
  step: FirstStepName;
  app: FirstSteps['app'];
  isNext: boolean;
}

/** The way to where the step is taken; there is none before there is an app. */
function StepButton({ step, app, isNext }: StepButtonProps) {
  const label = useTexts().firstSteps.steps[step].action;
  const look = { variant: isNext ? 'filled' : 'default', size: 'xs' } as const;
  if (step === 'app')
    return (
      <LinkButton to="/apps" search={{ create: '1' }} {...look}>
        {label}
      </LinkButton>
    );
  if (!app) return null;
  if (step === 'block')
    return (
      <LinkButton to="/apps/$appId/building-blocks" params={{ appId: app.id }} {...look}>
        {label}
      </LinkButton>
    );
  return (
    <LinkButton
      to="/apps/$appId/authorization"
      params={{ appId: app.id }}
      hash={step === 'redirect' ? 'redirect_uris' : 'try_it'}
      {...look}
    >
      {label}
    </LinkButton>
  );
}
