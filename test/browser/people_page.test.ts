import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, skipUnlessBrowser } from '../support/browser.ts';
import { type Organization, openWorld, PASSWORD, type Person, type World } from '../support/world.ts';
import { startWalk } from './walk.ts';

describe('the page People in a browser', skipUnlessBrowser(), () => {
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

  async function open(
    person: Person,
    size: { width: number; height: number },
    colorScheme: 'light' | 'dark',
  ) {
    const context = await browser.newContext({ viewport: size, colorScheme, reducedMotion: 'reduce' });
    await context.addCookies(
      [...person.browser.cookies].map(([name, value]) => ({ name, value, url: world.url })),
    );
    const walk = startWalk(context, await context.newPage(), `people-${size.width}`);
    await walk.page.goto(`${world.url}/console/settings/people`);
    await walk.page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
    await walk.page.getByText(colleague.email).first().waitFor();
    return walk;
  }
  const menuOf = (page: Page, name: string) => page.getByRole('button', { name: `Actions for ${name}` });

  it('lets an owner invite, change roles and suspend, by keyboard too', { timeout: 240_000 }, async () => {
    const walk = await open(owner, { width: 1440, height: 900 }, 'light');
    const { page } = walk;
    await page.getByRole('button', { name: 'Invite people' }).click();
    await page.getByLabel('Email addresses').fill(`first@example.test\n${colleague.email}`);
    await page.getByRole('button', { name: 'Send invitations' }).click();
    await page.getByText('is a member of this organization already').first().waitFor();
    await page.getByLabel('Email addresses').fill('first@example.test, second@example.test');
    await page.getByRole('button', { name: 'Send invitations' }).click();
    await page.getByText('2 invitations were sent').waitFor();
    await page.getByRole('button', { name: 'Revoke the invitation of second@example.test' }).waitFor();

    const [, second] = await world.server.services.identity.members(acme.licenseId);
    const name = second?.account.name ?? '';
    await menuOf(page, name).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change role…' }).waitFor();
    await walk.look('menu');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'Administrator', exact: true }).check();
    await walk.look('roles');
    await page.getByRole('button', { name: 'Change roles' }).click();
    await page.getByText(/The roles of .* were changed/).waitFor();

    await menuOf(page, name).click();
    await page.getByRole('button', { name: 'Suspend…' }).click();
    await page.getByText('loses access to this organization').waitFor();
    await page.getByRole('button', { name: 'Suspend', exact: true }).click();
    await page.getByText('Suspended', { exact: true }).filter({ visible: true }).last().waitFor();
    await menuOf(page, name).click();
    await page.getByRole('button', { name: 'Lift the suspension' }).click();
    await page.getByText(/can work here again/).waitFor();
    await menuOf(page, name).click();
    await page.getByRole('button', { name: 'Hand over ownership…' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await walk.look('ownership');
    await page.getByRole('button', { name: 'Hand over ownership', exact: true }).click();
    await page.getByText(/is an owner now/).waitFor();
    assert.deepEqual(walk.problems, []);
    await walk.context.close();
  });

  it('shows the list to a member on a phone, read-only', { timeout: 120_000 }, async () => {
    const reader = await world.person(acme, { account: 'member', chat: 'normal' });
    const walk = await open(reader, { width: 360, height: 740 }, 'dark');
    const { page } = walk;
    await walk.look('member');
    assert.equal(await page.getByRole('button', { name: /Actions for/ }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Invite people' }).count(), 0);
    await page.getByLabel('Search by name or email').fill('nobody of that name');
    await page.getByText('Nobody matches').waitFor();
    assert.deepEqual(walk.problems, []);
    await walk.context.close();
  });

  it('fits a phone for an owner too', { timeout: 120_000 }, async () => {
    const boss = await world.person(acme);
    const walk = await open(boss, { width: 360, height: 740 }, 'light');
    await walk.look('owner-phone');
    await walk.page.getByRole('button', { name: 'Invite people' }).click();
    await walk.page.getByLabel('Email addresses').waitFor();
    await walk.look('owner-phone-invite');
    assert.deepEqual(walk.problems, []);
    await walk.context.close();
  });
});
