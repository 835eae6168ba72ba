import type { Services } from '../../apis/services.ts';
import type { GrantedApp } from '../../domain/grants/records.ts';
import { SHORTEST_PASSWORD } from '../../domain/identity/password_rules.ts';
import type { Account } from '../../domain/identity/records.ts';
import type { Clock } from '../../kernel/clock.ts';
import { GatehouseError, isGatehouseError } from '../../kernel/errors.ts';
import { scopeSet } from '../../oauth/scopes.ts';
import { accountAppsPage, type GrantRow, revokeAppPage } from '../../pages/account_apps.ts';
import { accountProfilePage, type ProfileField } from '../../pages/account_profile.ts';
import { accountSessionsPage } from '../../pages/account_sessions.ts';
import { paths } from '../../pages/paths.ts';
import { findScope } from '../../wire/scope_catalogue.ts';
import { actorOf } from '../http/request_info.ts';
import { done, signedIn } from './account_frame.ts';
import type { PageRequest, PageRoutes } from './pages_plugin.ts';

/** What is said after something was done; named in the address, so that a reload does not do it again. */
const NOTICES: Record<string, string> = {
  name_changed: 'Your name was changed.',
  password_changed: 'Your password was changed. All other sessions were signed out.',
  confirmation_sent: 'We have sent you a new confirmation mail.',
  session_ended: 'That session was signed out, and the apps that were connected in it.',
  others_ended: 'All other sessions were signed out, and the apps that were connected in them.',
  access_revoked: 'The access was taken back. All tokens of the app for your account are dead.',
};

/** The pages on which a person looks after their own account. */
export function accountRoutes(routes: PageRoutes, services: Services, clock: Clock): void {
  const { identity, grants } = services;

  const noticeOf = (page: PageRequest): string | undefined => NOTICES[page.query.done ?? ''];

  function profile(page: PageRequest, account: Account, failed?: { error: unknown; name?: string }): string {
    if (failed && (!isGatehouseError(failed.error) || failed.error.code !== 'validation')) throw failed.error;
    if (failed) page.reply.code(400);
    const fields = failed && isGatehouseError(failed.error) ? failed.error.fields : [];
    return accountProfilePage(page.context, {
      name: failed?.name ?? account.name,
      email: account.email,
      emailConfirmed: account.emailConfirmedAt !== null,
      passwordMinLength: SHORTEST_PASSWORD,
      notice: noticeOf(page),
      problems: fields.map(({ field, message }) => ({ field: field as ProfileField, message })),
    });
  }

  routes.get(
    paths.account,
    signedIn(async (page, account) => profile(page, account)),
  );

  routes.post(
    paths.accountProfile,
    signedIn(async (page, account) => {
      try {
        await identity.rename(account.id, page.form.name ?? '');
      } catch (error) {
        return profile(page, account, { error, name: page.form.name ?? '' });
      }
      return done(page, paths.account, 'name_changed');
    }),
  );

  routes.post(
    paths.accountPassword,
    signedIn(async (page, account) => {
      const { current_password: current = '', new_password: next = '' } = page.form;
      const sessionKey = page.browser.active?.session.key ?? 0;
      try {
        await identity.passwords.change(account.id, { current, next, sessionKey }, actorOf(page.request));
      } catch (error) {
        return profile(page, account, { error });
      }
      return done(page, paths.account, 'password_changed');
    }),
  );

  routes.post(
    paths.resendConfirmation,
    signedIn(async (page, account) => {
      await identity.confirmation.resend(account.id);
      return done(page, paths.account, 'confirmation_sent');
    }),
  );

  routes.get(
    paths.accountSessions,
    signedIn(async (page, account) => {
      const sessions = await services.accounts.sessions.list(account.id);
      return accountSessionsPage(page.context, {
        now: clock.now(),
        notice: noticeOf(page),
        sessions: sessions.map(({ session, applications }) => ({
          id: String(session.key),
          current: session.key === page.browser.active?.session.key,
          userAgent: session.userAgent,
          address: session.ip,
          startedAt: session.createdAt,
          lastSeenAt: session.lastSeenAt,
          apps: applications.map(({ name }) => name),
        })),
      });
    }),
  );

  routes.post(
    paths.signOutSession,
    signedIn(async (page, account) => {
      const key = Number(page.form.session_id);
      if (!Number.isSafeInteger(key)) throw new GatehouseError('validation', 'There is no such session.');
      await services.accounts.sessions.endByKey(account.id, key, actorOf(page.request));
      return done(page, paths.accountSessions, 'session_ended');
    }),
  );

  routes.post(
    paths.signOutOtherSessions,
    signedIn(async (page, account) => {
      const key = page.browser.active?.session.key ?? 0;
      await services.accounts.sessions.endAll(account.id, actorOf(page.request), key);
      return done(page, paths.accountSessions, 'others_ended');
    }),
  );

  routes.get(
    paths.accountApps,
    signedIn(async (page, account) => {
      const granted = await grants.grantsOf(account.id);
      return accountAppsPage(page.context, {
        now: clock.now(),
        notice: noticeOf(page),
        grants: granted.map(grantRow),
      });
    }),
  );

  routes.get(
    paths.revokeApp,
    signedIn(async (page, account) => {
      const granted = await grants.grantsOf(account.id);
      const found = granted.find(({ grant }) => grant.id === page.query.grant_id);
      if (!found) throw new GatehouseError('not_found', 'This app has no access to your account any more.');
      return revokeAppPage(page.context, { grant: grantRow(found), now: clock.now() });
    }),
  );

  routes.post(
    paths.revokeApp,
    signedIn(async (page, account) => {
      await grants.withdraw(account.id, page.form.grant_id ?? '', actorOf(page.request));
      return done(page, paths.accountApps, 'access_revoked');
    }),
  );
}

function grantRow({ grant, appName, organizationName }: GrantedApp): GrantRow {
  return {
    id: grant.id,
    appName,
    organizationName,
    scopes: scopeSet(grant.scopes.split(' ')).ids.map((id) => findScope(id)),
    grantedAt: grant.updatedAt,
    lastUsedAt: grant.lastUsedAt,
  };
}
