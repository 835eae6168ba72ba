import { type FieldProblem, GatehouseError } from '../../kernel/errors.ts';
import type { Customer, CustomerAddress, CustomerChannels, MessengerProfile } from '../chats/customer.ts';
import { cleanLine, emailProblem } from '../identity/profile_rules.ts';
import { httpAddressProblem, textProblem } from './field_rules.ts';
import { mergeSessionFields, readSessionFields, type SessionFields } from './session_fields.ts';

const LONGEST_NAME = 255;
const LONGEST_URL = 2048;
const LONGEST_LINE = 255;
/** Profiles and phone numbers of one customer on other channels. */
const MOST_CHANNELS = 10;
/** E.164: a plus and up to fifteen digits, the first of them not 0. */
const PHONE = /^\+[1-9]\d{1,14}$/;

/** A profile as it arrives, in the wire's spelling; what is absent stays as it is. */
export interface CustomerInput {
  name?: string | undefined;
  email?: string | undefined;
  avatar?: string | undefined;
  phone_number?: string | undefined;
  session_fields?: SessionFields | undefined;
  omnichannel?:
    | {
        fbmessenger?: MessengerInput | undefined;
        twilio?: { phone_number: string } | undefined;
      }
    | undefined;
  address?: { [Part in keyof CustomerAddress]: string | undefined } | undefined;
}

interface MessengerInput {
  id: string;
  name?: string | undefined;
  first_name?: string | undefined;
  last_name?: string | undefined;
  profile_pic?: string | undefined;
  gender?: string | undefined;
  locale?: string | undefined;
  is_verified_user?: boolean | undefined;
}

/** What was found good, still to be laid over the customer as they are. */
export interface CustomerChanges {
  /** Null takes the value away, as does an empty text. */
  name?: string | null;
  email?: string | null;
  avatar?: string | null;
  phoneNumber?: string | null;
  sessionFields?: SessionFields;
  messenger?: MessengerProfile;
  twilio?: string;
  /** An empty part takes that part away. */
  address?: CustomerAddress;
}

/**
 * Checks a profile that is to be laid over a customer's (docs: agent-chat-api#update-customer).
 * @throws GatehouseError `validation`, naming each wrong field, also when nothing is given
 */
export function readCustomerChanges(input: CustomerInput): CustomerChanges {
  const problems: FieldProblem[] = [];
  const changes: CustomerChanges = {};
  const { name, email, avatar, phone_number, session_fields, omnichannel, address } = input;
  const check = (field: string, message: string | undefined) => {
    if (message) problems.push({ field, message });
  };

  if (name !== undefined) {
    check('name', textProblem(name, LONGEST_NAME));
    changes.name = cleanLine(name) || null;
  }
  if (email !== undefined) {
    const trimmed = email.trim();
    if (trimmed !== '') check('email', textProblem(trimmed, LONGEST_LINE) ?? emailProblem(trimmed)?.message);
    changes.email = trimmed || null;
  }
  if (avatar !== undefined) {
    if (avatar !== '') check('avatar', httpAddressProblem(avatar, LONGEST_URL));
    changes.avatar = avatar || null;
  }
  if (phone_number !== undefined) {
    if (phone_number !== '') check('phone_number', phoneProblem(phone_number));
    changes.phoneNumber = phone_number || null;
  }
  if (session_fields !== undefined)
    changes.sessionFields = readSessionFields(session_fields, 'session_fields', problems);
  if (omnichannel?.fbmessenger)
    changes.messenger = readMessenger(omnichannel.fbmessenger, 'omnichannel.fbmessenger', check);
  if (omnichannel?.twilio) {
    check('omnichannel.twilio.phone_number', phoneProblem(omnichannel.twilio.phone_number));
    changes.twilio = omnichannel.twilio.phone_number;
  }
  if (address) changes.address = readAddress(address, check);

  const [first] = problems;
  if (first) throw new GatehouseError('validation', `${first.field}: ${first.message}`, { fields: problems });
  if (Object.keys(changes).length === 0)
    throw new GatehouseError(
      'validation',
      'Nothing to change came. Send at least one of name, email, avatar, session_fields, omnichannel and address.',
    );
  return changes;
}

type Check = (field: string, message: string | undefined) => void;

function phoneProblem(text: string): string | undefined {
  return PHONE.test(text)
    ? undefined
    : 'is not an E.164 phone number: a plus, then 2 to 15 digits, as in +48717178888.';
}

function readMessenger(input: MessengerInput, field: string, check: Check): MessengerProfile {
  const { id, name, first_name, last_name, profile_pic, gender, locale, is_verified_user } = input;
  const texts = { id, name, first_name, last_name, gender, locale };
  for (const [part, text] of Object.entries(texts))
    if (text !== undefined) check(`${field}.${part}`, textProblem(text, LONGEST_LINE));
  if (id === '') check(`${field}.id`, 'is empty.');
  if (profile_pic !== undefined) check(`${field}.profile_pic`, httpAddressProblem(profile_pic, LONGEST_URL));
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(first_name === undefined ? {} : { firstName: first_name }),
    ...(last_name === undefined ? {} : { lastName: last_name }),
    ...(profile_pic === undefined ? {} : { picture: profile_pic }),
    ...(gender === undefined ? {} : { gender }),
    ...(locale === undefined ? {} : { locale }),
    ...(is_verified_user === undefined ? {} : { verified: is_verified_user }),
  };
}

function readAddress(input: NonNullable<CustomerInput['address']>, check: Check): CustomerAddress {
  const result: CustomerAddress = {};
  for (const part of ['address', 'city', 'country', 'state', 'postal_code'] as const) {
    const text = input[part];
    if (text === undefined) continue;
    check(`address.${part}`, textProblem(text, LONGEST_LINE));
    result[part] = cleanLine(text);
  }
  return result;
}

/**
 * The customer with the changes laid over: single values take the old one's place, parts of the address and
 * session fields are merged by name, profiles of other channels by their id. A new e-mail is not verified.
 * @throws GatehouseError `limit_reached` when too much comes together
 */
export function changeCustomer(customer: Customer, changes: CustomerChanges): Customer {
  const { name, email, avatar, phoneNumber, sessionFields, messenger, twilio, address } = changes;
  const changed = { ...customer };
  if (name !== undefined) changed.name = name;
  if (email !== undefined && email !== customer.email) {
    changed.email = email;
    changed.emailVerified = customer.emailVerified && sameMailbox(email, customer.email);
  }
  if (avatar !== undefined) changed.avatar = avatar;
  if (phoneNumber !== undefined) changed.phoneNumber = phoneNumber;
  if (sessionFields) changed.sessionFields = mergeSessionFields(customer.sessionFields, sessionFields);
  if (messenger || twilio !== undefined)
    changed.channels = mergeChannels(customer.channels, messenger, twilio);
  if (address) changed.address = mergeAddress(customer.address, address);
  return changed;
}

/** Mail servers take no notice of how an address is capitalized. */
export function sameMailbox(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a.toLowerCase() === b.toLowerCase();
}

function mergeAddress(before: CustomerAddress | null, change: CustomerAddress): CustomerAddress | null {
  const parts = Object.entries({ ...before, ...change }).filter(([, text]) => text !== '');
  return parts.length > 0 ? Object.fromEntries(parts) : null;
}

function mergeChannels(
  before: CustomerChannels | null,
  messenger: MessengerProfile | undefined,
  twilio: string | undefined,
): CustomerChannels {
  const profiles = before?.messenger ?? [];
  const known = messenger && profiles.find(({ id }) => id === messenger.id);
  const merged: CustomerChannels = {
    messenger: !messenger
      ? profiles
      : known
        ? profiles.map((profile) => (profile === known ? { ...known, ...messenger } : profile))
        : [...profiles, messenger],
    twilio: [...new Set([...(before?.twilio ?? []), ...(twilio === undefined ? [] : [twilio])])],
  };
  if (merged.messenger.length > MOST_CHANNELS || merged.twilio.length > MOST_CHANNELS)
    throw new GatehouseError(
      'limit_reached',
      `A customer can have ${MOST_CHANNELS} profiles of one channel, and this one has as many.`,
    );
  return merged;
}
