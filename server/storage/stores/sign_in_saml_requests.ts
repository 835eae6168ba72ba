import type { SamlRequest } from '../../domain/sign_in_rules/records.ts';
import type { SignInStore } from '../../domain/sign_in_rules/sign_in_store.ts';
import type { Session } from '../engine/database.ts';
import type { SignInTables } from '../tables/sign_in_rules.ts';

type RequestQueries = Pick<
  SignInStore,
  | 'addSamlRequest'
  | 'samlRequest'
  | 'answerSamlRequest'
  | 'finishSamlRequest'
  | 'useAssertion'
  | 'purgeSignIns'
>;

/** Questions to identity providers and their answers. Single use is one conditional statement each. */
export function samlRequestQueries(session: Session): RequestQueries {
  return {
    async addSamlRequest(request) {
      await session.execute((db) =>
        db.insertInto('saml_requests').values({
          request_key: request.key,
          secret_hash: request.secretHash,
          browser_hash: request.browserHash,
          license_id: request.licenseId,
          handle: request.handle,
          next: request.next,
          tested_by: request.testedBy,
          forced: request.forced ? 1 : 0,
          created_at: request.createdAt,
          expires_at: request.expiresAt,
          answered_at: request.answeredAt,
          answer_hash: request.answerHash,
          subject: request.subject && JSON.stringify(request.subject),
        }),
      );
    },
    async samlRequest(key) {
      const [row] = await session.query((db) =>
        db.selectFrom('saml_requests').selectAll().where('request_key', '=', key),
      );
      return row && toRequest(row);
    },
    async answerSamlRequest(key, { answerHash, subject }, now) {
      const answered = await session.execute((db) =>
        db
          .updateTable('saml_requests')
          .set({ answered_at: now, answer_hash: answerHash, subject: JSON.stringify(subject) })
          .where('request_key', '=', key)
          .where('answered_at', 'is', null)
          .where('expires_at', '>', now),
      );
      return answered === 1;
    },
    async finishSamlRequest(key, now) {
      const finished = await session.execute((db) =>
        db
          .deleteFrom('saml_requests')
          .where('request_key', '=', key)
          .where('answered_at', 'is not', null)
          .where('expires_at', '>', now),
      );
      return finished === 1;
    },
    async useAssertion(licenseId, assertionId, expiresAt) {
      const used = await session.execute((db) =>
        db
          .insertInto('saml_assertions')
          .values({ license_id: licenseId, assertion_id: assertionId, expires_at: expiresAt })
          .onConflict((conflict) => conflict.columns(['license_id', 'assertion_id']).doNothing()),
      );
      return used === 1;
    },
    async purgeSignIns(now, limit) {
      const requests = await session.execute((db) =>
        db
          .deleteFrom('saml_requests')
          .where('request_key', 'in', (old) =>
            old.selectFrom('saml_requests').select('request_key').where('expires_at', '<', now).limit(limit),
          ),
      );
      const old = await session.query((db) =>
        db.selectFrom('saml_assertions').selectAll().where('expires_at', '<', now).limit(limit),
      );
      for (const row of old)
        await session.execute((db) =>
          db
            .deleteFrom('saml_assertions')
            .where('license_id', '=', row.license_id)
            .where('assertion_id', '=', row.assertion_id),
        );
      return requests + old.length;
    },
  };
}

function toRequest(row: SignInTables['saml_requests']): SamlRequest {
  return {
    key: row.request_key,
    secretHash: row.secret_hash,
    browserHash: row.browser_hash,
    licenseId: row.license_id,
    handle: row.handle,
    next: row.next,
    testedBy: row.tested_by,
    forced: row.forced === 1,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    answeredAt: row.answered_at,
    answerHash: row.answer_hash,
    subject: row.subject === null ? null : JSON.parse(row.subject),
  };
}
