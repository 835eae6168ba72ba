import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { commands } from '../server/app/cli/run_command.ts';
import { settings } from '../server/app/config_schema.ts';
import { refusalReasons } from '../server/oauth/refusal_reasons.ts';
import { GUIDES, renderMarkdown } from '../server/transport/docs/guides.ts';
import { blocksOf, guideNames, guideText } from './support/guide_blocks.ts';
import { openWorld, type World } from './support/world.ts';

const ROOT = new URL('../', import.meta.url);

/** By their path from the root of the repository. */
const documents = new Map([
  ...guideNames().map((name): [string, string] => [`docs/${name}.md`, guideText(name)]),
  ...['README.md', 'SECURITY.md'].map((path): [string, string] => [
    path,
    readFileSync(new URL(path, ROOT), 'utf8'),
  ]),
]);

/** What is wrong, in every document, as `where: what`. */
function faults(find: (markdown: string, path: string) => Iterable<string>): string[] {
  return [...documents].flatMap(([path, markdown]) =>
    [...find(markdown, path)].map((what) => `${path}: ${what}`),
  );
}

const flagsOfCommands = commands.flatMap(({ options }) => Object.keys(options).map((name) => `--${name}`));
/** Of the tools around the server, which have no list. */
const FLAGS_OF_OTHERS = ['--help', '--fix', '--version', '--data-urlencode', '--save', '--only', '--profile'];
/** Names in capitals that are no settings of the server, but of tests and of Node. */
const NOT_SETTINGS = [
  'CHROMIUM_PATH',
  'NODE_ENV',
  'CRASH_ROUNDS',
  'RACE_ROUNDS',
  'FUZZ_REQUESTS',
  'FUZZ_SEED',
];

/** The method by which the architecture shows how one is added. */
const TO_BE_WRITTEN = 'docs/architecture.md: server/apis/agent/get_chat_summary.ts';

const withoutBlocks = (markdown: string): string => markdown.replace(/^```[\s\S]*?^```$/gm, '');

function anchorsOf(path: string): string[] {
  const html = renderMarkdown(documents.get(path) ?? '');
  return [...html.matchAll(/<h\d id="([^"]+)"/g)].map(([, id]) => id ?? '');
}

/** Where the links of a document lead, from the root of the repository. */
function linksOf(markdown: string, path: string): { href: string; file: string; anchor: string }[] {
  return [...withoutBlocks(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, href = '']) => href)
    .filter((href) => !/^[a-z]+:/.test(href))
    .map((href) => {
      const url = new URL(href, `file:///${path}`);
      return { href, file: url.pathname.slice(1), anchor: url.hash.slice(1) };
    });
}

describe('the guides', () => {
  it('link to files and headings that are there', () => {
    const wrong = faults((markdown, path) =>
      linksOf(markdown, path)
        .filter(
          ({ file, anchor }) =>
            !existsSync(new URL(file, ROOT)) || (anchor !== '' && !anchorsOf(file).includes(anchor)),
        )
        .map(({ href }) => href),
    );
    assert.deepEqual(wrong, []);
  });

  it('are all served, and found from another guide', () => {
    const served = GUIDES.flatMap(({ guides }) => guides.map(({ slug }) => slug)).sort();
    assert.deepEqual(guideNames().sort(), served);
    const linked = new Set<string>();
    for (const [path, markdown] of documents)
      for (const { file } of linksOf(markdown, path)) if (file !== path) linked.add(file);
    assert.deepEqual(
      served.filter((slug) => !linked.has(`docs/${slug}.md`)),
      [],
    );
  });

  it('name settings and flags that exist', () => {
    const known = Object.values(settings);
    const variables = new Set<string>([...known.map(({ key }) => key), ...NOT_SETTINGS]);
    const flags = new Set([...known.map(({ flag }) => `--${flag}`), ...flagsOfCommands, ...FLAGS_OF_OTHERS]);
    const wrong = faults((markdown) =>
      [...withoutBlocks(markdown).matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => [
        ...[...code.matchAll(/(?<![\w.$])[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b/g)]
          .map(([name]) => name)
          .filter((name) => !variables.has(name)),
        ...[...code.matchAll(/(?:^|\s)(--[a-z][a-z-]+)/g)]
          .map(([, flag = '']) => flag)
          .filter((flag) => !flags.has(flag)),
      ]),
    );
    assert.deepEqual(wrong, []);
  });

  it('name reasons of refused requests that there are', () => {
    const table = /### invalid grant([\s\S]*?)### /.exec(guideText('troubleshooting'))?.[1] ?? '';
    const named = [...table.matchAll(/^\|[^|]*\|([^|]+)\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, reason = '']) => reason),
    );
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((reason) => !(refusalReasons as readonly string[]).includes(reason)),
      [],
    );
  });

  it('name files of this repository that are there', () => {
    const wrong = faults((markdown) =>
      [...withoutBlocks(markdown).matchAll(/`((?:server|test|tools|console|bench)\/[\w./-]+\.\w+)`/g)]
        .map(([, file = '']) => file)
        .filter((file) => !existsSync(new URL(file, ROOT))),
    );
    assert.deepEqual(wrong, [TO_BE_WRITTEN]);
  });
});

describe('the addresses in the guides', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
  });
  after(() => world.close());

  it('are served', () => {
    const routes = world.routes.map(
      ({ url }) => new RegExp(`^${url.replace(/\/\*$/, '(?:/.*)?').replace(/:[^/]+/g, '[^/]+')}$`),
    );
    const served = (path: string) => routes.some((route) => route.test(path));
    const wrong = faults((markdown) => {
      const addresses = blocksOf(markdown)
        .filter(({ language }) => language === 'sh')
        .flatMap(({ text }) => [
          ...text.matchAll(
            /(?<!resource=)(?:http:\/\/localhost:8080|\$GATEHOUSE|\$\{GATEHOUSE\})(\/[^\s"'?#&`]*)?/g,
          ),
        ])
        .map(([, path = '/']) => path.replace(/\$\w+/g, 'x'));
      const inTables = [
        ...withoutBlocks(markdown).matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) )?(\/[^`\s?]*)`/g),
      ]
        .filter(([, method, path = '']) => method !== undefined && !path.endsWith('…'))
        .map(([, , path = '/']) => path.replace(/<\w+>/g, 'x'));
      return [...addresses, ...inTables].filter((path) => !served(path));
    });
    assert.deepEqual(wrong, []);
  });
});
