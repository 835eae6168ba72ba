import {
  type AuthorizationProblem,
  type OauthException,
  passed,
  refused,
  type Step,
} from '../../oauth/authorization_problem.ts';
import type { RequestChecked } from '../../oauth/authorization_request.ts';
import type { IdTokenHint } from '../../oauth/id_token.ts';
import type { AuthorizationOutcome } from './authorization_outcomes.ts';

/** Reads an ID token of this server that comes back; undefined for any other text. */
export type ReadHint = (text: string) => Promise<IdTokenHint | undefined>;

/**
 * The account of `id_token_hint`. A bad one is refused instead of ignored: it would otherwise let another person
 * pass as the one that the app speaks of.
 */
export async function hintedAccount(
  { parameters, client }: Pick<RequestChecked, 'parameters' | 'client'>,
  readHint: ReadHint,
): Promise<Step<string | undefined>> {
  const { id_token_hint: text, issuer } = parameters;
  if (text === undefined || issuer === undefined) return passed(undefined);
  const hint = await readHint(text);
  if (hint?.clientId === client.clientId) return passed(hint.accountId);
  return refused({
    exception: 'invalid_request',
    reason: 'hint_invalid',
    parameter: 'id_token_hint',
    check: hint
      ? 'id_token_hint was issued to another app.'
      : 'id_token_hint is no ID token of this server. Send one as it came from the token endpoint.',
  });
}

export const WRONG_PERSON: AuthorizationProblem = {
  exception: 'login_required',
  reason: 'hint_other_person',
  parameter: 'id_token_hint',
  check: 'Another person logged in than the one whom id_token_hint names.',
};

/** What is answered in place of a question, where none may be asked. */
export const SILENT_ANSWERS: Partial<
  Record<AuthorizationOutcome['kind'] | 'ready', [OauthException, string]>
> = {
  log_in: ['login_required', 'Nobody is logged in, or not as the request wants it.'],
  choose_account: ['account_selection_required', 'The person has to choose an account.'],
  choose_organization: [
    'account_selection_required',
    'The person belongs to several organizations and has to choose one. Name it by organization_id.',
  ],
  consent: ['consent_required', 'The person has not allowed this yet.'],
};
