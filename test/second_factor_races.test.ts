import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hiddenFields } from './support/browser_session.ts';
import { eachEngine } from './support/databases.ts';
import { addPasskey, codeAt, firstStep, passkeyOptions, secretIn, withTwoStep } from './support/factors.ts';
import { type Organization, openWorld, type World } from './support/world.ts';

eachEngine((engine) => {
  describe('second factors under races', () => {
    let world: World;
    let acme: Organization;
    before(async () => {
      world = await openWorld(engine);
      acme = await world.organization();
    });
    after(() => world.close());

    const person = async () => withTwoStep(world, await world.person(acme));

    it('has one winner when fifty bring the same code at once', async () => {
      const ann = await person();
      const browsers = await Promise.all(
        Array.from({ length: 5 }, async () => {
          const browser = world.stranger();
          const fields = hiddenFields((await browser.get(await firstStep(browser, ann.email))).text);
          return { browser, fields };
        }),
      );
      const code = codeAt(world, ann.secret);
      const answers = await Promise.all(
        browsers.flatMap(({ browser, fields }) =>
          Array.from({ length: 10 }, () => browser.post('/signin/verify', { ...fields, code })),
        ),
      );
      const arrived = answers.filter(({ location }) => location === '/console');
      assert.equal(arrived.length, 1);
      assert.ok(answers.every(({ status }) => status < 500));
    });

    it('lets a recovery code in once when fifty bring it at once', async () => {
      const ann = await person();
      const [second = ''] = ann.recoveryCodes;
      const again = world.stranger();
      const verifyPath = await firstStep(again, ann.email);
      const fields = hiddenFields((await again.get(verifyPath)).text);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => again.post('/signin/verify', { ...fields, recovery_code: second })),
      );
      assert.equal(answers.filter(({ location }) => location === '/console').length, 1);
      assert.ok(answers.every(({ status }) => status < 500));
      assert.equal((await world.server.services.identity.twoStep.state(ann.accountId)).codesLeft, 9);
    });

    it('is set up by one of fifty, and not again while it is on', async () => {
      const ann = await world.person(acme);
      const page = await ann.browser.get('/account/two-step');
      const form = { ...hiddenFields(page.text), code: codeAt(world, secretIn(page.text)) };
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => ann.browser.post('/account/two-step', form)),
      );
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      assert.ok(answers.every(({ status }) => status === 200 || status === 409));
      assert.equal((await ann.browser.get('/account/two-step')).status, 409);
    });

    it('begins one session when fifty bring the same answer of a passkey at once', async () => {
      const ann = await world.person(acme);
      const key = await addPasskey(world, ann);
      const browser = world.stranger();
      const options = await passkeyOptions(browser, '/signin', '/signin/passkey/options');
      const form = { ...hiddenFields((await browser.get('/signin')).text), credential: key.get(options) };
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => browser.post('/signin/passkey', form)),
      );
      assert.equal(answers.filter(({ location }) => location === '/console').length, 1);
      assert.ok(answers.every(({ status }) => status === 303 || status === 401));
    });
  });
});
