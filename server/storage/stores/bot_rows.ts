import type { Bot } from '../../domain/apps/records.ts';
import type { GroupPriority } from '../../domain/chats/people.ts';
import type { WorkScheduler } from '../../domain/chats/routing/working_hours.ts';
import type { BotTables } from '../tables/bots.ts';

export type BotRow = BotTables['bots'];

export function toBot(row: BotRow): Bot {
  return {
    key: row.bot_key,
    id: row.id,
    licenseId: row.license_id,
    name: row.name,
    avatarUrl: row.avatar_url,
    jobTitle: row.job_title,
    type: row.type,
    ownerClientId: row.owner_client_id,
    isIdentity: row.identity_of !== null,
    templateId: row.template_id,
    byPersonalToken: row.by_personal_token === 1,
    groupIds: JSON.parse(row.group_ids) as number[],
    priorities: JSON.parse(row.priorities) as Record<number, GroupPriority>,
    defaultPriority: row.default_priority as GroupPriority,
    workScheduler: row.work_scheduler === null ? null : (JSON.parse(row.work_scheduler) as WorkScheduler),
    secret:
      row.secret_key === null || row.secret_hash === null
        ? null
        : { key: row.secret_key, hash: Uint8Array.from(row.secret_hash) },
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastUsedAt: row.last_used_at,
    removedAt: row.removed_at,
  };
}

/** The columns of what can be set of a bot. */
export function settingsOf(bot: Bot) {
  return {
    name: bot.name,
    avatar_url: bot.avatarUrl,
    job_title: bot.jobTitle,
    type: bot.type,
    group_ids: JSON.stringify(bot.groupIds),
    priorities: JSON.stringify(bot.priorities),
    default_priority: bot.defaultPriority,
    work_scheduler: bot.workScheduler && JSON.stringify(bot.workScheduler),
    updated_at: bot.updatedAt,
  };
}

export function fromBot(bot: Bot): BotRow {
  return {
    ...settingsOf(bot),
    license_id: bot.licenseId,
    bot_key: bot.key,
    id: bot.id,
    owner_client_id: bot.ownerClientId,
    identity_of: bot.isIdentity ? bot.ownerClientId : null,
    template_id: bot.templateId,
    by_personal_token: bot.byPersonalToken ? 1 : 0,
    secret_key: bot.secret?.key ?? null,
    secret_hash: bot.secret?.hash ?? null,
    created_by: bot.createdBy,
    created_at: bot.createdAt,
    last_used_at: bot.lastUsedAt,
    removed_at: bot.removedAt,
  };
}
