import type { Machine } from '../harness/machine.ts';
import type { LoadResult, TargetUsage } from '../harness/protocol.ts';
import { largest, median, smallest } from '../harness/statistics.ts';
import { GOALS, type Measure, measureKey, STALL_GOAL, TARGETS } from '../measures.ts';

/** One measured repetition. */
export type Sample = LoadResult & TargetUsage & { rate: number };

export interface Line {
  key: string;
  target: string;
  title: string;
  /** Requests per second: median, and the slowest and fastest repetition. */
  rate: number;
  slowest: number;
  fastest: number;
  /** Milliseconds, medians. */
  p50: number;
  p99: number;
  stallP99: number;
  /** Shares of a core, medians. */
  cpu: number;
  /** Processor time of the server, microseconds a request. Steadier than the rate on a busy machine. */
  cpuMicros: number;
  loadCpu: number;
  rssMegabytes: number;
}

export interface GoalLine {
  title: string;
  value: number;
  wanted: string;
  met: boolean;
}

export interface Summary {
  at: string;
  machine: Machine;
  connections: number;
  repetitions: number;
  lines: Line[];
  goals: GoalLine[];
}

export function summarize(
  machine: Machine,
  measures: readonly Measure[],
  samples: ReadonlyMap<string, readonly Sample[]>,
  connections: number,
): Summary {
  const lines = measures.map((measure) => line(measure, samples.get(measureKey(measure)) ?? []));
  const first = measures[0];
  return {
    at: new Date().toISOString(),
    machine,
    connections,
    repetitions: first ? (samples.get(measureKey(first))?.length ?? 0) : 0,
    lines,
    goals: goalLines(lines, samples),
  };
}

function line(measure: Measure, of: readonly Sample[]): Line {
  const rates = of.map(({ rate }) => rate);
  const middle = (pick: (sample: Sample) => number): number => median(of.map(pick));
  return {
    key: measureKey(measure),
    target: TARGETS[measure.target].title,
    title: measure.title,
    rate: median(rates),
    slowest: smallest(rates),
    fastest: largest(rates),
    p50: middle(({ p50 }) => p50),
    p99: middle(({ p99 }) => p99),
    stallP99: middle(({ stallP99 }) => stallP99),
    cpu: middle(({ cpu }) => cpu),
    cpuMicros: middle(({ cpu, rate }) => (cpu / rate) * 1e6),
    loadCpu: middle(({ loadCpu }) => loadCpu),
    rssMegabytes: middle(({ rssMegabytes }) => rssMegabytes),
  };
}

/**
 * Ratios are taken within each repetition, where both sides met the same machine, and the median of them is
 * judged.
 */
function goalLines(lines: readonly Line[], samples: ReadonlyMap<string, readonly Sample[]>): GoalLine[] {
  const goals: GoalLine[] = [];
  for (const { title, of, to, least } of GOALS) {
    const above = samples.get(of);
    const below = samples.get(to);
    if (!above || !below) continue;
    const value = median(above.map(({ rate }, index) => rate / (below[index]?.rate ?? Number.NaN)));
    goals.push({ title, value, wanted: `≥ ${least} ×`, met: value >= least });
  }
  const stalled = lines.find(({ key }) => key === STALL_GOAL.of);
  if (stalled)
    goals.push({
      title: 'Event-loop stall under exchange load, p99',
      value: stalled.stallP99,
      wanted: `≤ ${STALL_GOAL.most} ms`,
      met: stalled.stallP99 <= STALL_GOAL.most,
    });
  return goals;
}
