import { html } from 'htm/preact';
import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { archBackdrop, brand, logoMark } from './brand.ts';
import { paths } from './paths.ts';
import { name, safeHref, singleLine } from './text.ts';

/** What every page needs to know besides its own view. */
export type PageContext = {
  /** Addresses of the static files, with their content hash: `/assets/accounts.css?v=3f2a…`. */
  assets: {
    css: string;
    js: string;
    passkeys?: string | undefined;
    popup?: string | undefined;
    reference?: string | undefined;
    icon?: string | undefined;
  };
  /** Goes into a hidden `csrf_token` of every form. */
  csrfToken?: string | undefined;
  productName: string;
  signedInAs?: { name: string; email: string } | undefined;
  developmentMode: boolean;
  /** Where the Console and the docs live when they have host names of their own. */
  consoleUrl?: string | undefined;
  docsUrl?: string | undefined;
};

/** One page's part of the document. */
export type PageParts = {
  /** Without the product's name, which is added. */
  title: string;
  /** Prefixes the title with "Error:", so that a screen reader says it first. */
  failed?: boolean | undefined;
  /** `gate`: one card in the middle. `wide`: a column of text. `split`: the body brings its own side navigation. */
  shape: 'gate' | 'wide' | 'split';
  /** Large arches behind the content; the `gate` shape always has them. */
  backdrop?: boolean | undefined;
  /** A script of this page alone: its address. */
  script?: string | undefined;
  body: ComponentChildren;
};

/** Renders a complete HTML document; the only place where a page becomes a string. */
export function renderPage(context: PageContext, parts: PageParts): string {
  const title = [
    parts.failed ? 'Error: ' : '',
    singleLine(parts.title),
    ' · ',
    singleLine(context.productName),
  ];
  const document = html`<html lang="en" dir="ltr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content=${brand.pageLight} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content=${brand.pageDark} />
      <title>${title.join('')}</title>
      ${context.assets.icon ? html`<link rel="icon" type="image/svg+xml" href=${context.assets.icon} />` : null}
      <link rel="stylesheet" href=${context.assets.css} />
      <script src=${context.assets.js} defer></script>
      ${parts.script ? html`<script src=${parts.script} defer></script>` : null}
    </head>
    <body class=${`page page-${parts.shape}`}>
      <a class="skip" href="#main">Skip to content</a>
      ${parts.shape === 'gate' || parts.backdrop ? archBackdrop() : null}
      ${header(context, parts.shape)}
      <main id="main" class=${`main main-${parts.shape}`} tabindex="-1">${parts.body}</main>
      ${footer(context)}
    </body>
  </html>`;
  return `<!doctype html>\n${render(document)}\n`;
}

function header(context: PageContext, shape: PageParts['shape']): VNode {
  const signedIn = context.signedInAs;
  return html`<header class="top">
    <a class="wordmark" href=${paths.home}>${logoMark()}<span>${singleLine(context.productName)}</span></a>
    ${
      shape === 'gate'
        ? null
        : html`<nav class="top-nav" aria-label="Site">
            <ul>
              <li><a href=${docsUrl(context)}>Docs</a></li>
              <li><a href=${consoleUrl(context)}>Console</a></li>
              ${
                signedIn
                  ? html`<li><a href=${paths.account} title=${singleLine(signedIn.email)}>Account<span class="visually-hidden">, signed in as ${name(signedIn.name)}</span></a></li>
                      <li><a href=${paths.signOut}>Sign out</a></li>`
                  : html`<li><a href=${paths.signIn}>Log in</a></li>`
              }
            </ul>
          </nav>`
    }
  </header>`;
}

function footer(context: PageContext): VNode {
  return html`<footer class="bottom">
    ${
      context.developmentMode
        ? html`<p class="dev-strip"><span class="badge badge-new">Development mode</span><span>Mail is not sent; <a href=${paths.devMail}>read it here</a>.</span></p>`
        : null
    }
    <p class="bottom-links"><a href=${docsUrl(context)}>Docs</a><a href=${consoleUrl(context)}>Developer Console</a></p>
  </footer>`;
}

/** The Developer Console's address for this context. */
export function consoleUrl(context: PageContext): string {
  return safeHref(context.consoleUrl ?? paths.console);
}

/** The documentation's address for this context. */
export function docsUrl(context: PageContext): string {
  return safeHref(context.docsUrl ?? paths.docs);
}
