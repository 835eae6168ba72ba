import type { FieldProblem } from '../../kernel/errors.ts';

/** Limits of the Global Accounts API. */
const LONGEST_NAME = 191;
const LONGEST_EMAIL = 128;
const LONGEST_ORGANIZATION_NAME = 127;

/**
 * One @ with something before it and a domain with a dot (or `localhost`) after it: whether the address
 * exists, only the confirmation mail can tell.
 */
const EMAIL =
  /^[^\s@<>()[\]\\,;:"\p{C}]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,}$/u;
/** Characters that show nothing or turn the text around; they have no place in a name. */
const CONTROL = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Trims, brings into one Unicode form, and drops what a browser would not show. */
export function cleanLine(text: string): string {
  return text.normalize('NFC').replace(CONTROL, '').replace(/\s+/gu, ' ').trim();
}

export function emailProblem(email: string): FieldProblem | undefined {
  if (email === '') return { field: 'email', message: 'Enter your e-mail address.' };
  if (email.length > LONGEST_EMAIL)
    return { field: 'email', message: `The e-mail address may have at most ${LONGEST_EMAIL} characters.` };
  if (!EMAIL.test(email))
    return {
      field: 'email',
      message: 'This is not an e-mail address. It should look like name@example.com.',
    };
  return undefined;
}

export function nameProblem(name: string): FieldProblem | undefined {
  if (name === '') return { field: 'name', message: 'Enter your name.' };
  if (name.length > LONGEST_NAME)
    return {
      field: 'name',
      message: `The name may have at most ${LONGEST_NAME} characters; this one has ${name.length}.`,
    };
  return undefined;
}

export function companyProblem(company: string): FieldProblem | undefined {
  if (company === '') return { field: 'company', message: 'Enter the name of your company or team.' };
  if (company.length > LONGEST_ORGANIZATION_NAME)
    return {
      field: 'company',
      message: `The company name may have at most ${LONGEST_ORGANIZATION_NAME} characters; this one has ${company.length}.`,
    };
  return undefined;
}
