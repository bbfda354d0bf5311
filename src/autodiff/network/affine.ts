/**
 * The affine part of layers: sums of inputs weighted by parameters. A matrix product, a convolution and a single neuron
 * written out as w₁a₁ + w₂a₂ + b are the same thing here.
 */
import { OP_CONSTANT, OP_INPUT, type Ref } from '../tape';
import type { Trace } from '../trace';
import { isArranging, isContraction } from './operations';
import { DATA, PARAMETER, type Roles } from './roles';

export interface AffineUnit {
  /** The row of the pre-activation z. */
  readonly z: Ref;
  /** The same before its axes were arranged: there the units lie along one axis. */
  readonly core: Ref;
  /** Rows that are weighted. */
  readonly inputs: readonly Ref[];
  /** Leaves of the weights and biases, in order of evaluation. */
  readonly parameters: readonly Ref[];
  readonly kind: 'dense' | 'convolution' | 'scale';
  /** Units along the first axis of the pre-activation, examples along the last: W x instead of x W. */
  readonly unitsFirst: boolean;
  /** How many layers lie before it, on the longest way from the data. */
  readonly depth: number;
}

interface Affine {
  readonly inputs: ReadonlySet<Ref>;
  readonly parameters: ReadonlySet<Ref>;
  readonly kind: AffineUnit['kind'];
  readonly unitsFirst: boolean;
  readonly core: Ref;
}

/** Pre-activations in order of evaluation. */
export function affineUnits(trace: Trace, { reach, needed, versions }: Roles): AffineUnit[] {
  const { tape } = trace;
  const affine = new Map<Ref, Affine>();
  /** By affine row: rows that are summands of it, as opposed to what it weighs. */
  const absorbed = new Map<Ref, readonly Ref[]>();
  const axes = (row: Ref) => (tape.isArray(row) ? tape.array(row).ndim : 0);
  const sizeOf = (row: Ref) => (tape.isArray(row) ? tape.array(row).size : 1);
  const isPure = (row: Ref) => reach[row] === PARAMETER;
  const isWeighed = (row: Ref) => (reach[row] as number) !== 0 && reach[row] !== PARAMETER;
  const leavesOf = (row: Ref): Set<Ref> => {
    const leaves = new Set<Ref>();
    const stack = [row];
    const seen = new Set<Ref>();
    while (stack.length > 0) {
      const r = stack.pop() as Ref;
      if (seen.has(r)) continue;
      seen.add(r);
      const operands = versions.has(r) ? [] : tape.operands(r);
      if (operands.length === 0 && reach[r] === PARAMETER) leaves.add(r);
      stack.push(...operands);
    }
    return leaves;
  };
  /** A parameter, or a part of one, that nothing has computed with. */
  const isPlain = (row: Ref): boolean => {
    let at = row;
    while (!versions.has(at) && tape.code(at) !== OP_INPUT) {
      const [below] = tape.operands(at);
      const op = tape.opName(at);
      if (below === undefined || !(isArranging(op) || op === 'neg' || op === 'stack')) return false;
      at = below;
    }
    return true;
  };
  const merged = (row: Ref, parts: readonly Affine[], more: ReadonlySet<Ref>, summands: readonly Ref[]) => {
    const kinds = new Set(parts.map((p) => p.kind));
    affine.set(row, {
      inputs: new Set(parts.flatMap((p) => [...p.inputs])),
      parameters: new Set([...parts.flatMap((p) => [...p.parameters]), ...more]),
      kind: parts.length > 1 || kinds.has('dense') ? 'dense' : (parts[0] as Affine).kind,
      unitsFirst: (parts[0] as Affine).unitsFirst,
      core: row,
    });
    absorbed.set(row, summands);
  };

  for (let row = 0; row < tape.length; row++) {
    if (!needed[row] || versions.has(row)) continue;
    const operands = tape.operands(row);
    if (operands.length === 0 || (reach[row] as number) !== (PARAMETER | DATA)) continue;
    const op = tape.opName(row);
    const [a, b] = operands as [Ref, Ref];
    if (operands.length === 2 && (isContraction(op) || op === 'mul')) {
      const weight = isPure(a) && isWeighed(b) ? a : isPure(b) && isWeighed(a) ? b : undefined;
      if (weight === undefined) continue;
      // A setting times a norm of weights is a penalty: elements are weighed by parameters as they are.
      if (op === 'mul' && !isPlain(weight)) continue;
      const input = weight === a ? b : a;
      const kind = op === 'conv' ? 'convolution' : op === 'mul' ? 'scale' : 'dense';
      const unitsFirst = (op === 'matmul' || op === 'dot') && weight === a && axes(row) > 1;
      affine.set(row, { inputs: new Set([input]), parameters: leavesOf(weight), kind, unitsFirst, core: row });
      absorbed.set(row, []);
    } else if (op === 'add' || op === 'sub') {
      const [fa, fb] = [affine.get(a), affine.get(b)];
      if (fa && fb) merged(row, [fa, fb], new Set(), [a, b]);
      else {
        const part = fa ?? fb;
        const rest = fa ? b : a;
        if (!part) continue;
        if (isPure(rest)) merged(row, [part], leavesOf(rest), [fa ? a : b]);
        // Sums that begin with 0 are sums.
        else if (tape.code(rest) === OP_CONSTANT && !tape.isArray(rest) && tape.value[rest] === 0)
          merged(row, [part], new Set(), [fa ? a : b]);
      }
    } else if (op === 'sum' || isArranging(op)) {
      const part = affine.get(a);
      if (!part) continue;
      // A scaled array that is summed up is a weighted sum; any other reduction ends the layer.
      if (op === 'sum' && part.kind !== 'scale') continue;
      const core = op !== 'sum' && sizeOf(row) === sizeOf(part.core) ? part.core : row;
      affine.set(row, { ...part, core, ...(op === 'sum' ? { kind: 'dense' as const } : {}) });
      absorbed.set(row, [a]);
    } else if (op === 'stack' || op === 'concatenate') {
      const parts = operands.map((p) => affine.get(p));
      if (parts.every((p) => p !== undefined)) merged(row, parts, new Set(), operands);
    }
  }

  const taken = new Set<Ref>();
  const used = new Set<Ref>();
  for (let row = 0; row < tape.length; row++) {
    if (!needed[row] || versions.has(row)) continue;
    const summands = absorbed.get(row) ?? [];
    for (const p of tape.operands(row)) (summands.includes(p) ? taken : used).add(p);
  }
  const depths = new Int32Array(tape.length);
  const units: AffineUnit[] = [];
  for (let row = 0; row < tape.length; row++) {
    const part = affine.get(row);
    if (versions.has(row)) continue;
    const below = part ? [...part.inputs] : tape.operands(row);
    let depth = below.reduce((d, p) => Math.max(d, depths[p] as number), 0);
    if (part) depth += 1;
    depths[row] = depth;
    if (!part || (taken.has(row) && !used.has(row))) continue;
    units.push({
      z: row,
      core: part.core,
      inputs: [...part.inputs],
      parameters: [...part.parameters].sort((x, y) => x - y),
      kind: part.kind,
      unitsFirst: part.unitsFirst,
      depth: depth - 1,
    });
  }
  return units;
}
