/** Why an answer of an identity provider was not taken. The list is closed: the audit log and the docs name each. */
export type SamlProblem =
  | 'not_base64'
  | 'too_large'
  | 'markup_declaration'
  | 'not_a_response'
  | 'weak_algorithm'
  | 'status'
  | 'encrypted'
  | 'assertion_count'
  | 'signature'
  | 'issuer'
  | 'destination'
  | 'in_response_to'
  | 'audience'
  | 'not_yet_valid'
  | 'expired'
  | 'confirmation'
  | 'not_asked_again'
  | 'no_email'
  | 'replayed';

/** An answer that is not taken, in words for whoever looks after the identity provider. Nothing in it is secret. */
export class SamlRefusal extends Error {
  readonly problem: SamlProblem;
  constructor(problem: SamlProblem, message: string) {
    super(message);
    this.name = 'SamlRefusal';
    this.problem = problem;
  }
}
