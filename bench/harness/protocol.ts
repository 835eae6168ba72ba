/** What a scenario sends: one request shape, and the bodies that vary. */
export interface Workload {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  /** Each is sent once, in order, when `once`; else they are gone through again and again. */
  bodies: string[];
  once: boolean;
}

/** What the load process is told to do. */
export interface LoadOrder {
  url: string;
  workload: Workload;
  connections: number;
  /** Requests in all. */
  amount: number;
}

/** What it measured. Times in milliseconds. */
export interface LoadResult {
  requests: number;
  /** Answers that were not 2xx, and broken connections: a run with any does not count. */
  failed: number;
  seconds: number;
  p50: number;
  p99: number;
  /** Share of its core that the load itself used: near 1, the load is what is measured. */
  loadCpu: number;
}

/** What a target says of itself since it was last asked. */
export interface TargetUsage {
  /** Share of one core. */
  cpu: number;
  rssMegabytes: number;
  /** Milliseconds that the event loop stood still, 99th percentile. */
  stallP99: number;
}

/** Messages to a target; each is answered once, with the same id. */
export type TargetOrder =
  | { id: number; kind: 'prepare'; scenario: string; count: number }
  | { id: number; kind: 'usage'; profile?: string }
  | { id: number; kind: 'stop' };

export type TargetAnswer =
  | { id: number; workload: Workload }
  | { id: number; usage: TargetUsage }
  | { id: number; stopped: true }
  | { id: number; error: string };
