import { html } from 'htm/preact';
import type { PageContext } from './layout.ts';
import { renderPage } from './layout.ts';
import { safeHref } from './text.ts';

export type DocsLink = { title: string; href: string };

export type DocsView = {
  title: string;
  nav: readonly { title: string; pages: readonly (DocsLink & { current?: boolean | undefined })[] }[];
  /** Trusted HTML rendered from our own markdown, with its own `h1`. Put in as it is. */
  articleHtml: string;
  /** A script of this page alone. */
  script?: string | undefined;
  /** What was searched for. */
  question?: string | undefined;
  previous?: DocsLink | undefined;
  next?: DocsLink | undefined;
};

/**
 * Code and tables may be wider than a phone; each scrolls by itself and so must take the keyboard's focus
 * (WCAG 2.1.1).
 */
function scrollable(articleHtml: string): string {
  return articleHtml
    .replaceAll('<pre>', '<pre tabindex="0">')
    .replaceAll('<table>', '<div class="table-scroll" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
}

/**
 * A page of the documentation: article, the way on, and the list of all pages. That is long: a phone shows it
 * below the article, with a link to it above.
 */
export function docsPage(context: PageContext, view: DocsView): string {
  return renderPage(context, {
    title: view.title,
    shape: 'split',
    script: view.script,
    body: html`
      <a class="side-jump" href="#all-pages">All pages</a>
      <div class="content">
        <article class="prose" dangerouslySetInnerHTML=${{ __html: scrollable(view.articleHtml) }}></article>
        ${
          view.previous || view.next
            ? html`<nav class="turn" aria-label="Previous and next page">
                ${view.previous ? html`<a rel="prev" class="turn-link" href=${safeHref(view.previous.href)}><span class="soft">Previous</span>${' '}${view.previous.title}</a>` : null}
                ${view.next ? html`<a rel="next" class="turn-link turn-next" href=${safeHref(view.next.href)}><span class="soft">Next</span>${' '}${view.next.title}</a>` : null}
              </nav>`
            : null
        }
      </div>
      <nav id="all-pages" class="side side-docs" aria-label="Documentation">
        <form class="search" role="search" action="/docs/search" method="get">
          <label class="visually-hidden" for="docs-search">Search methods and guides</label>
          <div class="input"><input id="docs-search" type="search" name="q" value=${view.question} placeholder="Search" autocomplete="off" maxlength="100" /></div>
          <button class="button secondary">Search</button>
        </form>
        ${view.nav.map(
          (group) => html`<div>
            <p class="side-title">${group.title}</p>
            <ul>
              ${group.pages.map(
                (page) =>
                  html`<li><a href=${safeHref(page.href)} aria-current=${page.current ? 'page' : undefined}>${page.title}</a></li>`,
              )}
            </ul>
          </div>`,
        )}
      </nav>
    `,
  });
}
