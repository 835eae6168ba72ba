import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { seconds } from '../../server/kernel/clock.ts';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import { openSdkPages, type SdkPages } from '../support/sdk_page.ts';
import {
  type Organization,
  openWorld,
  PASSWORD,
  type Person,
  type RegisteredApp,
  type World,
} from '../support/world.ts';

/** What an app gets from the SDK. */
interface Outcome {
  data?: {
    access_token?: string;
    code?: string;
    scope?: string | string[];
    expires_in?: number;
    token_type?: string;
    state?: string;
    account_id?: string;
    organization_id?: string;
    client_id?: string;
  };
  transaction?: { state?: string; code_verifier?: string } | null;
  error?: Record<string, string>;
}

/** LiveChat's published SDK, unchanged, on a page of another site. */
describe('the Accounts SDK in a browser', skipUnlessBrowser(), () => {
  let world: World;
  let pages: SdkPages;
  let browser: Browser;
  let acme: Organization;
  let owner: Person;
  let app: RegisteredApp;
  let open: RegisteredApp;
  before(async () => {
    [pages, world, browser] = await Promise.all([openSdkPages(), openWorld(), launchBrowser()]);
    acme = await world.organization();
    owner = await world.person(acme);
    const redirectUris = [`${pages.origin}/`];
    app = await world.app(owner, acme, { type: 'javascript_app', redirectUris, optional: ['customers:own'] });
    open = await world.app(owner, acme, { type: 'javascript_app', redirectUris, visibility: 'public' });
  });
  after(async () => {
    await browser?.close();
    await world?.close();
    await pages?.close();
  });

  /** The app's page in a browser of its own, where somebody is logged in at the server, or nobody. */
  async function openApp(person: Person | undefined, origin = pages.origin): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    const cookies = [...(person?.browser.cookies ?? [])];
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: world.url })));
    const page = await context.newPage();
    await page.goto(`${origin}/?from=here`);
    return page;
  }

  /** From now on the page's SDK has these options. */
  async function configure(page: Page, options: Record<string, unknown>): Promise<void> {
    // LiveChat's limit of three redirects in 30 seconds is not what is tried here.
    world.server.clock.advance(seconds(31));
    await page.evaluate(
      (given) => {
        sessionStorage.options = given;
      },
      JSON.stringify({ client_id: app.clientId, server_url: world.url, ...options }),
    );
  }

  async function openPopup(page: Page, options: Record<string, unknown>): Promise<Page> {
    await configure(page, options);
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.click('#popup')]);
    return popup;
  }

  /** A popup that closes by itself when its last question is answered by these steps. */
  async function throughPopup(
    page: Page,
    options: Record<string, unknown>,
    steps: (popup: Page) => Promise<void> = async () => {},
  ): Promise<Outcome> {
    const popup = await openPopup(page, options);
    const closed = popup.isClosed() ? undefined : popup.waitForEvent('close');
    await steps(popup);
    await closed;
    return outcomeOf(page);
  }

  async function outcomeOf(page: Page): Promise<Outcome> {
    await page.locator('output:not(:empty)').waitFor();
    return JSON.parse((await page.locator('output').textContent()) ?? '') as Outcome;
  }

  async function logIn(page: Page, password = PASSWORD): Promise<void> {
    await page.getByLabel('Email').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Log in' }).click();
  }

  /** The token endpoint, as the app's own page calls it. */
  const exchange = (page: Page, { data, transaction }: Outcome, client: RegisteredApp) =>
    page.evaluate(
      async ([url = '', body]) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${url}/v2/token`, { method: 'POST', headers, body: body ?? null });
        return (await answer.json()) as { access_token?: string; refresh_token?: string };
      },
      [
        world.url,
        JSON.stringify({
          grant_type: 'authorization_code',
          code: data?.code,
          client_id: client.clientId,
          redirect_uri: `${pages.origin}/`,
          code_verifier: transaction?.code_verifier,
        }),
      ],
    );

  async function assertOpensChats(token: string | undefined): Promise<void> {
    const answer = await world.call('/v3.6/agent/action/list_chats', {}, `Bearer ${token}`);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  }

  it('gets a token by popup from a person who logs in there, each time with the manual one', async () => {
    const page = await openApp(undefined);
    const { data } = await throughPopup(page, { email_hint: owner.email }, async (popup) => {
      await popup.waitForURL(/\/signin\?handle=/);
      assert.equal(await popup.getByLabel('Email').inputValue(), owner.email);
      await logIn(popup, 'not the password');
      await popup.getByText('Email or password is wrong').waitFor();
      await logIn(popup);
    });
    assert.deepEqual(data?.scope, ['chats--all:ro', 'customers:own']);
    assert.equal(data?.expires_in, 28_800);
    assert.equal(data?.token_type, 'Bearer');
    await assertOpensChats(data?.access_token);
    const origins = await page.evaluate<string[]>('messages.map(({ origin }) => origin)');
    assert.deepEqual(origins, [world.url]);

    // Known by now, and asked all the same.
    const manual = await throughPopup(page, { popup_flow: 'manual', state: 'of the app' }, async (popup) => {
      await popup.waitForURL(/\/signin\?handle=/);
      await logIn(popup);
    });
    assert.ok(manual.data?.access_token);
    assert.equal(manual.data.state, 'of the app');
    assert.deepEqual(manual.transaction, { state: 'of the app' });
    await page.context().close();
  });

  it('gets a code by popup at once where nothing is left to ask', async () => {
    const page = await openApp(owner);
    // No state: the SDK sends none by itself, and must find its verifier all the same.
    const code = await throughPopup(page, { response_type: 'code', scope: 'chats--all:ro' });
    assert.deepEqual(
      { ...code.data, code: undefined },
      {
        code: undefined,
        scope: ['chats--all:ro'],
        expires_in: 28_800,
        account_id: owner.accountId,
        organization_id: acme.id,
        client_id: app.clientId,
      },
    );
    assert.equal(code.transaction?.code_verifier?.length, 128);
    const tokens = await exchange(page, code, app);
    assert.ok(tokens.refresh_token);
    await assertOpensChats(tokens.access_token);
    await page.context().close();
  });

  it('asks for consent in the popup, and hears a no as well as a yes', async () => {
    const page = await openApp(owner);
    const options = { prompt: 'consent', response_type: 'code', organization_id: acme.id };
    const decide = (button: string) => async (popup: Page) => {
      await popup.getByText('that opened this window').waitFor();
      await popup.getByRole('button', { name: button }).click();
    };
    const { error } = await throughPopup(page, options, decide('Cancel'));
    assert.equal(error?.oauth_exception, 'access_denied');
    assert.equal(error?.error_description, 'The person did not allow the access.');
    const { data } = await throughPopup(page, options, decide('Allow'));
    assert.match(data?.code ?? '', /^dal:c/);
    await page.context().close();
  });

  it('lets people sign up in the popup', async () => {
    const page = await openApp(undefined);
    const options = { client_id: open.clientId, path: '/signup' };
    const { data } = await throughPopup(page, options, async (popup) => {
      await popup.waitForURL(/\/signup\?handle=/);
      await popup.getByLabel('Name').fill('New Person');
      await popup.getByLabel('Email').fill('new@example.test');
      await popup.getByLabel('Company').fill('New Company');
      await popup.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await popup.getByRole('button', { name: 'Create account' }).click();
      await popup.getByRole('button', { name: 'Allow' }).click();
    });
    await assertOpensChats(data?.access_token);
    await page.context().close();
  });

  it('gets a token and a code by redirect', async () => {
    const page = await openApp(undefined);
    await configure(page, {});
    await page.click('#redirect');
    await logIn(page);
    const token = await outcomeOf(page);
    assert.equal(token.data?.scope, 'chats--all:ro,customers:own');
    assert.equal(token.data?.expires_in, 28_800);
    await assertOpensChats(token.data?.access_token);
    assert.match(page.url(), /\?from=here/, "the page's own query is back");

    await configure(page, { response_type: 'code', state: 'of the app' });
    await Promise.all([page.waitForURL(/code=/), page.click('#redirect')]);
    const code = await outcomeOf(page);
    assert.equal(code.data?.state, 'of the app');
    assert.equal(code.transaction?.state, 'of the app');
    const tokens = await exchange(page, code, app);
    assert.ok(tokens.refresh_token);
    await assertOpensChats(tokens.access_token);
    await page.context().close();
  });

  it('is told why a request was refused, and the popup stays open to say it to the person', async () => {
    const page = await openApp(undefined);
    const popup = await openPopup(page, { scope: 'agents--all:rw' });
    const { error } = await outcomeOf(page);
    assert.equal(error?.oauth_exception, 'invalid_scope');
    assert.match(error?.description ?? '', /agents--all:rw/);
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Close this window' }).click();
    await closed;
    await page.context().close();
  });

  it('tells a page of another origin nothing, whichever redirect URI it names', async () => {
    const page = await openApp(owner, pages.otherOrigin);
    const refused = await openPopup(page, { redirect_uri: `${pages.otherOrigin}/` });
    await refused.getByRole('heading', { name: 'The return address is not the app’s own' }).waitFor();
    assert.equal(await refused.locator('[data-popup-message]').count(), 0);
    assert.equal(await refused.evaluate('opener'), null);
    await refused.close();

    // The browser tells the page that did not get it.
    const complaint = page.waitForEvent('console', (message) => message.text().includes('postMessage'));
    const popup = await openPopup(page, { redirect_uri: `${pages.origin}/` });
    if (!popup.isClosed()) await popup.waitForEvent('close');
    assert.ok((await complaint).text().includes(`target origin provided ('${pages.origin}') does not match`));
    assert.deepEqual(await messagesUntilNow(page), []);
    await page.context().close();
  });

  /** A message that the page sends itself arrives after all that were sent before. */
  async function messagesUntilNow(page: Page): Promise<unknown[]> {
    await page.evaluate("postMessage('the last one', '*')");
    await page.waitForFunction("messages.at(-1)?.data === 'the last one'");
    return (await page.evaluate<unknown[]>('messages')).slice(0, -1);
  }
});
