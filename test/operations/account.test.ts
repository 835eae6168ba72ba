import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hiddenFields } from '../support/browser_session.ts';
import { gatehouse, spawnGatehouse } from '../support/gatehouse.ts';
import { LOGIN, openSite, type Site } from '../support/site.ts';

describe('gatehouse account', () => {
  let site: Site;
  before(async () => {
    site = await openSite();
  });
  after(() => site.remove());

  const account = (...argv: string[]) =>
    gatehouse('account', ...argv, '--data-dir', site.dataDir, '--public-url', site.server.url);

  it('reset-password prints a link to a new password, for one use, beside the server', async () => {
    const first = await account('reset-password', LOGIN.email);
    const { code, printed } = await account('reset-password', 'OWNER@acme.test');
    assert.equal(code, 0);
    const fields = async (link: string) => hiddenFields((await site.browser.get(link)).text);
    assert.equal((await fields(first.printed)).token, undefined, 'the earlier link is void');
    const form = { ...(await fields(printed)), password: 'another battery staple horse' };
    const action = `${site.server.url}/reset-password`;
    assert.equal((await site.browser.post(action, form)).status, 303);
    assert.equal(await site.page('/account'), 303, 'sessions have ended');
    assert.notEqual((await site.browser.post(action, form)).status, 303, 'the link was used');
    await site.browser.logIn(LOGIN.email, 'another battery staple horse');
  });

  it('clear-factors ends the sessions, and says what there was', async () => {
    assert.equal(await site.page('/account'), 200);
    const { code, noted } = await account('clear-factors', LOGIN.email);
    assert.equal(code, 0, noted);
    assert.match(noted, /two-step sign-in \(was off\), 0 passkeys/);
    assert.equal(await site.page('/account'), 303);
  });

  it('says when there is no such account, and when it is called wrongly', async () => {
    const unknown = await account('reset-password', 'nobody@acme.test');
    assert.equal(unknown.code, 1);
    assert.match(unknown.noted, /no account with the e-mail "nobody@acme\.test"/);
    assert.equal((await account('clear-factors', 'nobody@acme.test')).code, 1);
    assert.equal((await account('delete', LOGIN.email)).code, 2);
    assert.equal((await account('reset-password')).code, 2);
  });
});

describe('gatehouse', () => {
  it('lists its commands, and tells about each', async () => {
    const help = await gatehouse('help');
    assert.equal(help.code, 0);
    for (const name of [
      'backup',
      'restore',
      'doctor',
      'migrate-data',
      'account',
      'end-sessions',
      'version',
    ]) {
      assert.match(help.printed, new RegExp(`^ {2}${name} `, 'm'));
      const about = await gatehouse(name, '--help');
      assert.equal(about.code, 0);
      assert.match(about.printed, new RegExp(`^Usage: gatehouse ${name}`));
    }
  });

  it('prints its version from a process of its own', async () => {
    const { code, printed } = await spawnGatehouse('version');
    assert.equal(code, 0);
    assert.match(printed, /^gatehouse \d+\.\d+\.\d+\nnode \d+\.\d+\.\d+\ntables \d{4}_/);
  });
});
