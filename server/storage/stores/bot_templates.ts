import type { BotTemplateVerbs } from '../../domain/apps/bot_store.ts';
import type { BotTemplate } from '../../domain/apps/records.ts';
import type { GroupPriority } from '../../domain/chats/people.ts';
import type { Session } from '../engine/database.ts';
import type { BotTables } from '../tables/bots.ts';
import { toBot } from './bot_rows.ts';

type TemplateRow = BotTables['bot_templates'];

export function botTemplateQueries(session: Session): BotTemplateVerbs {
  return {
    async addBotTemplate(template) {
      await session.execute((db) => db.insertInto('bot_templates').values(fromTemplate(template)));
    },
    async botTemplates(clientId) {
      const rows = await session.query((db) =>
        db
          .selectFrom('bot_templates')
          .selectAll()
          .where('owner_client_id', '=', clientId)
          .orderBy('template_key'),
      );
      return rows.map(toTemplate);
    },
    async saveBotTemplate(template) {
      await session.execute((db) =>
        db
          .updateTable('bot_templates')
          .set(fromTemplate(template))
          .where('license_id', '=', template.licenseId)
          .where('template_key', '=', template.key),
      );
    },
    async removeBotTemplate(licenseId, id) {
      await session.execute((db) =>
        db.deleteFrom('bot_templates').where('license_id', '=', licenseId).where('id', '=', id),
      );
    },
    async removeBotTemplatesOf(clientId) {
      await session.execute((db) => db.deleteFrom('bot_templates').where('owner_client_id', '=', clientId));
    },
    async botsOfTemplate(id) {
      const rows = await session.query((db) =>
        db
          .selectFrom('bots')
          .selectAll()
          .where('template_id', '=', id)
          .where('removed_at', 'is', null)
          .orderBy('bot_key'),
      );
      return rows.map(toBot);
    },
  };
}

function toTemplate(row: TemplateRow): BotTemplate {
  return {
    key: row.template_key,
    id: row.id,
    licenseId: row.license_id,
    ownerClientId: row.owner_client_id,
    name: row.name,
    avatarUrl: row.avatar_url,
    jobTitle: row.job_title,
    defaultPriority: row.default_priority as GroupPriority,
    chatLimit: row.chat_limit,
    secretHash: Uint8Array.from(row.secret_hash),
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function fromTemplate(template: BotTemplate): TemplateRow {
  return {
    license_id: template.licenseId,
    template_key: template.key,
    id: template.id,
    owner_client_id: template.ownerClientId,
    name: template.name,
    avatar_url: template.avatarUrl,
    job_title: template.jobTitle,
    default_priority: template.defaultPriority,
    chat_limit: template.chatLimit,
    secret_hash: template.secretHash,
    created_by: template.createdBy,
    created_at: template.createdAt,
    updated_at: template.updatedAt,
  };
}
