import type { Micros } from '../../kernel/clock.ts';
import type { FileReference } from './file_address.ts';
import type { StoredFile } from './records.ts';

/** What is known of files; their bytes are behind `FileContents`. */
export interface FileStore {
  /**
   * Notes a file that is about to be kept, and counts it.
   * @returns false, and notes nothing, where the organization would hold more than `quota` bytes
   */
  reserve(file: StoredFile, quota: number): Promise<boolean>;
  /** Its bytes are kept: it can be served and used. */
  markStored(file: FileReference): Promise<void>;
  file(reference: Pick<FileReference, 'licenseId' | 'key'>): Promise<StoredFile | undefined>;
  /** Bytes that an organization holds. */
  usage(licenseId: number): Promise<number>;

  /**
   * Takes files away that no event has named, and that were uploaded before a time: from then on none can.
   * Gives also those whose removal was not finished.
   */
  doom(before: Micros, limit: number): Promise<StoredFile[]>;
  /** Forgets a doomed file, and counts it no more. */
  remove(file: FileReference): Promise<void>;
}

/** What chats do with files, in the unit of work of the event. */
export interface FileUseVerbs {
  /**
   * An event names the file, which from then on stays.
   * @param since a file that no event named is too old when it was uploaded before
   * @returns false when there is no such file of this organization, or it is on its way out
   */
  claimFile(key: number, at: Micros, since: Micros): Promise<boolean>;
}
