import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import { type Organization, openWorld, type Person, type World } from '../support/world.ts';
import { startWalk } from './walk.ts';

describe('the pages Agents and Groups in a browser', skipUnlessBrowser(), () => {
  let world: World;
  let browser: Browser;
  let acme: Organization;
  let owner: Person;
  let colleague: Person;
  before(async () => {
    world = await openWorld();
    acme = await world.organization('Acme');
    owner = await world.person(acme);
    colleague = await world.person(acme, { account: 'member', chat: 'normal' });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await world?.close();
  });

  async function open(page: string, width: number, colorScheme: 'light' | 'dark') {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme,
      reducedMotion: 'reduce',
    });
    await context.addCookies(
      [...owner.browser.cookies].map(([name, value]) => ({ name, value, url: world.url })),
    );
    const walk = startWalk(context, await context.newPage(), `${page}-${width}`);
    await walk.page.goto(`${world.url}/console/settings/${page}`);
    await walk.page.getByRole('heading', { level: 1 }).waitFor();
    return walk;
  }

  it('let an owner add, edit, suspend and remove agents', { timeout: 240_000 }, async () => {
    const walk = await open('agents', 1440, 'light');
    const { page } = walk;
    await page.getByText(colleague.email).first().waitFor();
    await page.getByRole('button', { name: 'Add an agent' }).click();
    await page.getByRole('textbox', { name: 'Email' }).fill('grace@example.test');
    await page.getByRole('textbox', { name: 'Name' }).fill('Grace Hopper');
    await walk.look('add');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText('A mail to grace@example.test').waitFor();
    await page.getByRole('button', { name: 'Edit Grace Hopper' }).click();
    await page.getByLabel('Job title').fill('Admiral');
    await page.getByRole('button', { name: 'Add hours' }).click();
    await page.getByLabel('Until').fill('08:00');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('08:00 is not after 09:00').first().waitFor();
    await page.getByLabel('Until').fill('18:00');
    await walk.look('edit');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The agent was saved.').waitFor();
    await page.getByText('own working hours').waitFor();
    await page.getByLabel('Select Grace Hopper').check();
    await walk.look('selected');
    await page.getByRole('button', { name: 'Suspend…' }).click();
    await page.getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByText('Suspended.').waitFor();
    await page.getByLabel('Status').selectOption('suspended');
    await page.getByText('1 agent', { exact: true }).waitFor();
    await page.getByLabel('Select Grace Hopper').check();
    await page.getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Nobody matches').waitFor();
    await walk.look('nobody');
    await walk.page.context().close();
  });

  it('let an owner make, edit and delete groups, on a phone in the dark', { timeout: 240_000 }, async () => {
    const walk = await open('groups', 360, 'dark');
    const { page } = walk;
    await page.getByRole('button', { name: 'Create a group' }).click();
    await page.getByLabel('Name').fill('Sales');
    await page.getByLabel(colleague.email).selectOption('first');
    await walk.look('create');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The group was saved.').waitFor();
    await page.getByText('1 agent', { exact: false }).first().waitFor();
    await walk.look('list');
    await page.getByRole('button', { name: 'Edit Sales' }).click();
    await page.getByLabel('Name').fill('Shoes');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Delete Shoes' }).click();
    await page.getByText('open chats belong to their other groups').waitFor();
    await walk.look('delete');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('The group was deleted.').waitFor();
    const agents = await open('agents', 360, 'dark');
    await agents.page.getByText(colleague.email).first().waitFor();
    await agents.look('agents');
    await agents.page.context().close();
    await walk.page.context().close();
  });
});
