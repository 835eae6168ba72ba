import type { WorkScheduler } from '../../domain/chats/routing/working_hours.ts';
import type {
  AgentNotification,
  AgentSettings,
  EmailSubscription,
  LoginStatus,
} from '../../domain/team/records.ts';
import type { TeamStore } from '../../domain/team/team_store.ts';
import type { Session } from '../engine/database.ts';
import type { TeamTables } from '../tables/team.ts';
import { teamGroupQueries } from './team_groups.ts';

type Row = TeamTables['agent_settings'];

/** Agents' settings and groups, on one read or one unit of work. */
export function createTeamStore(session: Session): TeamStore {
  return { ...agentQueries(session), ...teamGroupQueries(session) };
}

function agentQueries(session: Session): Omit<TeamStore, keyof ReturnType<typeof teamGroupQueries>> {
  return {
    async settings(licenseId) {
      const rows = await session.query((db) =>
        db.selectFrom('agent_settings').selectAll().where('license_id', '=', licenseId),
      );
      return new Map(rows.map((row) => [row.account_id, toSettings(row)]));
    },
    async settingsOf(licenseId, accountId) {
      const [row] = await session.query((db) =>
        db
          .selectFrom('agent_settings')
          .selectAll()
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId),
      );
      return row && toSettings(row);
    },
    async saveSettings(licenseId, accountId, settings) {
      const values = fromSettings(settings);
      await session.execute((db) =>
        db
          .insertInto('agent_settings')
          .values({ license_id: licenseId, account_id: accountId, ...values })
          .onConflict((conflict) => conflict.columns(['license_id', 'account_id']).doUpdateSet(values)),
      );
    },
    async removeSettings(licenseId, accountId) {
      await session.execute((db) =>
        db
          .deleteFrom('agent_settings')
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId),
      );
    },
    async lastLogouts(licenseId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('memberships')
          .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
          .select(['accounts.id', 'accounts.last_logout_at'])
          .where('memberships.license_id', '=', licenseId)
          .where('accounts.last_logout_at', 'is not', null),
      );
      return new Map(rows.flatMap(({ id, last_logout_at: at }) => (at === null ? [] : [[id, at]])));
    },
    async countChange(licenseId, accountId, version) {
      const changed = await session.execute((db) =>
        db
          .updateTable('memberships')
          .set({ version: version + 1 })
          .where('license_id', '=', licenseId)
          .where('account_id', '=', accountId)
          .where('version', '=', version),
      );
      return changed === 1;
    },
  };
}

function toSettings(row: Row): AgentSettings {
  return {
    loginStatus: row.login_status as LoginStatus,
    jobTitle: row.job_title,
    mobile: row.mobile,
    notifications: JSON.parse(row.notifications) as AgentNotification[],
    emailSubscriptions: JSON.parse(row.email_subscriptions) as EmailSubscription[],
    workScheduler: row.work_scheduler === null ? null : (JSON.parse(row.work_scheduler) as WorkScheduler),
    awaitingApproval: row.awaiting_approval === 1,
    askedUnsuspensionAt: row.asked_unsuspension_at,
  };
}

function fromSettings(settings: AgentSettings): Omit<Row, 'license_id' | 'account_id'> {
  return {
    login_status: settings.loginStatus,
    job_title: settings.jobTitle,
    mobile: settings.mobile,
    notifications: JSON.stringify(settings.notifications),
    email_subscriptions: JSON.stringify(settings.emailSubscriptions),
    work_scheduler: settings.workScheduler === null ? null : JSON.stringify(settings.workScheduler),
    awaiting_approval: settings.awaitingApproval ? 1 : 0,
    asked_unsuspension_at: settings.askedUnsuspensionAt,
  };
}
