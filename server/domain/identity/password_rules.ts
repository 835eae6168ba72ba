import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

export const SHORTEST_PASSWORD = 8;
/** LiveChat's limit, and short enough that zxcvbn's cost stays small. */
export const LONGEST_PASSWORD = 255;
/** Of 0 to 4. 2 takes more than a hundred million guesses: out of reach for a throttled login form. */
const LEAST_SCORE = 2;
const CHECKED_LENGTH = 64;
/** The estimate costs the event loop's time: without these bounds a request can be made to cost seconds. */
const CHECKED_WORDS = 20;
const SPELLINGS_OF_A_WORD = 10;

export interface PasswordProblem {
  message: string;
  suggestions: string[];
}

let estimator: Promise<ZxcvbnFactory> | undefined;

/** The dictionaries cost 80 ms and 20 MB, so that they are loaded when the first password is chosen. */
function loadEstimator(): Promise<ZxcvbnFactory> {
  estimator ??= Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]).then(
    ([{ ZxcvbnFactory }, common, english]) =>
      new ZxcvbnFactory({
        dictionary: { ...common.dictionary, ...english.dictionary },
        graphs: common.adjacencyGraphs,
        translations: english.translations,
        l33tMaxSubstitutions: SPELLINGS_OF_A_WORD,
      }),
  );
  return estimator;
}

/** The part that costs nothing. */
export function passwordLengthProblem(password: string): PasswordProblem | undefined {
  const { length } = [...password];
  if (length < SHORTEST_PASSWORD)
    return {
      message: `The password has ${length} ${length === 1 ? 'character' : 'characters'}. It needs at least ${SHORTEST_PASSWORD}.`,
      suggestions: [],
    };
  if (password.length > LONGEST_PASSWORD)
    return { message: `The password may have at most ${LONGEST_PASSWORD} characters.`, suggestions: [] };
  return undefined;
}

/**
 * Says what is wrong with a password that somebody wants to choose; undefined when nothing is.
 * @param personal words an attacker would try first: name, e-mail, company
 */
export async function passwordProblem(
  password: string,
  personal: string[],
): Promise<PasswordProblem | undefined> {
  const wrong = passwordLengthProblem(password);
  if (wrong) return wrong;
  const words = personal
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
    .filter((word) => word.length > 2)
    .slice(0, CHECKED_WORDS);
  const { score, feedback } = (await loadEstimator()).check(password.slice(0, CHECKED_LENGTH), words);
  if (score >= LEAST_SCORE) return undefined;
  return {
    message: feedback.warning
      ? `This password is easy to guess: ${lowerFirst(feedback.warning)}`
      : 'This password is easy to guess.',
    suggestions: feedback.suggestions,
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
