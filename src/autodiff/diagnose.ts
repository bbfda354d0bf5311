/** Where a gradient vanishes, explodes, saturates, dies or stops being a number, and at which step. */
import { partialOf } from './partials';
import { evaluate } from '../symbolic/evaluate';
import { isScalarOp, type ScalarOp } from '../symbolic/rules';
import { contributionOf } from './arraySweeps';
import { CONTRIBUTIONS } from './generated/loops';
import type { Sweep } from './sweeps';
import { OP_CONSTANT, OP_SCALAR, OP_TENSOR, type Ref, type Tape } from './tape';
import type { Trace, Value } from './trace';

export interface Finding {
  readonly kind: 'vanishes' | 'explodes' | 'saturates' | 'dies' | 'non-finite-value' | 'non-finite-derivative';
  /** The step where it happens: for a gradient that vanishes or explodes, the one with the largest share in it. */
  readonly row: Ref;
  /** For vanishing and exploding gradients: the input whose gradient it is. */
  readonly input?: Ref;
  /** Share of elements concerned (saturates, dies), or the factor between output and input (vanishes, explodes). */
  readonly amount: number;
}

export interface Thresholds {
  /** A gradient smaller than this against the adjoint of the output has vanished. */
  readonly vanished?: number;
  readonly exploded?: number;
  /** A squashing step whose partial is below this share of its largest saturates. */
  readonly saturated?: number;
}

/** Steps that squash: their partial is largest at 0, and goes to 0 far from it. */
const SQUASHING: readonly ScalarOp[] = ['sigmoid', 'tanh', 'erf', 'normal_cdf', 'atan'];
/** Steps with a flat side. */
const FLAT: readonly ScalarOp[] = ['relu', 'relu6', 'hardtanh', 'max_const', 'min_const', 'clip_low', 'clip_high'];

const largestPartial = new Map(
  SQUASHING.map((op) => [op, Math.abs(evaluate(partialOf(op, 0), (name) => (name === 'v' ? atZero(op) : 0)))]),
);

function atZero(op: ScalarOp): number {
  return evaluate({ kind: 'apply', op, args: [{ kind: 'number', value: 0 }] }, () => undefined);
}

/** Findings of a trace after a reverse sweep, in order of evaluation. */
export function diagnose(trace: Trace, adjoint: Sweep, thresholds: Thresholds = {}): Finding[] {
  const { vanished = 1e-4, exploded = 1e4, saturated = 0.01 } = thresholds;
  const { tape, output } = trace;
  const findings: Finding[] = [];
  const finite = (value: Value) => elements(value).every(Number.isFinite);
  const value = (row: Ref): Value => (tape.isArray(row) ? tape.array(row) : (tape.value[row] as number));
  const adjointOf = (row: Ref): Value =>
    tape.isArray(row) ? (adjoint.arrays.get(row) ?? 0) : (adjoint.scalars[row] as number);
  const users = new Map<Ref, { row: Ref; slot: number }[]>();

  for (let row = 0; row <= output; row++) {
    if (tape.code(row) < OP_SCALAR) continue;
    const operands = tape.operands(row);
    operands.forEach((p, slot) => {
      const known = users.get(p);
      if (known) known.push({ row, slot });
      else users.set(p, [{ row, slot }]);
    });
    if (!finite(value(row)) && operands.every((p) => finite(value(p)))) {
      findings.push({ kind: 'non-finite-value', row, amount: 1 });
    }
    const sent = adjointOf(row);
    if (finite(sent) && elements(sent).some((g) => g !== 0)) {
      const broken = operands.some((p, slot) => {
        const contribution = tape.code(p) === OP_CONSTANT ? undefined : contributionOf(tape, adjoint, row, slot);
        return contribution !== undefined && !finite(contribution);
      });
      if (broken) findings.push({ kind: 'non-finite-derivative', row, amount: 1 });
    }
    const flat = flatShare(tape, row, saturated);
    if (flat) findings.push({ ...flat, row });
  }

  for (const { row: input } of trace.inputs) {
    const [top, bottom] = [largest(adjointOf(output)), largest(adjointOf(input))];
    if (!users.has(input) || top === 0 || !Number.isFinite(top) || !Number.isFinite(bottom)) continue;
    const factor = bottom / top;
    const kind = factor < vanished ? 'vanishes' : factor > exploded ? 'explodes' : undefined;
    if (!kind) continue;
    findings.push({ kind, input, row: culprit(input, kind), amount: factor });
  }
  return findings;

  /** The step on the strongest way to the output that shrinks (or grows) the gradient most. */
  function culprit(input: Ref, kind: 'vanishes' | 'explodes'): Ref {
    let worst = input;
    let extreme = kind === 'vanishes' ? Infinity : 0;
    for (let row = input; row !== output;) {
      let next: Ref | undefined;
      let strongest = -1;
      for (const use of users.get(row) ?? []) {
        const size = largest(contributionOf(tape, adjoint, use.row, use.slot) ?? 0);
        if (size > strongest) [strongest, next] = [size, use.row];
      }
      if (next === undefined) break;
      const ratio = strongest / largest(adjointOf(next));
      if (kind === 'vanishes' ? ratio < extreme : ratio > extreme) [extreme, worst] = [ratio, next];
      row = next;
    }
    return worst;
  }
}

/** The share of a row's elements where its partial is 0, or next to nothing. */
function flatShare(tape: Tape, row: Ref, saturated: number): Pick<Finding, 'kind' | 'amount'> | undefined {
  const op = tape.opName(row);
  if (tape.code(row) >= OP_TENSOR || !isScalarOp(op)) return undefined;
  const squashes = SQUASHING.includes(op);
  if (!squashes && !FLAT.includes(op)) return undefined;
  const x = Float64Array.from(tape.ndarray(tape.first(row)).elements());
  const v = Float64Array.from(tape.ndarray(row).elements());
  if (x.length !== v.length) return undefined;
  const second = tape.ndarray(tape.second(row));
  const out = new Float64Array(x.length);
  const step = second.size === x.length ? 1 : 0;
  const y = Float64Array.from(second.elements());
  CONTRIBUTIONS[tape.code(row) - OP_SCALAR]?.[0]?.(x.length, new Float64Array(x.length).fill(1), x, 1, y, step, v, out);
  const bound = squashes ? saturated * (largestPartial.get(op) as number) : 0;
  const share = out.filter((partial) => Math.abs(partial) <= bound).length / Math.max(1, out.length);
  // A part of a layer that is off is what it is for; a step that is off as a whole is worth a word.
  if (share < (squashes ? 0.5 : 1)) return undefined;
  return { kind: squashes ? 'saturates' : 'dies', amount: share };
}

function elements(value: Value): readonly number[] {
  return typeof value === 'number' ? [value] : Array.from(value.elements());
}

function largest(value: Value): number {
  return elements(value).reduce((size, x) => (Number.isNaN(x) ? NaN : Math.max(size, Math.abs(x))), 0);
}
