import type { WidgetStore } from '../widget/widget_store.ts';
import type { BanStore } from './ban.ts';
import type { EmailVerificationStore } from './email_verification_store.ts';

/** Bans and what else is kept of the visitors of one organization; made for one, it cannot reach another's. */
export type VisitorStore = BanStore & WidgetStore & EmailVerificationStore;
