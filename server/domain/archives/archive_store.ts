import type { Thread } from '../chats/chat.ts';
import type { SortOrder } from '../chats/page_cursor.ts';

/** A thread meets it when it has one of the terms, none of them, or not all of them. */
export type Clause = { anyOf: string[] } | { noneOf: string[] } | { notAllOf: string[] };

/** Which threads, in which stretch of time. Threads lie in the order of their ids, which is that of their creation. */
export interface ArchiveQuestion {
  clauses: readonly Clause[];
  /** Ids, both included; undefined is the end of all. */
  from: string | undefined;
  to: string | undefined;
}

export interface ArchiveStretch {
  ids: string[];
  /** How far was looked, where there may be more beyond it: the last id, or farther. Undefined at the end. */
  end: string | undefined;
}

/** The archives of one organization: an index of its threads by terms. */
export interface ArchiveStore {
  /**
   * Threads that meet all clauses, in order, strictly after an id. Costs a bounded amount of work: a stretch may
   * hold fewer than its limit, and have an `end` all the same.
   */
  find(
    question: ArchiveQuestion,
    range: { order: SortOrder; after: string | undefined; limit: number },
  ): Promise<ArchiveStretch>;
  /** How many there are: counted up to `limit`, estimated beyond. */
  estimate(question: ArchiveQuestion, limit: number): Promise<number>;
  /** In the order of `ids`, with whether the index has them as they are now. Those of others are left out. */
  archivedThreads(ids: readonly string[]): Promise<{ thread: Thread; indexed: boolean }[]>;
  /** Ids of threads that changed since they were indexed in order. */
  unindexed(limit: number, order: SortOrder): Promise<string[]>;
}

/** The verbs of the indexer, in a unit of work. */
export interface ArchiveIndexVerbs {
  /** Holds a thread that is to be indexed until the unit of work ends; undefined when somebody else did it meanwhile. */
  lockUnindexed(threadId: string): Promise<Thread | undefined>;
  /** Replaces what a thread is found by. Terms are ASCII letters, digits and underscores. */
  index(threadId: string, terms: readonly string[]): Promise<void>;
}
