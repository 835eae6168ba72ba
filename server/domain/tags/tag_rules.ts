import { GatehouseError } from '../../kernel/errors.ts';
import { foldedName } from '../../kernel/names.ts';
import { EVERYBODY } from '../chats/chat.ts';
import { textProblem } from '../customers/field_rules.ts';
import type { Tag } from './tag_store.ts';

/** Lists are not paged, so that there is a bound to them. */
export const MOST_TAGS = 2_000;
const LONGEST_NAME = 255;

/** Who changes tags: of every group, or only of the caller's own. */
export interface TagEditor {
  licenseId: number;
  agentId: string;
  /** Null: every group. */
  ownGroups: readonly number[] | null;
}

/** A name as it is kept: NFC, without blanks at its ends or in a row. @throws GatehouseError `validation` */
export function readTagName(wanted: string, field = 'name'): string {
  const name = wanted.normalize('NFC').trim().replace(/\s+/g, ' ');
  const problem =
    name === ''
      ? 'is empty.'
      : /[\p{Cc}\p{Cf}]/u.test(name)
        ? 'holds characters that nobody sees; leave them out.'
        : textProblem(name, LONGEST_NAME);
  if (problem === undefined) return name;
  throw new GatehouseError('validation', `${field}: ${problem}`, { fields: [{ field, message: problem }] });
}

/** @throws GatehouseError `group_not_found` */
export function readTagGroups(wanted: readonly number[], known: readonly number[]): number[] {
  const missing = wanted.find((id) => !known.includes(id));
  if (missing !== undefined)
    throw new GatehouseError('group_not_found', `group_ids: this organization has no group ${missing}.`, {
      fields: [{ field: 'group_ids', message: `There is no group ${missing}.` }],
    });
  return [...new Set(wanted)].sort((a, b) => a - b);
}

/**
 * With a scope for the caller's groups, what a tag gains and loses must be theirs.
 * @param before its groups until now; empty for a new one
 * @throws GatehouseError `missing_access`
 */
export function needOwnGroups(
  { ownGroups }: TagEditor,
  before: readonly number[],
  after: readonly number[],
): void {
  if (ownGroups === null) return;
  const touched = [...before, ...after].filter((id) => before.includes(id) !== after.includes(id));
  const foreign = touched.find((id) => !ownGroups.includes(id));
  if (foreign !== undefined)
    throw noAccess(`This credential opens tags of your own groups, and ${foreign} is none of them.`);
  if (![...before, ...after].some((id) => ownGroups.includes(id)))
    throw noAccess('This credential opens tags of your own groups: group_ids has to name one of them.');
}

function noAccess(message: string): GatehouseError {
  return new GatehouseError('missing_access', `${message} Others take tags--all:rw.`, {
    data: { required_scopes: ['tags--all:rw'] },
  });
}

/** Who may see a tag: with a scope for the caller's groups, whoever is in one of its own. Group 0 is everybody. */
export function seesTag({ groupIds }: Tag, ownGroups: readonly number[] | null): boolean {
  return ownGroups === null || groupIds.some((id) => id === EVERYBODY || ownGroups.includes(id));
}

/** What an organization says about a word that is to be a thread's tag. */
export type TagAdvice =
  /** It has made no tags: every word is one. */
  | { kind: 'free' }
  | { kind: 'unknown'; similar: string | undefined }
  | { kind: 'known'; groupIds: readonly number[] };

/**
 * A thread takes a tag that has a group in common with it (docs: configuration-api#tags); a tag of group 0 is for all.
 * @param access groups of the thread
 * @throws GatehouseError `validation`
 */
export function needTagFor(advice: TagAdvice, tag: string, access: readonly number[]): void {
  if (advice.kind === 'free') return;
  const name = tag.slice(0, 80);
  if (advice.kind === 'unknown') {
    const similar =
      advice.similar === undefined
        ? 'An agent who may manage tags can create it, by create_tag or in the Console.'
        : `It is written "${advice.similar}".`;
    throw wrongTag(`Your organization has no tag "${name}". ${similar}`);
  }
  const { groupIds } = advice;
  if (groupIds.includes(EVERYBODY) || groupIds.some((id) => access.includes(id))) return;
  throw wrongTag(
    groupIds.length === 0
      ? `The tag "${name}" belongs to no group yet, so that no thread can have it. update_tag gives it some.`
      : `The tag "${name}" is for the groups ${groupIds.join(', ')}, and this thread belongs to ${access.join(', ')}.`,
  );
}

function wrongTag(message: string): GatehouseError {
  return new GatehouseError('validation', `tag: ${message}`, { fields: [{ field: 'tag', message }] });
}

/** @param wanted as it was asked for: upper and lower case differ where a tag is named */
export function noTag(wanted: string, similar: Tag | undefined): GatehouseError {
  const hint =
    similar && foldedName(similar.name) === foldedName(wanted)
      ? ` There is "${similar.name}": upper and lower case differ.`
      : '';
  return new GatehouseError('not_found', `There is no tag "${wanted.slice(0, 80)}".${hint}`);
}
