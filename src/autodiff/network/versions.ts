/**
 * Versions of parameters: w − η g, where g was computed from w and data, is w after a step, and no part of the network. A
 * trace that runs over the steps of a training holds one version a step; each counts as a leaf of its own.
 */
import type { NamePath } from '../../model';
import type { Ref } from '../tape';
import type { Trace } from '../trace';
import { isArranging, isContraction } from './operations';

/** A product of weights and what they weigh, or a sum of such: what a bias is added to, also where it came from that bias in turn. */
function isWeighedSum(trace: Trace, row: Ref): boolean {
  const { tape } = trace;
  const op = tape.opName(row);
  if (op === 'add' || op === 'sub' || isArranging(op)) return tape.operands(row).some((p) => isWeighedSum(trace, p));
  return isContraction(op);
}

export interface Reached {
  /** Whether the leaf is a parameter. */
  readonly isParameter: (leaf: Ref) => boolean;
  /** Whether data reach a row. */
  readonly holdsData: (row: Ref) => boolean;
  readonly needed: Uint8Array;
}

const keyOf = (name: NamePath) => JSON.stringify(name);

/** By row of the version: the leaf that it is a version of. */
export function versionsOf(trace: Trace, { isParameter, holdsData, needed }: Reached): ReadonlyMap<Ref, Ref> {
  const { tape, inputs } = trace;
  const current = new Map<Ref, Ref>();
  const versions = new Map<Ref, Ref>();
  const names = new Map<Ref, string>();
  for (const { row, name } of inputs) {
    if (!isParameter(row)) continue;
    current.set(row, row);
    names.set(row, keyOf(name));
  }
  if (current.size === 0) return versions;
  const bound = new Map<Ref, Set<string>>();
  for (const { row, name } of trace.bindings) {
    const known = bound.get(row) ?? new Set();
    bound.set(row, known.add(keyOf(name)));
  }
  const seen = new Int32Array(tape.length).fill(-1);
  /** Whether `row` is computed from `from`. */
  const dependsOn = (row: Ref, from: Ref, turn: Ref): boolean => {
    const stack = [row];
    while (stack.length > 0) {
      const r = stack.pop() as Ref;
      if (r === from) return true;
      if (r < from || seen[r] === turn) continue;
      seen[r] = turn;
      stack.push(...tape.operands(r));
    }
    return false;
  };
  const shapeText = (row: Ref) => (tape.isArray(row) ? tape.array(row).shape.join() : '');
  for (let row = 0; row <= trace.output; row++) {
    if (!needed[row]) continue;
    const op = tape.opName(row);
    if (op !== 'add' && op !== 'sub' && op !== 'set_index') continue;
    const [a, b] = tape.operands(row) as [Ref, Ref];
    for (const [before, step] of op === 'add' ? [[a, b] as const, [b, a] as const] : [[a, b] as const]) {
      const leaf = current.get(before);
      if (leaf === undefined || !holdsData(step) || shapeText(before) !== shapeText(row)) continue;
      const isNamed = bound.get(row)?.has(names.get(leaf) as string) === true;
      if (!isNamed && (isWeighedSum(trace, step) || !dependsOn(step, before, row))) continue;
      current.set(row, leaf);
      versions.set(row, leaf);
      break;
    }
  }
  return versions;
}
