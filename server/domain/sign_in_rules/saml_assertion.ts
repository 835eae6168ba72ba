import { MICROS_PER_SECOND, type Micros, minutes } from '../../kernel/clock.ts';
import { emailProblem } from '../identity/profile_rules.ts';
import type { SamlSubject } from './records.ts';
import { type SamlProblem, SamlRefusal } from './saml_refusal.ts';

/** An element as the XML reader gives it: text, attributes, and lists of children by name, without prefixes. */
interface Element {
  _?: string;
  $?: Record<string, string>;
  [child: string]: unknown;
}

export interface AssertionExpected {
  issuer: string;
  audience: string;
  /** The address that answers are sent to. */
  recipient: string;
  requestId: string;
  now: Micros;
  /** Where the provider was told to ask again: when. */
  askedAgainAt: Micros | undefined;
}

export interface ReadAssertion {
  id: string;
  subject: SamlSubject;
  /** Until when it could be shown again. */
  expiresAt: Micros;
}

/** How far the clock of an identity provider may be off. */
const SKEW = minutes(2);
/** Ids of assertions are kept no longer: the question that one answers is forgotten long before. */
const LONGEST_KEPT = minutes(24 * 60);

const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

/** Microsoft's names begin so. */
const CLAIMS = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';

const EMAIL_ATTRIBUTES = [
  'email',
  'mail',
  'emailaddress',
  'urn:oid:0.9.2342.19200300.100.1.3',
  `${CLAIMS}/emailaddress`,
];
const NAME_ATTRIBUTES = [
  'displayname',
  'name',
  'urn:oid:2.16.840.1.113730.3.1.241',
  'http://schemas.microsoft.com/identity/claims/displayname',
  `${CLAIMS}/name`,
];
const GIVEN_NAME = ['givenname', 'firstname', 'urn:oid:2.5.4.42', `${CLAIMS}/givenname`];
const FAMILY_NAME = ['surname', 'sn', 'lastname', 'urn:oid:2.5.4.4', `${CLAIMS}/surname`];

/**
 * Judges an assertion whose signature was right (SAML profiles §4.1.4.3): from whom, for whom, as an answer to
 * which question, until when.
 * @param assertion the signed element alone, as `{ Assertion: … }`
 * @throws SamlRefusal
 */
export function readAssertion(parsed: unknown, expected: AssertionExpected): ReadAssertion {
  const assertion = (parsed as { Assertion?: Element } | undefined)?.Assertion;
  const id = assertion?.$?.ID;
  if (!assertion || id === undefined || id === '' || id.length > 512)
    throw new SamlRefusal('signature', 'What is signed is not an assertion with an id.');
  const issuer = textOf(only(assertion, 'Issuer', 'issuer'));
  if (issuer !== expected.issuer)
    throw new SamlRefusal(
      'issuer',
      `The assertion is from ${quoted(issuer)}; the configuration names ${quoted(expected.issuer)} as the identity provider.`,
    );
  const conditions = only(assertion, 'Conditions', 'audience');
  checkTimes(conditions, expected.now);
  checkAudience(conditions, expected.audience);
  const subject = only(assertion, 'Subject', 'confirmation');
  const until = checkConfirmation(subject, expected);
  const [statement] = children(assertion, 'AuthnStatement');
  if (!statement)
    throw new SamlRefusal(
      'confirmation',
      'The assertion does not say that somebody signed in (no AuthnStatement).',
    );
  checkAskedAgain(statement, expected);
  return {
    id,
    subject: readSubject(assertion, subject),
    expiresAt: Math.min(until + SKEW, expected.now + LONGEST_KEPT),
  };
}

function checkTimes(conditions: Element, now: Micros): void {
  const notBefore = timeOf(conditions.$?.NotBefore);
  const notOnOrAfter = timeOf(conditions.$?.NotOnOrAfter);
  if (notBefore !== undefined && now + SKEW < notBefore)
    throw new SamlRefusal(
      'not_yet_valid',
      `The assertion is good from ${conditions.$?.NotBefore} on; here it is ${iso(now)}. Are both clocks right?`,
    );
  if (notOnOrAfter !== undefined && now - SKEW >= notOnOrAfter)
    throw new SamlRefusal(
      'expired',
      `The assertion was good until ${conditions.$?.NotOnOrAfter}; here it is ${iso(now)}. Are both clocks right?`,
    );
}

/** Each restriction has to name us (SAML core §2.5.1.4). */
function checkAudience(conditions: Element, audience: string): void {
  const restrictions = children(conditions, 'AudienceRestriction').map((one) =>
    children(one, 'Audience').map(textOf),
  );
  if (restrictions.length > 0 && restrictions.every((named) => named.includes(audience))) return;
  throw new SamlRefusal(
    'audience',
    `The assertion is meant for ${quoted(restrictions.flat().join(', ') || 'nobody')}; this organization is ${quoted(audience)}. Correct the audience (SP entity id) at the identity provider.`,
  );
}

/** @returns until when the bearer may show it */
function checkConfirmation(subject: Element, { recipient, requestId, now }: AssertionExpected): Micros {
  const data = children(subject, 'SubjectConfirmation')
    .filter((one) => one.$?.Method === BEARER)
    .flatMap((one) => children(one, 'SubjectConfirmationData'));
  const [confirmation] = data;
  if (data.length !== 1 || !confirmation)
    throw new SamlRefusal('confirmation', 'The assertion needs one SubjectConfirmation of the bearer kind.');
  const { Recipient, InResponseTo, NotOnOrAfter } = confirmation.$ ?? {};
  if (Recipient !== recipient)
    throw new SamlRefusal(
      'destination',
      `The assertion is for ${quoted(Recipient ?? 'no address')}; this is ${quoted(recipient)}. Correct the ACS URL at the identity provider.`,
    );
  if (InResponseTo !== requestId)
    throw new SamlRefusal(
      'in_response_to',
      'The assertion answers another question than the response around it.',
    );
  const until = timeOf(NotOnOrAfter);
  if (until === undefined)
    throw new SamlRefusal(
      'confirmation',
      'The assertion does not say how long it may be shown (NotOnOrAfter).',
    );
  if (now - SKEW >= until)
    throw new SamlRefusal(
      'expired',
      `The assertion could be shown until ${NotOnOrAfter}; here it is ${iso(now)}. Are both clocks right?`,
    );
  return until;
}

function checkAskedAgain(statement: Element, { askedAgainAt }: AssertionExpected): void {
  if (askedAgainAt === undefined) return;
  const signedInAt = timeOf(statement.$?.AuthnInstant);
  if (signedInAt !== undefined && signedInAt + SKEW >= askedAgainAt) return;
  throw new SamlRefusal(
    'not_asked_again',
    `The app wants the person to sign in anew, and the identity provider did not ask them (AuthnInstant ${statement.$?.AuthnInstant ?? 'missing'}). It has to honour ForceAuthn.`,
  );
}

/** The address is the NameID where that is one; otherwise it is looked for among the attributes. */
function readSubject(assertion: Element, subject: Element): SamlSubject {
  const nameId = textOf(only(subject, 'NameID', 'no_email'));
  const attributes = attributesOf(assertion);
  const named = emailProblem(nameId) === undefined ? nameId : attributes.find(EMAIL_ATTRIBUTES);
  if (named === undefined || emailProblem(named) !== undefined)
    throw new SamlRefusal(
      'no_email',
      `The assertion has no e-mail address: its NameID is ${quoted(nameId)}. Send the address as NameID, or as the attribute "email".`,
    );
  const parts = [attributes.find(GIVEN_NAME), attributes.find(FAMILY_NAME)].filter(
    (part) => part !== undefined,
  );
  return { nameId, email: named, name: attributes.find(NAME_ATTRIBUTES) ?? parts.join(' ') };
}

function attributesOf(assertion: Element): { find(names: readonly string[]): string | undefined } {
  const values = new Map<string, string>();
  for (const statement of children(assertion, 'AttributeStatement'))
    for (const attribute of children(statement, 'Attribute')) {
      const [first, ...more] = children(attribute, 'AttributeValue');
      const name = attribute.$?.Name?.toLowerCase();
      const value = first && isText(first) ? textOf(first) : '';
      // Of several values nobody can say which is meant.
      if (name !== undefined && value !== '' && more.length === 0) values.set(name, value);
    }
  return {
    find(names) {
      for (const name of names) {
        const value = values.get(name.toLowerCase());
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}

function children(element: Element, name: string): Element[] {
  const list = Object.hasOwn(element, name) ? element[name] : undefined;
  return Array.isArray(list)
    ? list.map((one) => (typeof one === 'string' ? { _: one } : (one as Element)))
    : [];
}

function only(element: Element, name: string, problem: SamlProblem): Element {
  const [first, ...more] = children(element, name);
  if (!first || more.length > 0)
    throw new SamlRefusal(problem, `The assertion needs one ${name}; it has ${first ? more.length + 1 : 0}.`);
  return first;
}

/** Text and nothing else: an element inside a name would be seen by one reader and skipped by another. */
function isText(element: Element): boolean {
  return Object.keys(element).every((key) => key === '_' || key === '$');
}

function textOf(element: Element): string {
  return isText(element) ? (element._ ?? '').trim() : '';
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** @throws SamlRefusal for what is no time */
function timeOf(text: string | undefined): Micros | undefined {
  if (text === undefined) return undefined;
  const milliseconds = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds))
    throw new SamlRefusal(
      'confirmation',
      `${quoted(text)} is no time of SAML, such as 2026-01-31T07:11:28Z.`,
    );
  return milliseconds * 1000;
}

function iso(now: Micros): string {
  return new Date((now / MICROS_PER_SECOND) * 1000).toISOString();
}

function quoted(text: string): string {
  return `"${text.slice(0, 200)}"`;
}
