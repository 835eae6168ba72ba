import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Marked, type Tokens } from 'marked';

export interface Guide {
  slug: string;
  title: string;
}

/** The guides in reading order, by the group they stand in. Each is `docs/<slug>.md`. */
export const GUIDES: readonly { title: string; guides: readonly Guide[] }[] = [
  {
    title: 'Start',
    guides: [
      { slug: 'walk', title: 'The walk' },
      { slug: 'chat-page-and-inbox', title: 'Chat page and inbox' },
      { slug: 'flows', title: 'Which flow for which app' },
      { slug: 'troubleshooting', title: 'Troubleshooting' },
      { slug: 'compatibility', title: 'Compatibility' },
    ],
  },
  {
    title: 'Flows',
    guides: [
      { slug: 'authorization-code', title: 'Server-side apps' },
      { slug: 'javascript-apps', title: 'JavaScript apps' },
      { slug: 'accounts-sdk', title: 'Sign in with the Accounts SDK' },
      { slug: 'implicit', title: 'Implicit' },
      { slug: 'refresh-tokens', title: 'Refresh tokens' },
      { slug: 'token-status', title: 'Looking at tokens, giving them back' },
      { slug: 'personal-access-tokens', title: 'Personal access tokens' },
      { slug: 'customer-tokens', title: 'Customer tokens' },
      { slug: 'publishing', title: 'Publishing an app' },
      { slug: 'properties', title: 'Properties' },
      { slug: 'visitors', title: 'Customers, bans and the widget' },
      { slug: 'webhooks', title: 'Webhooks' },
    ],
  },
  {
    title: 'Chats',
    guides: [{ slug: 'files-and-archives', title: 'Files and archives' }],
  },
  {
    title: 'Standard OAuth',
    guides: [
      { slug: 'standard-oauth', title: 'Standard OAuth' },
      { slug: 'openid-connect', title: 'OpenID Connect' },
      { slug: 'pushed-requests', title: 'Pushed requests' },
      { slug: 'resource-indicators', title: 'Tokens for one API' },
      { slug: 'devices', title: 'Devices' },
      { slug: 'bots', title: 'Bots' },
      { slug: 'dynamic-registration', title: 'Dynamic registration' },
    ],
  },
  {
    title: 'Chats',
    guides: [{ slug: 'routing', title: 'Routing' }],
  },
  {
    title: 'People and security',
    guides: [
      { slug: 'accounts', title: 'Accounts' },
      { slug: 'people-and-roles', title: 'People and roles' },
      { slug: 'managing-accounts', title: 'Managing accounts by program' },
      { slug: 'domains', title: 'Domains' },
      { slug: 'saml', title: 'Single sign-on (SAML)' },
      { slug: 'profiles', title: 'Compatible and Strict' },
      { slug: 'security-settings', title: 'What owners see and decide' },
      { slug: 'developer-tools', title: 'Tools for developers' },
      { slug: 'security', title: 'Security' },
    ],
  },
  {
    title: 'Run it',
    guides: [
      { slug: 'configuration', title: 'Configuration' },
      { slug: 'operations', title: 'Operations' },
      { slug: 'scaling', title: 'Scaling' },
      { slug: 'seeding', title: 'Seed data' },
    ],
  },
  {
    title: 'Inside',
    guides: [
      { slug: 'architecture', title: 'Architecture' },
      { slug: 'development', title: 'Development' },
      { slug: 'performance', title: 'Performance' },
      { slug: 'dependencies', title: 'Dependencies' },
    ],
  },
];

/** The guide as HTML of our own making; undefined when there is none of this name. */
export function renderGuide(folder: string, slug: string): { title: string; html: string } | undefined {
  const guide = GUIDES.flatMap(({ guides }) => guides).find((candidate) => candidate.slug === slug);
  const file = guide && join(folder, `${guide.slug}.md`);
  if (!guide || !file || !existsSync(file)) return undefined;
  return { title: guide.title, html: renderMarkdown(readFileSync(file, 'utf8')) };
}

/** Headings get ids to link to; links between guides and to their pictures are turned into addresses of this server. */
export function renderMarkdown(markdown: string): string {
  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading): string {
        return `<h${depth} id="${slugOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      // Wide code and tables scroll by keyboard too.
      code({ text, lang }: Tokens.Code): string {
        return `<pre tabindex="0"${lang ? ` data-language="${escapeHtml(lang)}"` : ''}><code>${escapeHtml(text)}\n</code></pre>\n`;
      },
    },
    walkTokens(token) {
      if (token.type === 'link') token.href = guideAddress(token.href);
      if (token.type === 'image') token.href = token.href.replace(/^(?:\.\/)?images\//, '/docs/images/');
    },
  });
  return marked.parse(markdown, { async: false });
}

function guideAddress(href: string): string {
  const match = /^(?:\.\/)?([a-z0-9-]+)\.md(#.*)?$/.exec(href);
  return match ? `/docs/${match[1]}${match[2] ?? ''}` : href;
}

/** As GitHub makes them, so that a link works there too. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[`*_'’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
