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
    outcome: 'accepted' | 'declined' | 'revoked' | 'replaced' | null;
  };
}
