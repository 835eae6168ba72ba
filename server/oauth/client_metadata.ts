import { findScope } from '../wire/scope_catalogue.ts';
import type { ClientType, RedirectPolicy } from './client_profile.ts';
import { checkRegistration } from './redirect_uri.ts';
import { parseScopes, type ScopeSet, scopeSet } from './scopes.ts';
import { DEVICE_GRANT_TYPE } from './standard_device.ts';

/** How a client may prove itself at the token endpoint, as it registers (RFC 7591 §2). */
export const registrableAuthMethods = ['client_secret_basic', 'client_secret_post', 'none'] as const;
export type AuthMethod = (typeof registrableAuthMethods)[number];

/** What a client says of itself, read and found good. */
export interface ClientMetadata {
  /** As sent; the name is cleaned by who stores it. */
  name: string | undefined;
  authMethod: AuthMethod;
  type: ClientType;
  redirectUris: string[];
  /** Where the browser may be sent after it signed out (OpenID Connect RP-Initiated Logout 1.0 §3.1). */
  postLogoutRedirectUris: string[];
  /** What it will be able to use. */
  grantTypes: string[];
  scopes: ScopeSet;
  clientUri: string | undefined;
}

/** RFC 7591 §3.2.2. */
export type RegistrationError = 'invalid_redirect_uri' | 'invalid_client_metadata';

export type ReadMetadata =
  | { ok: true; metadata: ClientMetadata }
  | { ok: false; error: RegistrationError; message: string };

/** A client that names no scopes gets what every agent may be given, and no right to write. */
const DEFAULT_SCOPES = scopeSet(['chats--access:ro']);
const GRANT_TYPES = ['authorization_code', 'refresh_token', DEVICE_GRANT_TYPE];
const MOST_REDIRECT_URIS = 20;
const LONGEST_NAME = 100;
const LONGEST_URI = 2_048;

/** Clients that register themselves are held to OAuth 2.1. */
function strictRedirects(type: ClientType): RedirectPolicy {
  return { type, profile: 'strict', switches: { acceptSubPaths: false, allowPlainHttp: false } };
}

/**
 * Reads client metadata (RFC 7591 §2). Members that nothing here uses (`logo_uri`, `contacts`, `software_id` …)
 * are ignored, as §2 allows; what would change how the client is treated is taken or refused.
 */
export function readClientMetadata(body: Record<string, unknown>): ReadMetadata {
  try {
    return { ok: true, metadata: read(body) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, error: error.error, message: error.message };
  }
}

class Refusal extends Error {
  readonly error: RegistrationError;
  constructor(message: string, error: RegistrationError = 'invalid_client_metadata') {
    super(message);
    this.error = error;
  }
}

function read(body: Record<string, unknown>): ClientMetadata {
  const authMethod = readAuthMethod(text(body, 'token_endpoint_auth_method'));
  const type = authMethod === 'none' ? 'javascript_app' : 'server_side_app';
  const grantTypes = readGrantTypes(texts(body, 'grant_types'));
  const usesCode = grantTypes.includes('authorization_code');
  readResponseTypes(texts(body, 'response_types'), usesCode);
  return {
    name: readName(text(body, 'client_name')),
    authMethod,
    type,
    redirectUris: readRedirectUris(body, type, usesCode),
    postLogoutRedirectUris: readAddresses(body, 'post_logout_redirect_uris', type),
    grantTypes,
    scopes: readScopes(text(body, 'scope')),
    clientUri: readClientUri(text(body, 'client_uri')),
  };
}

function readAuthMethod(method = 'client_secret_basic'): AuthMethod {
  const known = registrableAuthMethods.find((candidate) => candidate === method);
  if (known) return known;
  throw new Refusal(
    `token_endpoint_auth_method is "${clip(method)}". It is one of ${registrableAuthMethods.join(', ')}.`,
  );
}

/** Refresh tokens come with every code, so that whoever may use codes is told so. */
function readGrantTypes(asked: string[] = ['authorization_code']): string[] {
  for (const type of asked) {
    if (type === 'client_credentials')
      throw new Refusal(
        'grant_types has client_credentials. An app acts by itself when an owner or administrator gave it a bot identity in the Console, not by registering.',
      );
    if (!GRANT_TYPES.includes(type))
      throw new Refusal(`grant_types has "${clip(type)}". It may have ${GRANT_TYPES.join(', ')}.`);
  }
  const used = new Set(asked);
  if (used.has('authorization_code') || used.has(DEVICE_GRANT_TYPE)) used.add('refresh_token');
  else throw new Refusal('grant_types has no way to a first token. Add authorization_code.');
  return GRANT_TYPES.filter((type) => used.has(type));
}

function readResponseTypes(asked: string[] | undefined, usesCode: boolean): void {
  const other = asked?.find((type) => type !== 'code');
  if (other !== undefined)
    throw new Refusal(`response_types has "${clip(other)}". The only one here is "code".`);
  if (asked?.includes('code') && !usesCode)
    throw new Refusal('response_types has "code", so that grant_types must have authorization_code.');
}

function readRedirectUris(body: Record<string, unknown>, type: ClientType, usesCode: boolean): string[] {
  const uris = readAddresses(body, 'redirect_uris', type);
  if (usesCode && uris.length === 0)
    throw new Refusal(
      'redirect_uris is missing. Send at least one address that the browser may be sent back to.',
      'invalid_redirect_uri',
    );
  return uris;
}

function readAddresses(
  body: Record<string, unknown>,
  list: 'redirect_uris' | 'post_logout_redirect_uris',
  type: ClientType,
): string[] {
  let uris: string[];
  try {
    uris = texts(body, list) ?? [];
  } catch {
    throw new Refusal(`${list} should be an array of addresses.`, 'invalid_redirect_uri');
  }
  if (uris.length > MOST_REDIRECT_URIS)
    throw new Refusal(
      `${list} has ${uris.length} addresses; at most ${MOST_REDIRECT_URIS} are taken.`,
      'invalid_redirect_uri',
    );
  const policy = strictRedirects(type);
  uris.forEach((uri, index) => {
    const checked = checkRegistration(uri, policy);
    if (!checked.ok)
      throw new Refusal(`${list}[${index}]: ${checked.problem.message}`, 'invalid_redirect_uri');
  });
  return [...new Set(uris)];
}

function readScopes(asked: string | undefined): ScopeSet {
  if (asked === undefined || asked.trim() === '') return DEFAULT_SCOPES;
  const parsed = parseScopes(asked, 'standard');
  if (!parsed.ok) throw new Refusal(`scope: ${parsed.problem.message}`);
  const closed = parsed.scopes.ids.find((id) => !findScope(id).selectable);
  if (closed !== undefined) throw new Refusal(`scope: ${closed} cannot be chosen by an app.`);
  return parsed.scopes;
}

function readName(name: string | undefined): string | undefined {
  if (name !== undefined && name.length > LONGEST_NAME)
    throw new Refusal(`client_name has ${name.length} characters; at most ${LONGEST_NAME} are taken.`);
  return name;
}

/** People may be shown it as a link. */
function readClientUri(uri: string | undefined): string | undefined {
  if (uri === undefined || uri === '') return undefined;
  if (uri.length <= LONGEST_URI && URL.canParse(uri) && new URL(uri).protocol === 'https:') return uri;
  throw new Refusal('client_uri should be an address of a page that begins with https.');
}

function text(body: Record<string, unknown>, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new Refusal(`${name} should be a text.`);
}

function texts(body: Record<string, unknown>, name: string): string[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value as string[];
  throw new Refusal(`${name} should be an array of texts.`);
}

function clip(value: string): string {
  return value.slice(0, 64);
}
