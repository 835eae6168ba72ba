import type { Clock } from '../../kernel/clock.ts';
import type { ServerSettings } from '../server_settings.ts';
import type { Stores } from '../storage.ts';
import type { MailOutbox, MailWriter } from './mail_outbox.ts';
import type { Account } from './records.ts';

/** What a person is told by mail, whoever did it. Names that somebody typed are not in it. */
export type SignInChange =
  | { kind: 'two_step_on' | 'two_step_off' | 'recovery_codes_made' | 'passkey_added' | 'passkey_removed' }
  | { kind: 'recovery_code_used'; left: number }
  /** By the operator of the server. */
  | { kind: 'factors_cleared' };

/** Mails the owner of an account, as part of the unit of work that changes something. */
export type TellOwner = (stores: Stores, account: Account, change: SignInChange) => Promise<void>;

export function tellOwner(deps: {
  clock: Clock;
  outbox: MailOutbox;
  writer: MailWriter;
  settings: ServerSettings;
}): TellOwner {
  return (stores, account, change) => {
    const content = deps.writer.signInChanged({
      name: account.name,
      change,
      changedAt: deps.clock.now(),
      securityUrl: `${deps.settings.publicUrl}/account/security`,
      forgotPasswordUrl: `${deps.settings.publicUrl}/forgot-password`,
    });
    return deps.outbox.add(stores, account.email, content);
  };
}
