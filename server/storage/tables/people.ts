import type { Generated } from 'kysely';

export interface PeopleTables {
  invitations: {
    invitation_key: number;
    id: string;
    license_id: number;
    secret_hash: Uint8Array;
    email: string;
    /** The e-mail in the one spelling that is compared: NFC, lower case. */
    email_key: string;
    account_role: 'owner' | 'administrator' | 'member';
    chat_role: 'administrator' | 'normal';
    /** The account that sent it last. */
    invited_by: string;
    created_at: number;
    sent_at: number;
    expires_at: number;
    /** JSON; NULL where nothing is set of the agent to be. */
    agent: string | null;
    ended_at: number | null;
    /** What who proposes somebody says they are called. */
    name: string | null;
    /** The id that the account will have, once there is one; NULL where nobody needs to know it before. */
    account_id: string | null;
    /** 1: no mail went out, since somebody who may decide it has to say yes first. */
    awaiting_approval: Generated<0 | 1>;
    outcome: 'accepted' | 'declined' | 'revoked' | 'replaced' | null;
  };
}
