import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../docs/', import.meta.url);

/** A fenced block of a guide. */
export interface GuideBlock {
  language: string;
  text: string;
  /** Line of the guide on which it begins, counted from 1. */
  line: number;
}

/** A block to paste into a shell, and what the guide shows as its answer. */
export interface GuideCommand extends GuideBlock {
  answer: GuideBlock | undefined;
}

/** Names of all guides, without `.md`. */
export function guideNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3));
}

export function guideText(name: string): string {
  return readFileSync(new URL(`${name}.md`, FOLDER), 'utf8');
}

export function blocksOf(markdown: string): GuideBlock[] {
  const blocks: GuideBlock[] = [];
  let open: GuideBlock | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^```(\w*)$/.exec(line);
    if (fence && open) {
      blocks.push(open);
      open = undefined;
    } else if (fence) open = { language: fence[1] ?? '', text: '', line: index + 1 };
    else if (open) open.text += `${line}\n`;
  }
  return blocks;
}

/** The commands of a guide in their order; an answer is a block of text or JSON that follows before the next command. */
export function commandsOf(markdown: string): GuideCommand[] {
  const commands: GuideCommand[] = [];
  for (const block of blocksOf(markdown)) {
    const last = commands.at(-1);
    if (block.language === 'sh') commands.push({ ...block, answer: undefined });
    else if (/^(json|text)$/.test(block.language) && last && !last.answer) last.answer = block;
  }
  return commands;
}
