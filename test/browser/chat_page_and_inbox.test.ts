import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { HOSTILE_TEXTS } from '../../chat/client/hostile_texts.fixture.ts';
import { agentMethods } from '../../server/apis/agent/index.ts';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import { type Organization, openWorld, type Person, type World } from '../support/world.ts';
import { startWalk } from './walk.ts';

const has = (method: string): boolean => agentMethods.some(({ name }) => (name as string) === method);

describe('the chat page and the inbox, side by side', skipUnlessBrowser(), () => {
  let world: World;
  let browser: Browser;
  before(async () => {
    world = await openWorld();
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  for (const [name, width, height, colorScheme] of [
    ['desktop', 1440, 900, 'light'],
    ['phone', 360, 740, 'dark'],
  ] as const)
    it(`hold a conversation (${name})`, { timeout: 180_000 }, async () => {
      const acme = await world.organization(`Acme ${name}`);
      const agent = await world.person(acme);
      const other = await world.person(acme, { account: 'member', chat: 'normal' });
      if (has('set_routing_status')) for (const person of [agent, other]) await acceptChats(person);

      const open = async (who: string, cookies: Person | undefined) => {
        const context = await browser.newContext({
          viewport: { width, height },
          colorScheme,
          reducedMotion: 'reduce',
        });
        if (cookies)
          await context.addCookies(
            [...cookies.browser.cookies].map(([cookie, value]) => ({ name: cookie, value, url: world.url })),
          );
        return startWalk(context, await context.newPage(), `${who}-${name}`);
      };
      const customer = await open('customer', undefined);
      const inbox = await open('inbox', agent);

      await customer.page.goto(`${world.url}/chat/${acme.id}`);
      await say(customer.page, 'Your message', 'Where is my parcel?');
      await customer.look('start');

      await inbox.page.goto(`${world.url}/inbox`);
      const row = inbox.page.getByRole('link', { name: /Where is my parcel\?/ });
      await row.waitFor();
      await inbox.look('list');
      await row.click();
      const log = inbox.page.getByRole('log');
      await log.getByText('Where is my parcel?').waitFor();
      const join = inbox.page.getByRole('button', { name: 'Join', exact: true });
      const message = inbox.page.getByRole('textbox', { name: 'Your message' });
      await join.or(message).waitFor();
      if (await join.isVisible()) await join.click();
      await say(inbox.page, 'Your message', 'I look it up.');
      await inbox.page.getByRole('button', { name: 'Note for agents' }).click();
      await say(inbox.page, 'Your note for agents', 'A regular customer.');
      await log.getByText('A regular customer.').waitFor();
      await inbox.look('conversation');

      await customer.page.getByRole('log').getByText('I look it up.').waitFor();
      assert.equal(await customer.page.getByText('A regular customer.').count(), 0);
      await customer.look('conversation');

      if (name === 'phone') await inbox.page.getByRole('button', { name: 'Details' }).click();
      if (has('tag_thread')) {
        await inbox.page.getByRole('textbox', { name: 'Add a tag' }).fill('parcel');
        await inbox.page.getByRole('button', { name: 'Add', exact: true }).click();
        await inbox.page.getByRole('button', { name: 'Remove the tag parcel' }).waitFor();
      }
      await inbox.look('details');
      if (name === 'phone')
        await inbox.page.getByRole('button', { name: 'Back to the list' }).filter({ visible: true }).click();

      await hostile(customer.page, inbox.page);

      if (has('transfer_chat')) {
        await act(inbox.page, 'Transfer');
        await inbox.page.getByRole('dialog').getByText(other.email).waitFor();
        await inbox.look('transfer');
        await inbox.page.getByRole('button', { name: `Transfer to ${other.email}` }).click();
        await join.waitFor();
        await join.click();
        await message.waitFor();
      }
      await act(inbox.page, 'Close chat');
      const resume = inbox.page.getByRole('button', { name: 'Resume' });
      await resume.waitFor();
      await inbox.look('closed');
      await customer.page.getByText('This chat has ended.').waitFor();
      await customer.look('closed');
      await say(customer.page, 'Your message', 'One more thing.');
      await resume.waitFor({ state: 'detached' });
      await log.getByText('One more thing.').waitFor();

      await inbox.page.keyboard.press('Escape');
      await inbox.page.keyboard.press('?');
      await inbox.page.getByRole('dialog').getByText('Next chat').waitFor();
      await inbox.look('keys');
      assert.deepEqual([...customer.problems, ...inbox.problems], []);
      await customer.context.close();
      await inbox.context.close();
    });

  it('keep what could not be sent, and send it once', { timeout: 60_000 }, async () => {
    const acme: Organization = await world.organization();
    await world.person(acme);
    const context = await browser.newContext({ viewport: { width: 800, height: 700 } });
    const page = await context.newPage();
    await page.goto(`${world.url}/chat/${acme.id}`);
    await page.getByRole('textbox', { name: 'Your message' }).waitFor();
    // The answer is lost, not the message.
    await page.route('**/start_chat**', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('textbox', { name: 'Your message' }).fill('Did this arrive?');
    await page.keyboard.press('Enter');
    await page.getByText('Not sent').waitFor();
    await page.unroute('**/start_chat**');
    await page.reload();
    await page.getByRole('log').getByText('Did this arrive?').waitFor();
    await page.getByText('Not sent').waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('log').getByText('Did this arrive?').count(), 1);
    await context.close();
  });

  async function acceptChats(person: Person): Promise<void> {
    const session = await cookiesOf(person, '/console/api/session', 'GET');
    const { csrf_token: csrf } = (await session.json()) as { csrf_token: string };
    const minted = await cookiesOf(person, '/console/api/inbox/token', 'POST', csrf);
    const { access_token: token } = (await minted.json()) as { access_token: string };
    const answer = await world.call(
      '/v3.6/agent/action/set_routing_status',
      { status: 'accepting_chats' },
      `Bearer ${token}`,
    );
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  }

  function cookiesOf(person: Person, path: string, method: string, csrf = ''): Promise<Response> {
    const cookie = [...person.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return fetch(world.url + path, {
      method,
      headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
  }
});

async function say(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: field }).fill(text);
  await page.keyboard.press('Enter');
  await page.getByRole('log').getByText(text).waitFor();
}

async function act(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('button', { name: action, exact: true }).click();
}

/** All of them in one message: the pages' own tests take them one by one. */
async function hostile(customer: Page, agent: Page): Promise<void> {
  const text = `${HOSTILE_TEXTS.join('\n')}\nThe end of it.`;
  await customer.getByRole('textbox', { name: 'Your message' }).fill(text);
  await customer.keyboard.press('Enter');
  for (const page of [customer, agent]) {
    await page.getByRole('log').getByText('The end of it.').first().waitFor();
    const found = await page.evaluate(() => ({
      ran: 'pwned' in window,
      dangerous: document.querySelectorAll(
        'a:not([href^="http"]):not([href^="/"]):not([href^="#"]), .bubble :is(script, iframe, img, svg, object, form, style)',
      ).length,
    }));
    assert.deepEqual(found, { ran: false, dangerous: 0 });
  }
}
