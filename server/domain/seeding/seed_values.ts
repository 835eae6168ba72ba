import { createHash } from 'node:crypto';
import type { ClientSwitches } from '../../oauth/client_profile.ts';
import type { Roles } from '../../oauth/scopes.ts';
import type { SeedAccount, SeedAuthorization } from './seed_schema.ts';

/** The roles that a seeded account gets, with what a seed may leave out. */
export function rolesOf(account: Pick<SeedAccount, 'role' | 'chat_role'>): Roles {
  const role = account.role ?? 'member';
  return { account: role, chat: account.chat_role ?? (role === 'member' ? 'normal' : 'administrator') };
}

/** A list as the seed writes it: joined by commas. */
export function redirectUrisOf(
  block: Pick<SeedAuthorization, 'redirectUri' | 'postLogoutRedirectUri'>,
  key: 'redirectUri' | 'postLogoutRedirectUri' = 'redirectUri',
): string[] {
  return (block[key] ?? '')
    .split(',')
    .map((uri) => uri.trim())
    .filter((uri) => uri !== '');
}

export function switchesOf(block: SeedAuthorization): ClientSwitches {
  return {
    acceptSubPaths: block.acceptSubPaths ?? false,
    allowPlainHttp: block.allowPlainHttp ?? false,
    rotateRefreshTokens: block.rotateRefreshTokens ?? block.type === 'javascript_app',
  };
}

/** A UUID that the text decides (version 8 of RFC 9562: the bits are our own). */
export function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
