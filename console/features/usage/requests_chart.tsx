import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { AppUsage } from '../../api/usage.ts';
import { useTexts } from '../../texts/texts.ts';

/** Requests over time. Read by eye alone: the numbers stand in the tables beside it. */
export default function RequestsChart({ usage }: { usage: AppUsage }) {
  const texts = useTexts();
  const isHourly = usage.days <= 2;
  const shown = new Intl.DateTimeFormat(
    texts.language,
    isHourly ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' },
  );
  const data = usage.series.map(({ at, answered, refused, failed }) => ({
    at: shown.format(new Date(at)),
    [texts.usage.answered]: answered,
    [texts.usage.refused]: refused,
    [texts.usage.failed]: failed,
  }));
  return (
    <div aria-hidden="true">
      <BarChart
        h={240}
        data={data}
        dataKey="at"
        type="stacked"
        withLegend
        series={[
          { name: texts.usage.answered, color: 'teal.6' },
          { name: texts.usage.refused, color: 'orange.6' },
          { name: texts.usage.failed, color: 'red.7' },
        ]}
        barProps={{ isAnimationActive: false }}
        // What is hidden from screen readers must not take the focus either.
        barChartProps={{ accessibilityLayer: false }}
      />
    </div>
  );
}
