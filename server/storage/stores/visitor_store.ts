import type { VisitorStore } from '../../domain/customers/visitor_store.ts';
import type { Session } from '../engine/database.ts';
import { banVerbs } from './visitor_bans.ts';
import { verificationVerbs } from './visitor_verifications.ts';
import { widgetVerbs } from './visitor_widget.ts';

/** Bans and the chat widget of one organization: every query of this store says which. */
export function createVisitorStore(session: Session, licenseId: number): VisitorStore {
  return {
    ...banVerbs(session, licenseId),
    ...widgetVerbs(session, licenseId),
    ...verificationVerbs(session, licenseId),
  };
}
