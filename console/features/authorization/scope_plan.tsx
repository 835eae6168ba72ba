import { Alert, List, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { scopePlanQuery } from '../../api/queries.ts';
import type { ScopeChoice } from '../../api/types.ts';
import { equal } from '../../design/equal.ts';
import { ErrorAlert } from '../../design/error_text.tsx';
import { useTexts } from '../../texts/texts.ts';

const PAUSE_MS = 250;
const KINDS = ['untouched', 'asked', 'widened', 'narrowed', 'refused'] as const;

/** What a change of the scopes that is not saved yet would ask of how many people. */
export function ScopePlan({
  appId,
  saved,
  planned,
}: {
  appId: string;
  saved: ScopeChoice[];
  planned: ScopeChoice[];
}) {
  const words = useTexts().scopePlan;
  const [settled] = useDebouncedValue(planned, PAUSE_MS);
  const changed = !equal(saved, planned);
  const plan = useQuery({ ...scopePlanQuery(appId, settled), enabled: changed });
  if (!changed) return null;
  if (plan.error) return <ErrorAlert error={plan.error} />;
  if (!plan.data) return null;
  const { people } = plan.data;
  const told = KINDS.filter((kind) => plan.data[kind] > 0);
  return (
    <Alert
      color={plan.data.refused > 0 ? 'orange' : 'blue'}
      variant="light"
      title={words.title}
      role="status"
    >
      <Text size="sm">{people === 0 ? words.nobody : words.people(people)}</Text>
      {people > 0 ? (
        <List size="sm" mt={4}>
          {told.map((kind) => (
            <List.Item key={kind}>{words[kind](plan.data[kind])}</List.Item>
          ))}
        </List>
      ) : null}
    </Alert>
  );
}
