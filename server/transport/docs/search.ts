import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml, GUIDES, slugOf } from './guides.ts';
import { anchorOf, isRead, type ReferenceApi } from './reference.ts';

interface Entry {
  title: string;
  where: string;
  href: string;
  text: string;
}

const MOST_FOUND = 40;
const LONGEST_QUESTION = 100;

export interface DocsSearch {
  /** The article of the page that answers a question. */
  page(question: string): { title: string; html: string };
}

/** Search over the methods and the guides' sections: a page like any other, so that it needs no script. */
export function docsSearch(folder: string, apis: readonly ReferenceApi[]): DocsSearch {
  let entries: Entry[] | undefined;
  return {
    page(asked) {
      entries ??= [...methodsOf(apis), ...sectionsOf(folder)];
      const question = asked.trim().slice(0, LONGEST_QUESTION);
      return { title: 'Search', html: pageHtml(question, question === '' ? [] : find(entries, question)) };
    },
  };
}

function methodsOf(apis: readonly ReferenceApi[]): Entry[] {
  return apis.flatMap((api) =>
    api.operations.filter(isRead).map((one) => {
      const { summary, description = '' } = one.operation as { summary: string; description?: string };
      const scopes = JSON.stringify(one.operation.security);
      return {
        title: anchorOf(one),
        where: api.title,
        href: `/docs/${api.slug}#${anchorOf(one)}`,
        text: `${summary}. ${description} ${one.path} ${scopes}`,
      };
    }),
  );
}

/** Each heading of a guide with what stands below it. */
function sectionsOf(folder: string): Entry[] {
  return GUIDES.flatMap(({ guides }) => guides).flatMap(({ slug, title }) => {
    const file = join(folder, `${slug}.md`);
    if (!existsSync(file)) return [];
    const parts = readFileSync(file, 'utf8').split(/^(?=#{1,3} )/m);
    return parts.map((part) => {
      const heading = /^#{1,3} (.+)/.exec(part)?.[1] ?? title;
      return {
        title: heading.replace(/[`*]/g, ''),
        where: title,
        href: `/docs/${slug}#${slugOf(heading)}`,
        text: part.replace(/^.*\n/, ''),
      };
    });
  });
}

function find(entries: readonly Entry[], question: string): Entry[] {
  const words = question.toLowerCase().split(/\s+/);
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_FOUND)
    .map(({ entry }) => entry);
}

/** Each word must be somewhere; in the title it counts more, and most where it is the title. */
function scoreOf({ title, text }: Entry, words: readonly string[]): number {
  const name = title.toLowerCase();
  const spoken = name.replaceAll('_', ' ');
  const body = text.toLowerCase();
  let score = name === words.join('_') || spoken === words.join(' ') ? 50 : 0;
  for (const word of words) {
    if (name.includes(word) || spoken.includes(word)) score += 10;
    else if (body.includes(word)) score += 1;
    else return 0;
  }
  return score;
}

function pageHtml(question: string, found: readonly Entry[]): string {
  const said =
    question === ''
      ? 'Type the name of a method, a scope, an error, or a word of a guide.'
      : found.length === 0
        ? `Nothing is called “${escapeHtml(question)}”. Try one word of it, such as the name of a scope or of a parameter.`
        : `${found.length === MOST_FOUND ? 'The first ' : ''}${found.length} for “${escapeHtml(question)}”`;
  const items = found.map(
    ({ title, where, href, text }) =>
      `<li><a href="${escapeHtml(href)}">${escapeHtml(title)}</a> <span class="soft">${escapeHtml(where)}</span><br>${escapeHtml(excerpt(text, question))}</li>`,
  );
  return `<h1>Search</h1><p role="status">${said}</p>${items.length > 0 ? `<ol class="found">${items.join('')}</ol>` : ''}`;
}

function excerpt(text: string, question: string): string {
  const plain = text
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/[`*|#[\]]|\(\S+\.md\S*\)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const at = plain.toLowerCase().indexOf(question.toLowerCase().split(/\s+/)[0] ?? '');
  const from = at < 60 ? 0 : at - 40;
  return `${from > 0 ? '…' : ''}${plain.slice(from, from + 160)}${plain.length > from + 160 ? '…' : ''}`;
}
