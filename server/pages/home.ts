import { html } from 'htm/preact';
import type { PageContext } from './layout.ts';
import { consoleUrl, docsUrl, renderPage } from './layout.ts';
import { paths } from './paths.ts';
import { name } from './text.ts';

export type HomeView = {
  /** This server's public address, to be copied into an app: `http://localhost:8080`. */
  serverUrl: string;
};

/** `/` opened without an authorize request: what this server is, and where to go. */
export function homePage(context: PageContext, view: HomeView): string {
  const signedIn = context.signedInAs;
  return renderPage(context, {
    title: 'Welcome',
    shape: 'wide',
    backdrop: true,
    body: html`
      <div class="hero">
        <h1>Welcome at the gate</h1>
        <p class="lead">This server runs ${name(context.productName)}: live chat, and the accounts that let apps work with it. People log in here, choose what an app may do, and can take it back.</p>
        ${
          signedIn
            ? html`<p class="buttons"><a class="button primary" href=${consoleUrl(context)}>Open the Console</a><a class="button secondary" href=${paths.inbox}>Inbox</a><a class="button secondary" href=${paths.account}>Your account</a></p>
                <p class="soft">Logged in as ${name(signedIn.name)}, <span class="break">${name(signedIn.email)}</span>.</p>`
            : html`<p class="buttons"><a class="button primary" href=${paths.signUp}>Sign up</a><a class="button secondary" href=${paths.signIn}>Log in</a></p>`
        }
      </div>
      <ul class="ways">
        <li><h2><a href=${consoleUrl(context)}>Developer Console</a></h2><p>Create an app, choose what it may do, and try its first request.</p></li>
        <li><h2><a href=${paths.inbox}>Inbox</a></h2><p>Answer the people who write to your organization.</p></li>
        <li><h2><a href=${docsUrl(context)}>Docs</a></h2><p>The way from sign-up to the first list of chats, step by step, and every method.</p></li>
        <li><h2><a href=${paths.account}>Your account</a></h2><p>Your sessions, and the apps that you allowed.</p></li>
      </ul>
      <p class="soft">Point an app at this server: <code class="break" dir="ltr" data-copy>${view.serverUrl}</code></p>
    `,
  });
}
