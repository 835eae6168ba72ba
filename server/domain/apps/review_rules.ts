import type { Micros } from '../../kernel/clock.ts';
import type { FieldProblem } from '../../kernel/errors.ts';
import type { AppDetails } from './records.ts';

/** LiveChat's states of an app on its way to the public (docs: getting-started/app-lifecycle). */
export const reviewStates = ['developing', 'submitted', 'accepted', 'published'] as const;
export type ReviewState = (typeof reviewStates)[number];

export interface Review {
  state: ReviewState;
  /** Why it was sent back; empty otherwise. */
  note: string;
  changedBy: string | null;
  changedAt: Micros | null;
}

export const reviewMoves = ['submit', 'withdraw', 'accept', 'send_back', 'publish', 'unpublish'] as const;
export type ReviewMove = (typeof reviewMoves)[number];

interface MoveRule {
  from: ReviewState;
  to: ReviewState;
  /** Who may: the owner of the organization approves, developers do the rest. */
  by: 'owner' | 'developer';
}

export const MOVES: Record<ReviewMove, MoveRule> = {
  submit: { from: 'developing', to: 'submitted', by: 'developer' },
  withdraw: { from: 'submitted', to: 'developing', by: 'developer' },
  accept: { from: 'submitted', to: 'accepted', by: 'owner' },
  send_back: { from: 'submitted', to: 'developing', by: 'owner' },
  publish: { from: 'accepted', to: 'published', by: 'developer' },
  unpublish: { from: 'published', to: 'accepted', by: 'developer' },
};

/** What a person may do with an app in this state. */
export function movesFrom(state: ReviewState, isOwner: boolean): ReviewMove[] {
  return reviewMoves.filter(
    (move) => MOVES[move].from === state && (isOwner || MOVES[move].by === 'developer'),
  );
}

export const LONGEST_NOTE = 500;

/** What an app lacks that others are to be offered: strangers decide by what it says of itself. */
export function submissionProblems({ app, client }: Pick<AppDetails, 'app' | 'client'>): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (app.shortDescription === '')
    problems.push({
      field: 'short_description',
      message: 'Say in a sentence what the app does (Display details). Others decide by it.',
    });
  if (!client)
    problems.push({
      field: 'authorization',
      message: 'Add App Authorization. Without it nobody can allow it.',
    });
  else if (client.scopes.length === 0)
    problems.push({ field: 'scopes', message: 'Choose the scopes that the app asks others for.' });
  return problems;
}
