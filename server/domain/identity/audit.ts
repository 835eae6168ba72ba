import type { Clock } from '../../kernel/clock.ts';
import type { Identifiers } from '../../kernel/identifiers.ts';
import type { Stores } from '../storage.ts';
import type { AuditAction } from './audit_actions.ts';
import type { Actor } from './records.ts';

export interface AuditFacts {
  licenseId?: number | null;
  accountId?: string | null;
  clientId?: string | null;
  detail?: Record<string, unknown>;
}

/** Writes one security-relevant event in the unit of work that makes it happen. Never a secret in it. */
export type Audit = (stores: Stores, actor: Actor, action: AuditAction, facts: AuditFacts) => Promise<void>;

export function auditLog(clock: Clock, identifiers: Identifiers): Audit {
  return (stores, actor, action, facts) =>
    stores.identity.addAuditEntry(
      identifiers.key(),
      {
        licenseId: facts.licenseId ?? null,
        accountId: facts.accountId ?? null,
        clientId: facts.clientId ?? null,
        action,
        detail: facts.detail ?? {},
        ip: actor.ip,
        requestId: actor.requestId,
      },
      clock.now(),
    );
}
