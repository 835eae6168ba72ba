import type { Micros } from '../../kernel/clock.ts';

/** A browser as the cookies `__lc_cid` and `__lc_cst` name it, to every organization of the server. */
export interface CustomerBrowser {
  key: number;
  /** The value of `__lc_cid`: the id of the first customer that the browser was. */
  id: string;
  secretHash: Uint8Array;
  /** Of the secret that the present one took the place of. */
  previousSecretHash: Uint8Array | null;
  rotatedAt: Micros;
  /** When the present secret first came back; null while the browser may never have received it. */
  confirmedAt: Micros | null;
  createdAt: Micros;
  expiresAt: Micros;
}

/** A customer's identity on its way to another browser or device. */
export interface IdentityTransfer {
  key: number;
  secretHash: Uint8Array;
  licenseId: number;
  customerId: string;
  clientId: string;
  codeChallenge: string | null;
  /** Null beside a challenge: the client named none, as LiveChat's specification has no such parameter. */
  codeChallengeMethod: 'S256' | 'plain' | null;
  createdAt: Micros;
  expiresAt: Micros;
  consumedAt: Micros | null;
}
