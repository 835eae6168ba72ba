import { type Race, roundsOf } from '../race.ts';
import { codeRedemption } from './code_redemption.ts';
import { deleteApp } from './delete_app.ts';
import { deviceCode } from './device_code.ts';
import { emailConfirmation } from './email_confirmation.ts';
import { eventOrder } from './event_order.ts';
import { identityTransfer } from './identity_transfer.ts';
import { invitation } from './invitation.ts';
import { refresh } from './refresh.ts';
import { resetLink } from './reset_link.ts';
import { revokeAgainstRefresh } from './revoke_against_refresh.ts';
import { roleChange } from './role_change.ts';
import { secretRetirement } from './secret_retirement.ts';
import { signUp } from './sign_up.ts';
import { resumeChat, startChat } from './start_chat.ts';
import { tokenCap } from './token_cap.ts';
import { totpStep } from './totp_step.ts';

/** All races. Those that change who a person is come after those that need them as they were. */
export const races: readonly Race[] = [
  codeRedemption,
  refresh,
  revokeAgainstRefresh,
  tokenCap,
  secretRetirement,
  roleChange,
  deleteApp,
  identityTransfer,
  deviceCode,
  startChat,
  resumeChat,
  eventOrder,
  emailConfirmation,
  invitation,
  totpStep,
  resetLink,
  signUp,
];

/** People who are used up: one in each round of these. */
export const sparesNeeded = roundsOf(totpStep) + roundsOf(resetLink);
