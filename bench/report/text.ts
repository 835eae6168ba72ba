import type { Summary } from './summary.ts';

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const short = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

/** The tables, in Markdown: readable in a terminal, and ready for the guide. */
export function textReport({ machine, connections, repetitions, lines, goals, at }: Summary): string {
  const head = [
    `${at.slice(0, 10)} · commit ${machine.commit} · Node ${machine.node} · ${machine.processor}, ${machine.cores} cores · ${machine.system}`,
    `${connections} connections, ${repetitions} interleaved repetitions, medians; server and load ${machine.pinned ? 'pinned to cores of their own' : 'not pinned (no taskset)'}; load average before: ${machine.loadBefore}`,
  ];
  const table = [
    '| What | Server | Requests/s | slowest – fastest | p50 ms | p99 ms | stall p99 ms | CPU | CPU µs/request | load CPU | MB |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines.map((line) => {
      const cells = [
        line.title,
        line.target,
        whole(line.rate),
        `${whole(line.slowest)} – ${whole(line.fastest)}`,
        short(line.p50),
        short(line.p99),
        short(line.stallP99),
        `${whole(line.cpu * 100)} %`,
        whole(line.cpuMicros),
        `${whole(line.loadCpu * 100)} %`,
        whole(line.rssMegabytes),
      ];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
  const verdicts = [
    '| Goal | Wanted | Measured | |',
    '| --- | ---: | ---: | --- |',
    ...goals.map(
      (goal) =>
        `| ${goal.title} | ${goal.wanted} | ${short(goal.value)} | ${goal.met ? 'met' : '**missed**'} |`,
    ),
  ];
  return [head.join('\n\n'), table.join('\n'), verdicts.join('\n')].join('\n\n');
}
