import { Group, SegmentedControl, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { type AppUsage, readUsage, type UsageDays, usageDays } from '../../api/usage.ts';
import { EmptyState } from '../../design/empty_state.tsx';
import { ErrorState } from '../../design/error_state.tsx';
import { PageSkeleton } from '../../design/loading.tsx';
import { PageHeader } from '../../design/page_header.tsx';
import { SectionCard } from '../../design/section_card.tsx';
import { useTexts } from '../../texts/texts.ts';
import { useApp } from '../app/app_context.ts';
import { ScopeUse } from './scope_use.tsx';
import './usage.css';

/** The library of charts is larger than the rest of the page. */
const RequestsChart = lazy(() => import('./requests_chart.tsx'));

/** What an app asks for: how often, how it ends, how long it takes, and which scopes it needs for it. */
export function UsagePage() {
  const texts = useTexts();
  const app = useApp();
  const [days, setDays] = useState<UsageDays>('7');
  const usage = useQuery({
    queryKey: ['usage', app.id, days],
    queryFn: ({ signal }) => readUsage(app.id, days, signal),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHeader
        title={texts.usage.title}
        description={texts.usage.description}
        context={app.name}
        actions={
          <SegmentedControl
            aria-label={texts.usage.time}
            value={days}
            onChange={(value) => setDays(value as UsageDays)}
            data={usageDays.map((value) => ({ value, label: texts.usage.days(Number(value)) }))}
          />
        }
      />
      {usage.data ? (
        <Shown usage={usage.data} />
      ) : usage.error ? (
        <ErrorState error={usage.error} onRetry={() => void usage.refetch()} retrying={usage.isFetching} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

function Shown({ usage }: { usage: AppUsage }) {
  const texts = useTexts();
  if (usage.requests === 0)
    return (
      <>
        <EmptyState
          icon={<IconChartBar size={28} />}
          title={texts.usage.emptyTitle}
          text={texts.usage.emptyText}
        />
        <ScopeUse scopes={usage.scopes} />
      </>
    );
  const number = new Intl.NumberFormat(texts.language);
  const facts: [string, string][] = [
    [texts.usage.requests, number.format(usage.requests)],
    [texts.usage.refused, number.format(usage.refused)],
    [texts.usage.failed, number.format(usage.failed)],
    [texts.usage.half, texts.usage.within(usage.p50_ms)],
    [texts.usage.most, texts.usage.within(usage.p95_ms)],
  ];
  return (
    <>
      <SectionCard title={texts.usage.overTime}>
        <SimpleGrid cols={{ base: 2, sm: 5 }} component="dl" className="usage_facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <Text component="dt" size="sm" c="dimmed">
                {name}
              </Text>
              <Text component="dd" fw={600} size="lg" m={0}>
                {value}
              </Text>
            </div>
          ))}
        </SimpleGrid>
        <Suspense fallback={<Skeleton h={240} />}>
          <RequestsChart usage={usage} />
        </Suspense>
      </SectionCard>
      <SectionCard title={texts.usage.byMethod}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it may be wider than a phone, and then scrolls by keyboard too (WCAG 2.1.1). */}
        <section className="usage_table" aria-label={texts.usage.method} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{texts.usage.method}</th>
                <th scope="col">{texts.usage.requests}</th>
                <th scope="col">{texts.usage.refused}</th>
                <th scope="col">{texts.usage.failed}</th>
                <th scope="col">{texts.usage.half}</th>
                <th scope="col">{texts.usage.most}</th>
              </tr>
            </thead>
            <tbody>
              {usage.methods.map((one) => (
                <tr key={one.method}>
                  <th scope="row">
                    <code>{one.method}</code>
                  </th>
                  <td>{number.format(one.requests)}</td>
                  <td>{number.format(one.refused)}</td>
                  <td>{number.format(one.failed)}</td>
                  <td>{texts.usage.within(one.p50_ms)}</td>
                  <td>{texts.usage.within(one.p95_ms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </SectionCard>
      <SectionCard title={texts.usage.byStatus}>
        <Group gap="lg" component="ul" className="usage_statuses">
          {usage.statuses.map(({ status, requests }) => (
            <li key={status}>
              <code>{status}</code> {number.format(requests)}
            </li>
          ))}
        </Group>
      </SectionCard>
      <ScopeUse scopes={usage.scopes} />
    </>
  );
}
