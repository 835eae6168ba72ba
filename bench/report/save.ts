import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { barChart } from './chart.ts';
import type { Summary } from './summary.ts';
import { textReport } from './text.ts';

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}/`, import.meta.url));

/** Writes the JSON, the tables and the plots that docs/performance.md shows. @returns the files written */
export function saveReport(summary: Summary): string[] {
  const results = folder('bench/results');
  const images = folder('docs/images');
  mkdirSync(results, { recursive: true });
  const files: [string, string][] = [
    [`${results}latest.json`, `${JSON.stringify(summary, null, 2)}\n`],
    [`${results}latest.md`, `${textReport(summary)}\n`],
    [`${images}performance-rates.svg`, barChart(summary)],
  ];
  for (const [file, text] of files) writeFileSync(file, text);
  return files.map(([file]) => file);
}
