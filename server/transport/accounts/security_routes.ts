import type { FastifyReply } from 'fastify';
import type { Services } from '../../apis/services.ts';
import type { Passkey } from '../../domain/identity/factor_store.ts';
import type { Account } from '../../domain/identity/records.ts';
import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { accountConfirmPage } from '../../pages/account_confirm.ts';
import { addPasskeyPage, removePasskeyPage, renamePasskeyPage } from '../../pages/account_passkeys.ts';
import { accountSecurityPage } from '../../pages/account_security.ts';
import { recoveryCodesPage, twoStepQuestionPage, twoStepSetupPage } from '../../pages/account_two_step.ts';
import { userAgentInWords } from '../../pages/format.ts';
import type { Problem } from '../../pages/forms.ts';
import { paths } from '../../pages/paths.ts';
import { actorOf } from '../http/request_info.ts';
import { done, freshlySignedIn, signedIn } from './account_frame.ts';
import { type PageRequest, type PageRoutes, safeNext } from './pages_plugin.ts';
import { NEEDS_SCRIPTS, sendOptions } from './second_step_routes.ts';

const NOTICES: Record<string, string> = {
  two_step_off: 'Two-step sign-in is off. All other sessions were signed out.',
  passkey_added: 'The passkey was added. You can sign in with it from now on.',
  passkey_renamed: 'The passkey was renamed.',
  passkey_removed: 'The passkey was removed. All other sessions were signed out.',
};

/** The pages on which a person changes how their account is opened. */
export function securityRoutes(routes: PageRoutes, services: Services, clock: Clock): void {
  const { twoStep, passkeys, fresh } = services.identity;

  routes.get(
    paths.accountSecurity,
    signedIn(async (page, account) => {
      const { since, codesLeft } = await twoStep.state(account.id);
      const owned = await passkeys.list(account.id);
      return accountSecurityPage(page.context, {
        now: clock.now(),
        notice: NOTICES[page.query.done ?? ''],
        emailConfirmed: account.emailConfirmedAt !== null,
        twoStep: since === undefined ? undefined : { since, codesLeft },
        passkeys: owned.map((one) => ({ ...one, id: String(one.key) })),
        passkeysUnavailableAt: passkeys.available() ? undefined : services.settings.publicUrl,
      });
    }),
  );

  // Two-step sign-in

  routes.get(
    paths.twoStep,
    freshlySignedIn(async (page, _account, active) =>
      twoStepSetupPage(page.context, await twoStep.prepare(active)),
    ),
  );

  routes.post(
    paths.twoStep,
    freshlySignedIn(async (page, account, active) => {
      const { setup: sealed = '', code = '' } = page.form;
      try {
        const codes = await twoStep.turnOn(active, { sealed, code }, actorOf(page.request));
        return recoveryCodesPage(page.context, { codes, justTurnedOn: true });
      } catch (error) {
        const problems = problemsOf(error);
        const setup = twoStep.reopen(account, sealed);
        if (!setup) throw error;
        page.reply.code(400);
        return twoStepSetupPage(page.context, {
          ...setup,
          problems: problems.map(({ message }) => ({ field: 'code', message })),
        });
      }
    }, paths.twoStep),
  );

  /** A question on GET, its answer by POST; both only with a fresh proof. */
  function question(
    path: string,
    kind: 'off' | 'renew',
    answer: Parameters<typeof freshlySignedIn>[0],
  ): void {
    routes.get(
      path,
      freshlySignedIn(async (page, account, active) => {
        fresh.need(active);
        const { since } = await twoStep.state(account.id);
        return since === undefined
          ? page.reply.redirect(paths.accountSecurity, 303)
          : twoStepQuestionPage(page.context, { kind });
      }),
    );
    routes.post(path, freshlySignedIn(answer, path));
  }

  question(paths.twoStepOff, 'off', async (page, _account, active) => {
    await twoStep.turnOff(active, actorOf(page.request));
    return done(page, paths.accountSecurity, 'two_step_off');
  });

  question(paths.recoveryCodes, 'renew', async (page, _account, active) => {
    const codes = await twoStep.renewCodes(active, actorOf(page.request));
    return recoveryCodesPage(page.context, { codes, justTurnedOn: false });
  });

  // Passkeys

  routes.get(
    paths.addPasskey,
    freshlySignedIn(async (page, _account, active) => {
      passkeys.needAddable(active);
      return addPasskeyPage(page.context, { name: userAgentInWords(page.request.headers['user-agent']) });
    }),
  );

  routes.post(
    paths.addPasskeyOptions,
    signedIn(async (page, _account, active) =>
      sendOptions(page, await passkeys.creationOptions(active, page.browser.browserId)),
    ),
  );

  routes.post(
    paths.addPasskey,
    freshlySignedIn(async (page, _account, active) => {
      const { credential: answer = '', name = '' } = page.form;
      const { browserId } = page.browser;
      try {
        if (answer === '') throw new GatehouseError('validation', NEEDS_SCRIPTS);
        await passkeys.add(active, { answer, name, browserId }, actorOf(page.request));
      } catch (error) {
        page.reply.code(400);
        return addPasskeyPage(page.context, { name, problems: problemsOf(error) });
      }
      return done(page, paths.accountSecurity, 'passkey_added');
    }, paths.addPasskey),
  );

  async function ownPasskey(account: Account, id: string | undefined): Promise<Passkey> {
    const found = (await passkeys.list(account.id)).find(({ key }) => String(key) === id);
    if (found) return found;
    throw new GatehouseError('not_found', 'Your account has no such passkey any more.');
  }

  routes.get(
    paths.renamePasskey,
    signedIn(async (page, account) => {
      const { name } = await ownPasskey(account, page.query.passkey_id);
      return renamePasskeyPage(page.context, { id: page.query.passkey_id ?? '', name });
    }),
  );

  routes.post(
    paths.renamePasskey,
    signedIn(async (page, account) => {
      const { passkey_id: id = '', name = '' } = page.form;
      const { key } = await ownPasskey(account, id);
      try {
        await passkeys.rename(account.id, key, name, actorOf(page.request));
      } catch (error) {
        const problems = problemsOf(error).map(({ message }) => ({ field: 'name' as const, message }));
        page.reply.code(400);
        return renamePasskeyPage(page.context, { id, name, problems });
      }
      return done(page, paths.accountSecurity, 'passkey_renamed');
    }),
  );

  routes.get(
    paths.removePasskey,
    freshlySignedIn(async (page, account, active) => {
      fresh.need(active);
      const { name } = await ownPasskey(account, page.query.passkey_id);
      return removePasskeyPage(page.context, { id: page.query.passkey_id ?? '', name });
    }),
  );

  routes.post(
    paths.removePasskey,
    freshlySignedIn(async (page, account, active) => {
      const { key } = await ownPasskey(account, page.form.passkey_id);
      await passkeys.remove(active, key, actorOf(page.request));
      return done(page, paths.accountSecurity, 'passkey_removed');
    }, paths.accountSecurity),
  );

  // Who it is, once more

  async function confirm(
    page: PageRequest,
    account: Account,
    problems?: Problem<'password'>[],
  ): Promise<string> {
    const owned = passkeys.available() ? await passkeys.list(account.id) : [];
    return accountConfirmPage(page.context, {
      email: account.email,
      next: nextOf(page),
      passkeys: owned.length > 0,
      problems,
    });
  }

  routes.get(
    paths.confirmPassword,
    signedIn((page, account) => confirm(page, account)),
  );

  routes.post(
    paths.confirmPassword,
    signedIn(async (page, account, active): Promise<FastifyReply | string> => {
      try {
        await fresh.byPassword(active, page.form.password ?? '', actorOf(page.request));
      } catch (error) {
        const problems = problemsOf(error).map(({ message }) => ({ field: 'password' as const, message }));
        page.reply.code(400);
        return confirm(page, account, problems);
      }
      return page.reply.redirect(nextOf(page), 303);
    }),
  );

  routes.post(
    paths.confirmPasskeyOptions,
    signedIn(async (page, _account, active) =>
      sendOptions(page, await passkeys.requestOptions(page.browser.browserId, active, actorOf(page.request))),
    ),
  );

  routes.post(
    paths.confirmPasskey,
    signedIn(async (page, account, active): Promise<FastifyReply | string> => {
      const { credential: answer = '' } = page.form;
      const { browserId } = page.browser;
      try {
        if (answer === '') throw new GatehouseError('authentication', NEEDS_SCRIPTS);
        await passkeys.confirm(active, { answer, browserId }, actorOf(page.request));
      } catch (error) {
        if (!isGatehouseError(error) || error.code !== 'authentication') throw error;
        page.reply.code(401);
        return confirm(page, account, [{ message: error.message }]);
      }
      return page.reply.redirect(nextOf(page), 303);
    }),
  );
}

function nextOf(page: PageRequest): string {
  return safeNext(page.form.next ?? page.query.next) ?? paths.accountSecurity;
}

/** What the form is shown again with. Anything but bad input goes on to the error page. */
function problemsOf(error: unknown): Problem[] {
  if (!isGatehouseError(error)) throw error;
  if (error.code === 'validation' && error.fields.length > 0) return error.fields;
  if (error.code === 'validation' || error.code === 'already_exists') return [{ message: error.message }];
  throw error;
}
