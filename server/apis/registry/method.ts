import type { Static, TSchema } from 'typebox';
import type { ErrorCode } from '../../kernel/errors.ts';
import type { ScopeId } from '../../wire/scope_catalogue.ts';
import type { Services } from '../services.ts';
import type { AgentCaller, ConsoleCaller, CustomerCaller, Reach, VisitorCaller } from './caller.ts';

export type ApiName = 'agent' | 'customer' | 'configuration' | 'console' | 'accounts';

/** Where and how a request came in: for the audit log, rate limits and session data. */
export interface RequestInfo {
  id: string;
  ip: string;
  userAgent: string;
  origin: string | undefined;
  referrer?: string | undefined;
  /** Writes down an error that nobody foresaw, where a part of the call goes on without it. */
  unexpected(error: unknown): void;
}

export interface CallContext<C, Input> {
  caller: C;
  /** Validated by the declaration's schema, defaults filled in. */
  input: Input;
  services: Services;
  request: RequestInfo;
  /** Of the scope alternative that matched; `all` where the method asks for none. */
  reach: Reach;
  /** The scope alternative that matched. */
  scope: string | undefined;
}

interface Declaration<I extends TSchema, O extends TSchema> {
  /** The wire name: the last part of the path, the RTM action, the file name. */
  name: string;
  /** One line for the reference, in the imperative. */
  summary: string;
  /** What a reader must know beyond the parameters, in Markdown. */
  description?: string;
  input: I;
  /** What is answered; `null` bodies are declared as `Type.Object({})`. */
  output: O;
  /** Codes beyond those any method may answer (validation, authentication, authorization, internal …). */
  errors?: readonly ErrorCode[];
  /** A complete request body that works against the demo data, for the reference and Postman. */
  example?: Static<I>;
  /** The body is multipart/form-data with one file, which arrives as `input.file`, an `IncomingFile`. */
  upload?: true;
  /** The page and anchor of LiveChat's reference that this follows. */
  source?: string;
}

export interface AgentMethod<I extends TSchema = TSchema, O extends TSchema = TSchema>
  extends Declaration<I, O> {
  api: 'agent' | 'configuration';
  /** Any one of these opens the method; which one matched decides the reach. */
  scopes: readonly string[];
  /** Needed beside them, for all of it or for a part; the handler asks for them. */
  partScopes?: readonly string[];
  /** A person who is suspended may call it, too. */
  evenSuspended?: true;
  handler(context: CallContext<AgentCaller, Static<I>>): Promise<Static<O>>;
}

export interface CustomerMethod<I extends TSchema = TSchema, O extends TSchema = TSchema>
  extends Declaration<I, O> {
  api: 'customer';
  /**
   * Set for what everybody may read, by GET or POST: a token is looked at where one comes, but none is needed.
   * `lasting`: the address names a version, so that the answer may be kept for good.
   */
  open?: 'changing' | 'lasting';
  handler(context: CallContext<CustomerCaller, Static<I>>): Promise<Static<O>>;
}

/** A method of the Customer Chat API that everybody may read. */
export interface OpenMethod<I extends TSchema = TSchema, O extends TSchema = TSchema>
  extends CustomerMethod<I, O> {
  open: 'changing' | 'lasting';
  handler(context: CallContext<VisitorCaller, Static<I>>): Promise<Static<O>>;
}

export interface ConsoleMethod<I extends TSchema = TSchema, O extends TSchema = TSchema>
  extends Declaration<I, O> {
  api: 'console';
  http: { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string; status?: number };
  /** `owner`: owners alone; `developer`: owners and administrators; `member`: everybody of the organization. */
  access: 'owner' | 'developer' | 'member';
  /**
   * Which scopes of a personal access token open it, any one of them; none named: every token does, as far as
   * the person's role goes. Left out: a person has to be at a browser.
   */
  personalAccessToken?: readonly ScopeId[];
  /** Media types of a raw body, for uploads; it arrives as `context.input.body` (Buffer). */
  rawBody?: readonly string[];
  handler(context: CallContext<ConsoleCaller, Static<I>>): Promise<Static<O>>;
}

/** A method of the Global Accounts API: REST, so that its input comes from the path, the query and the body. */
export interface AccountsMethod<I extends TSchema = TSchema, O extends TSchema = TSchema>
  extends Declaration<I, O> {
  api: 'accounts';
  http: { method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; path: string; status?: number };
  /** Any one of these opens the method; none named: every agent's token does. */
  scopes: readonly string[];
  /** Opens a part of the answer or of what is taken, beyond `scopes`. */
  partScopes?: readonly string[];
  /** LiveChat refuses personal access tokens here. */
  bearerOnly?: true;
  /** A credential is looked at where one comes, but none is needed. */
  open?: true;
  /** The part of a form (multipart/form-data) that may hold a file, which arrives as bytes under this name. */
  formFile?: string;
  /** An answer that is marked by `created` goes out with 201. */
  handler(context: CallContext<AgentCaller, Static<I>>): Promise<Static<O>>;
}

/** A method of the Global Accounts API that asks for no credential. */
export interface OpenAccountsMethod<I extends TSchema = TSchema, O extends TSchema = TSchema>
  extends AccountsMethod<I, O> {
  open: true;
  handler(context: CallContext<AgentCaller | undefined, Static<I>>): Promise<Static<O>>;
}

export type Method = AgentMethod | CustomerMethod | ConsoleMethod | AccountsMethod;

/** Declares a method of the Agent Chat or Configuration API. */
export function agentMethod<I extends TSchema, O extends TSchema>(
  declaration: Omit<AgentMethod<I, O>, 'api'> & { api?: 'agent' | 'configuration' },
): AgentMethod<I, O> {
  return { api: 'agent', ...declaration };
}

/** Declares a method of the Customer Chat API: a customer's token opens it, scopes play no part. */
export function customerMethod<I extends TSchema, O extends TSchema>(
  declaration: Omit<CustomerMethod<I, O>, 'api'>,
): CustomerMethod<I, O> {
  return { api: 'customer', ...declaration };
}

/** Declares what everybody may read of an organization, by GET and without a token. */
export function openMethod<I extends TSchema, O extends TSchema>(
  declaration: Omit<OpenMethod<I, O>, 'api'>,
): CustomerMethod<I, O> {
  return { api: 'customer', ...declaration };
}

export function isOpen(method: Method): method is OpenMethod {
  return method.api === 'customer' && method.open !== undefined;
}

/** Declares an endpoint of the Developer Console. */
export function consoleMethod<I extends TSchema, O extends TSchema>(
  declaration: Omit<ConsoleMethod<I, O>, 'api'>,
): ConsoleMethod<I, O> {
  return { api: 'console', ...declaration };
}

/** Declares a method of the Global Accounts API. */
export function accountsMethod<I extends TSchema, O extends TSchema>(
  declaration: Omit<AccountsMethod<I, O>, 'api'>,
): AccountsMethod<I, O> {
  return { api: 'accounts', ...declaration };
}

/** Declares one that asks for no credential. */
export function openAccountsMethod<I extends TSchema, O extends TSchema>(
  declaration: Omit<OpenAccountsMethod<I, O>, 'api' | 'open'>,
): AccountsMethod<I, O> {
  return { api: 'accounts', open: true, ...declaration };
}
