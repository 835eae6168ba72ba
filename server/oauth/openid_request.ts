import { passed, refused, type Step } from './authorization_problem.ts';

/** Values of `prompt` in the standard dialect (OpenID Connect Core 1.0 §3.1.2.1). */
export const PROMPTS = ['none', 'login', 'consent', 'select_account'] as const;
type Prompt = (typeof PROMPTS)[number];

/** How the person must show up for a request. */
export interface LoginDemand {
  /** Nobody may be asked anything: `prompt=none`. */
  silent: boolean;
  /** A password that was typed before this request does not count: `prompt=login`. */
  reauthenticate: boolean;
  selectAccount: boolean;
  /** A login older than this does not count. */
  maxAgeSeconds: number | undefined;
}

/** LiveChat's dialect has nothing of this. */
export const NO_DEMAND: LoginDemand = {
  silent: false,
  reauthenticate: false,
  selectAccount: false,
  maxAgeSeconds: undefined,
};

/** Fits every library's; a longer one would only swell the ID token. */
const LONGEST_NONCE = 1_024;

/** Reads what OpenID Connect adds to an authorization request. */
export function readLoginDemand(parameters: {
  prompt?: string;
  max_age?: string;
  nonce?: string;
  request?: string;
}): Step<LoginDemand> {
  const { prompt = '', max_age: maxAge, nonce, request } = parameters;
  const prompts = prompt.split(' ').filter((one) => one !== '');
  const unknown = prompts.find((one) => !PROMPTS.includes(one as Prompt));
  if (unknown !== undefined)
    return refused({
      exception: 'invalid_request',
      reason: 'prompt_unknown',
      parameter: 'prompt',
      check: `prompt takes ${PROMPTS.join(', ')}, joined by spaces.`,
      received: prompt,
    });
  if (prompts.includes('none') && prompts.length > 1)
    return refused({
      exception: 'invalid_request',
      reason: 'prompt_unknown',
      parameter: 'prompt',
      check: 'prompt=none asks for silence, and cannot stand beside another value.',
      received: prompt,
    });
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge))
    return refused({
      exception: 'invalid_request',
      reason: 'max_age_malformed',
      parameter: 'max_age',
      check: 'max_age is a whole number of seconds, such as 3600.',
      received: maxAge,
    });
  if (nonce !== undefined && nonce.length > LONGEST_NONCE)
    return refused({
      exception: 'invalid_request',
      reason: 'nonce_too_long',
      parameter: 'nonce',
      check: `nonce is ${nonce.length} characters long; at most ${LONGEST_NONCE} are taken.`,
    });
  // Nothing an app would draw has them, and a log that is fed with one is easily misled by a line break.
  if (nonce !== undefined && /\p{Cc}/u.test(nonce))
    return refused({
      exception: 'invalid_request',
      reason: 'nonce_unprintable',
      parameter: 'nonce',
      check: 'nonce has a control character, such as a line break. Draw it from printable ones.',
    });
  // §6.1 wants this very error of who does not support it.
  if (request !== undefined)
    return refused({
      exception: 'request_not_supported',
      reason: 'request_object',
      parameter: 'request',
      check: 'Request objects are not taken. Push the request ahead at /oauth2/par instead.',
    });
  return passed({
    silent: prompts.includes('none'),
    reauthenticate: prompts.includes('login'),
    selectAccount: prompts.includes('select_account'),
    maxAgeSeconds: maxAge === undefined ? undefined : Number(maxAge),
  });
}

/** The login that a browser brings. */
export interface BroughtLogin {
  accountId: string;
  /** Microseconds. */
  authTime: number;
}

export type LoginNeed =
  | 'nothing'
  /** Nobody is logged in. */
  | 'log_in'
  /** Somebody is, but not so that it counts. */
  | 'log_in_again'
  | 'choose_account'
  /** The person was asked to log in, and another one did than the app speaks of. */
  | 'wrong_person';

/**
 * What is missing of the person. Who has logged in since the request came has done so for it: neither `max_age`
 * nor `prompt` asks again.
 */
export function loginNeed(
  demand: LoginDemand,
  brought: BroughtLogin | undefined,
  circumstances: {
    /** When the request first came; undefined when it comes now. */
    receivedAt: number | undefined;
    /** Account of a good `id_token_hint`. */
    hinted: string | undefined;
    /** Account that the person chose to go on with. */
    chosen: string | undefined;
    now: number;
  },
): LoginNeed {
  if (!brought) return 'log_in';
  const { receivedAt, hinted, chosen, now } = circumstances;
  const fresh = receivedAt !== undefined && brought.authTime >= receivedAt;
  if (hinted !== undefined && hinted !== brought.accountId) return fresh ? 'wrong_person' : 'log_in_again';
  if (fresh) return 'nothing';
  const { maxAgeSeconds } = demand;
  const tooOld = maxAgeSeconds !== undefined && now - brought.authTime > maxAgeSeconds * 1_000_000;
  if (demand.reauthenticate || tooOld) return 'log_in_again';
  return demand.selectAccount && chosen !== brought.accountId ? 'choose_account' : 'nothing';
}
