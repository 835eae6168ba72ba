import type { Micros } from '../../kernel/clock.ts';

export interface Tag {
  name: string;
  /** Ascending; 0 is everybody. Empty: nobody can use it. */
  groupIds: readonly number[];
  /** The agent who made it. */
  authorId: string;
  createdAt: Micros;
}

/** Storage port of an organization's tags. Names are told apart folded. */
export interface TagStore {
  /** By folded name. */
  tags(licenseId: number): Promise<Tag[]>;
  tag(licenseId: number, folded: string): Promise<Tag | undefined>;
  hasTags(licenseId: number): Promise<boolean>;
  /** @returns false when there is one of this folded name */
  addTag(licenseId: number, folded: string, tag: Tag): Promise<boolean>;
  /** Name and groups. @param folded of the name that it has @returns false when it is not there */
  changeTag(
    licenseId: number,
    folded: string,
    tag: Pick<Tag, 'name' | 'groupIds'> & { folded: string },
  ): Promise<boolean>;
  /** @returns false when it is not there */
  removeTag(licenseId: number, folded: string): Promise<boolean>;
}
