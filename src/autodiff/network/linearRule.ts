/** A rule w₁x + w₂y + b in two dimensions, found in a trace: its weights and the points that it judges. */
import type { NamePath } from '../../model';
import { OP_INPUT, type Ref } from '../tape';
import type { Trace } from '../trace';
import { affineUnits, type AffineUnit } from './affine';
import { isArranging } from './operations';
import { rolesOf } from './roles';

/** A number of the trace: a leaf, or an element of one. */
export interface LeafElement {
  readonly row: Ref;
  readonly index: number;
}

export interface LinearRule {
  readonly weights: readonly [LeafElement, LeafElement];
  readonly bias: LeafElement | undefined;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** Of each point, where there are two classes. */
  readonly labels: readonly number[] | undefined;
}

/**
 * Undefined where the trace weighs anything but pairs of numbers, or more than once.
 * @param parameters leaves that are updated
 */
export function linearRule(trace: Trace, parameters: ReadonlySet<Ref>): LinearRule | undefined {
  const { tape } = trace;
  const roles = rolesOf(trace, { parameters });
  const units = affineUnits(trace, roles);
  const [unit] = units;
  // In a turn with several steps a parameter has several versions: it is one all the same.
  const leafOf = (row: Ref): Ref => roles.versions.get(row) ?? row;
  const leavesOf = (u: AffineUnit) => [...new Set(u.parameters.map(leafOf))].sort((x, y) => x - y);
  if (!unit || new Set(units.map((u) => leavesOf(u).join())).size !== 1) return undefined;
  const sizeOf = (row: Ref) => (tape.isArray(row) ? tape.array(row).size : 1);
  const own = leavesOf(unit);
  if (!own.every((row) => parameters.has(row))) return undefined;
  const arrays = own.filter((row) => sizeOf(row) === 2);
  const numbers = own.filter((row) => sizeOf(row) === 1);
  if (arrays.length === 1 && numbers.length <= 1 && own.length === arrays.length + numbers.length) {
    const data = leafBelow(trace, unit.inputs[0] as Ref);
    const points = data === undefined ? undefined : rowsOfTwo(trace, data);
    if (!points) return undefined;
    const [w] = arrays as [Ref];
    return {
      weights: [
        { row: w, index: 0 },
        { row: w, index: 1 },
      ],
      bias: numbers[0] === undefined ? undefined : { row: numbers[0], index: 0 },
      points,
      labels: labelsOf(trace, points.length),
    };
  }
  return numbers.length === own.length ? ruleOfNumbers(trace, unit.z, own, leafOf) : undefined;
}

/** w1 * p[0] + w2 * p[1] + b, with numbers from lists. */
function ruleOfNumbers(trace: Trace, z: Ref, own: readonly Ref[], leafOf: (row: Ref) => Ref): LinearRule | undefined {
  const { tape } = trace;
  const names = new Map(trace.inputs.map(({ row, name }) => [row, name]));
  const weights = new Map<number, Ref>();
  const stack = [z];
  const seen = new Set(stack);
  let root: NamePath | undefined;
  while (stack.length > 0) {
    const row = stack.pop() as Ref;
    const operands = tape.operands(row);
    if (tape.opName(row) === 'mul') {
      const factor = operands.find((p) => own.includes(leafOf(p)));
      const weight = factor === undefined ? undefined : leafOf(factor);
      const name = names.get(operands.find((p) => p !== factor) ?? -1);
      const axis = name?.[name.length - 1];
      if (weight === undefined || !name || (axis !== 0 && axis !== 1)) return undefined;
      weights.set(axis, weight);
      root = name.slice(0, -2);
    }
    for (const p of operands) {
      if (seen.has(p)) continue;
      seen.add(p);
      stack.push(p);
    }
  }
  const [w1, w2] = [weights.get(0), weights.get(1)];
  if (w1 === undefined || w2 === undefined || !root || own.length > 3) return undefined;
  const bias = own.find((row) => row !== w1 && row !== w2);
  const points: { x: number; y: number }[] = [];
  for (const { row, name } of trace.inputs) {
    const [i, axis] = name.slice(-2);
    if (name.length !== root.length + 2 || root.some((part, k) => part !== name[k]) || typeof i !== 'number') continue;
    const point = (points[i] ??= { x: NaN, y: NaN });
    if (axis === 0) point.x = tape.value[row] as number;
    else if (axis === 1) point.y = tape.value[row] as number;
  }
  if (points.length === 0 || points.some((p) => Number.isNaN(p.x) || Number.isNaN(p.y))) return undefined;
  return {
    weights: [
      { row: w1, index: 0 },
      { row: w2, index: 0 },
    ],
    bias: bias === undefined ? undefined : { row: bias, index: 0 },
    points,
    labels: labelsOf(trace, points.length),
  };
}

/** The leaf that a row is a part of. */
function leafBelow({ tape }: Trace, row: Ref): Ref | undefined {
  let at = row;
  while (tape.code(at) !== OP_INPUT) {
    const [below] = tape.operands(at);
    if (below === undefined || !isArranging(tape.opName(at))) return undefined;
    at = below;
  }
  return at;
}

function rowsOfTwo({ tape }: Trace, row: Ref): LinearRule['points'] | undefined {
  if (!tape.isArray(row)) return undefined;
  const array = tape.array(row);
  if (array.ndim !== 2 || array.shape[1] !== 2) return undefined;
  const elements = array.elements();
  return Array.from({ length: array.shape[0] as number }, (_, i) => ({
    x: elements[2 * i] as number,
    y: elements[2 * i + 1] as number,
  }));
}

/** An input with a number a point, of two values. */
function labelsOf({ tape, inputs }: Trace, n: number): readonly number[] | undefined {
  const twoClasses = (values: readonly number[]) => values.length === n && new Set(values).size === 2;
  for (const { row } of inputs) {
    if (!tape.isArray(row)) continue;
    const values = Array.from(tape.array(row).elements() as ArrayLike<number>);
    if (twoClasses(values)) return values;
  }
  const lists = new Map<string, number[]>();
  for (const { row, name } of inputs) {
    const i = name[name.length - 1];
    if (typeof i !== 'number' || name.length !== 2 || tape.isArray(row)) continue;
    const list = lists.get(String(name[0])) ?? [];
    lists.set(String(name[0]), list);
    list[i] = tape.value[row] as number;
  }
  return [...lists.values()].find(twoClasses);
}
