/**
 * Work that deciding claims takes, counted in operations of about a microsecond. What a document says of its claims must not
 * depend on how busy a machine is: deciding ends with the work, and what is remembered from before counts as if it were done
 * anew.
 */
import type { Recent } from './recent';

let done = 0;

export function spend(operations: number): void {
  done += operations;
}

/** What something cost when it was found. */
export interface Costly<V> {
  readonly value: V;
  readonly cost: number;
}

/** What was paid for in the share of work that is being spent. */
let paid = new Set<string>();

/** What is remembered of a key, or else what `find` finds; either way it is paid for once a share. */
export function remembered<V>(memory: Recent<Costly<V>>, key: string, find: () => V): V {
  const before = done;
  const { value, cost } = memory.of(key, () => {
    const found = find();
    return { value: found, cost: done - before };
  });
  done = before;
  if (!paid.has(key)) {
    paid.add(key);
    spend(cost);
  }
  return value;
}

/** Why nothing more is decided: the work is used up, or, far beyond it, the time. */
export type End = 'work' | 'time';

/** How often it is looked at the clock. */
const CLOCK = 64;

/**
 * Does something with a share of work.
 * @param milliseconds an emergency brake: a machine on which the work takes so long is not made to wait any longer
 * @param run is told how to ask whether the share is used up
 */
export function withShare<T>(operations: number, milliseconds: number, run: (ended: () => End | undefined) => T): T {
  const outer = paid;
  paid = new Set();
  const last = done + operations;
  const end = Date.now() + milliseconds;
  let calls = 0;
  let isOver = false;
  try {
    return run(() => {
      if (done > last) return 'work';
      if (calls++ % CLOCK === 0) isOver ||= Date.now() > end;
      return isOver ? 'time' : undefined;
    });
  } finally {
    paid = outer;
  }
}
