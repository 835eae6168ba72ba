import type { Line, Summary } from './summary.ts';

const WIDTH = 760;
const LABEL = 300;
const ROW = 26;
const GROUP_GAP = 16;
const COLORS: Record<string, string> = {
  gatehouse: '#0b7285',
  gatehouse_million: '#3bc9db',
  oidc_provider: '#e8590c',
  bare_fastify: '#868e96',
  bare_http: '#adb5bd',
};

/** Requests per second as bars, one group a scenario; the line shows the slowest and fastest repetition. */
export function barChart({ lines, machine, at }: Summary): string {
  const groups = [...new Set(lines.map(({ title }) => title))];
  const most = Math.max(...lines.map(({ fastest }) => fastest));
  const x = (rate: number): number => LABEL + (rate / most) * (WIDTH - LABEL - 90);
  const parts: string[] = [];
  let y = 56;
  for (const group of groups) {
    parts.push(text(16, y, group, 'font-weight="600"'));
    y += 10;
    for (const line of lines.filter(({ title }) => title === group)) {
      parts.push(row(line, y, x));
      y += ROW;
    }
    y += GROUP_GAP;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="system-ui, sans-serif" font-size="13" role="img" aria-label="Requests per second of each server, by scenario">`,
    `<rect width="${WIDTH}" height="${y}" fill="#fff"/>`,
    text(16, 24, 'Requests per second', 'font-size="16" font-weight="600"'),
    text(WIDTH - 16, 24, `${at.slice(0, 10)} · ${machine.commit}`, 'text-anchor="end" fill="#495057"'),
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function row(line: Line, y: number, x: (rate: number) => number): string {
  const [target = ''] = line.key.split('/');
  const middle = y + ROW / 2;
  return [
    text(LABEL - 8, middle + 4, line.target, 'text-anchor="end" fill="#343a40"'),
    `<rect x="${LABEL}" y="${y + 4}" width="${(x(line.rate) - LABEL).toFixed(1)}" height="${ROW - 8}" rx="3" fill="${COLORS[target] ?? '#868e96'}"/>`,
    `<path d="M${x(line.slowest).toFixed(1)} ${middle}H${x(line.fastest).toFixed(1)}" stroke="#212529" stroke-width="1.5"/>`,
    text(Number((x(line.fastest) + 6).toFixed(1)), middle + 4, Math.round(line.rate).toLocaleString('en')),
  ].join('');
}

function text(x: number, y: number, words: string, more = ''): string {
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" ${more}>${safe}</text>`;
}
