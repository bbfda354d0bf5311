// What must hold for every rule, whatever it computes.
import assert from 'node:assert/strict';
import { adaptiveDifference, adjoints, type Recorder, type Ref, tangents, type Value } from '../../../src/autodiff';
import { contributionOf } from '../../../src/autodiff/arraySweeps';
import { formulaToLatex } from '../../../src/autodiff/formulaLatex';
import { evaluateFormula } from '../../../src/autodiff/formulaValue';
import {
  contributionFormula,
  FormulaData,
  primalFormula,
  readSymbol,
  tangentFormula,
} from '../../../src/autodiff/formulas';
import { shapeOfRow } from '../../../src/autodiff/linearization';
import { recordAdjoints, recordTangents } from '../../../src/autodiff/recordedSweeps';
import type { Sweep } from '../../../src/autodiff/sweeps';
import type { Tape } from '../../../src/autodiff/tape';
import { broadcastTo, fromValues, type NdArray, sameShape, scalar } from '../../../src/tensor';
import { evaluateLatex } from './evaluateLatex';
import { DOCUMENT, dotProduct, newRecorder, random, randomArray } from './recording';

export interface RuleCase {
  readonly inputs: readonly NdArray[];
  readonly body: (recorder: Recorder, rows: readonly Ref[]) => Ref;
  /** Inputs that are not differentiated by. */
  readonly fixed?: readonly number[];
  /** No second derivative is checked: it is not defined at this point. */
  readonly firstOrderOnly?: boolean;
  /** Scale of the differences. */
  readonly scale?: number;
  readonly tolerance?: number;
  /** Whether its formula may stay unevaluated (the value's formula needs more than the step). */
  readonly seed?: number;
}

const asArray = (value: Value): NdArray => (typeof value === 'number' ? scalar(value) : value);
const rowArray = (tape: Tape, row: Ref): NdArray => (tape.isArray(row) ? tape.array(row) : scalar(tape.value[row]!));

export function sweepArray(tape: Tape, sweep: Sweep, row: Ref): NdArray {
  if (!tape.isArray(row)) return scalar(sweep.scalars[row]!);
  return sweep.arrays.get(row) ?? broadcastTo(scalar(0), shapeOfRow(tape, row));
}

function moved(x: NdArray, d: NdArray, t: number): NdArray {
  const [a, b] = [x.elements(), d.elements()];
  return fromValues(
    'float64',
    x.shape,
    Float64Array.from(a, (value, i) => value + t * b[i]!),
  );
}

/** |a − b| ≤ tolerance · scale elementwise, NaN and infinities alike. */
export function assertClose(actual: NdArray, expected: NdArray, tolerance: number, what: string): void {
  assert.ok(sameShape(actual.shape, expected.shape), `${what}: shape [${actual.shape}] instead of [${expected.shape}]`);
  const [a, b] = [actual.elements(), expected.elements()];
  const size = Math.max(1e-300, ...Array.from(b, (x) => (Number.isFinite(x) ? Math.abs(x) : 0)));
  for (let i = 0; i < a.length; i++) {
    const same = Object.is(a[i]! + 0, b[i]! + 0) || Math.abs(a[i]! - b[i]!) <= tolerance * Math.max(1, size);
    assert.ok(same, `${what}: element ${i} is ${a[i]} instead of ${b[i]}`);
  }
}

/** Value and direction rows of a case at given inputs. */
function evaluate({ body, fixed = [] }: RuleCase, inputs: readonly NdArray[]) {
  const recorder = newRecorder();
  const rows = inputs.map((x, i) =>
    fixed.includes(i) ? recorder.constant(x.ndim === 0 ? x.item() : x) : recorder.input([`x${i}`], x, DOCUMENT, i),
  );
  const output = body(recorder, rows);
  return { recorder, rows, output, tape: recorder.tape };
}

export function checkRule(rule: RuleCase): void {
  const { inputs, fixed = [], scale = 0.05, tolerance = 1e-8, seed = 1 } = rule;
  const next = random(seed);
  const before = inputs.map((x) => Array.from(x.elements()));
  const { recorder, rows, output, tape } = evaluate(rule, inputs);
  const free = inputs.map((_, i) => i).filter((i) => !fixed.includes(i));
  const directions = new Map(free.map((i) => [i, randomArray(inputs[i]!.shape, next)]));
  const weight = randomArray(shapeOfRow(tape, output), next);
  const seeds = new Map([...directions].map(([i, d]) => [rows[i]!, d.ndim === 0 ? d.item() : d]));
  const forward = tangents(tape, seeds);
  const backward = adjoints(tape, new Map([[output, weight.ndim === 0 ? weight.item() : weight]]));

  // The tangent against differences along the direction.
  const along = (t: number) => {
    const at = inputs.map((x, i) => (directions.has(i) ? moved(x, directions.get(i)!, t) : x));
    const run = evaluate(rule, at);
    return dotProduct(weight, rowArray(run.tape, run.output));
  };
  const pushed = dotProduct(weight, sweepArray(tape, forward, output));
  const estimate = adaptiveDifference(along, scale);
  const size = Math.max(1, Math.abs(pushed));
  assert.ok(estimate !== undefined, 'no difference could be taken');
  assert.ok(
    Math.abs(pushed - estimate.value) <= tolerance * size + 10 * estimate.error,
    `the tangent is ${pushed}, differences give ${estimate.value} ± ${estimate.error}`,
  );
  assert.ok(estimate.error <= 1e-6 * size, `differences are too coarse: ± ${estimate.error}`);

  // ⟨w, J d⟩ = ⟨Jᵀ w, d⟩
  let pulled = 0;
  let magnitude = Math.abs(pushed);
  for (const [i, d] of directions) {
    const part = dotProduct(sweepArray(tape, backward, rows[i]!), d);
    pulled += part;
    magnitude += Math.abs(part);
  }
  assert.ok(
    Math.abs(pushed - pulled) <= 1e-13 * Math.max(1, magnitude),
    `dot-product identity: ${pushed} forward, ${pulled} reverse`,
  );

  checkFormulas(tape, forward, backward, output);
  checkRecorded(rule, recorder, rows, output, directions, weight, forward, backward);
  inputs.forEach((x, i) => assert.deepEqual(Array.from(x.elements()), before[i], `input ${i} was changed`));
}

/** Every printed formula, evaluated, is the number that the sweep produced. */
export function checkFormulas(tape: Tape, forward: Sweep, backward: Sweep, output: Ref, tolerance = 1e-13): void {
  const env = (name: string): NdArray => {
    const read = readSymbol(name);
    assert.ok(read, `a formula has the symbol ${name}`);
    if (read.family === 'v') return rowArray(tape, read.row);
    return sweepArray(tape, read.family === 't' ? forward : backward, read.row);
  };
  for (let row = 0; row <= output; row++) {
    if (tape.operands(row).length === 0) continue;
    const data = new FormulaData(row);
    const value = (e: Parameters<typeof evaluateFormula>[0]) => {
      const result = evaluateFormula(e, env, (name) => data.get(name));
      // Not only the expression but the text that it is printed as.
      const tex = formulaToLatex(e, {
        symbol: (name) => (readSymbol(name) ? `\\mathsf{${name.replace(':', '')}}` : undefined),
      });
      const printed = evaluateLatex(tex, {
        symbol: (name) => env(`${name[0]}:${name.slice(1)}`),
        data: (k) => data.get(`d:${row}:${k - 1}`),
      });
      assertClose(spread(printed, result.shape), result, 1e-13, `${tape.opName(row)} as printed, ${tex},`);
      return result;
    };
    const what = (kind: string) => `${kind} formula of row ${row}, ${tape.opName(row)}`;
    assertClose(value(primalFormula(tape, row, data)), rowArray(tape, row), tolerance, what('primal'));
    const tangent = value(tangentFormula(tape, row, data));
    const shape = shapeOfRow(tape, row);
    assertClose(spread(tangent, shape), sweepArray(tape, forward, row), tolerance, what('tangent'));
    tape.operands(row).forEach((p, slot) => {
      if (tape.opName(p) === 'constant') return;
      const contribution = contributionOf(tape, backward, row, slot);
      const expected = contribution === undefined ? broadcastTo(scalar(0), shapeOfRow(tape, p)) : asArray(contribution);
      const actual = value(contributionFormula(tape, row, slot, data));
      assertClose(spread(actual, shapeOfRow(tape, p)), expected, tolerance, what(`adjoint (to operand ${slot})`));
    });
  }
}

/** A formula that is 0 by its form has no shape of its own. */
function spread(value: NdArray, shape: readonly number[]): NdArray {
  return value.ndim === 0 && value.item() === 0 ? broadcastTo(value, shape) : value;
}

/** Recorded sweeps give the same numbers as the numeric ones, and can be differentiated again. */
function checkRecorded(
  rule: RuleCase,
  recorder: Recorder,
  rows: readonly Ref[],
  output: Ref,
  directions: ReadonlyMap<number, NdArray>,
  weight: NdArray,
  forward: Sweep,
  backward: Sweep,
): void {
  const { tape } = recorder;
  const constant = (x: NdArray) => recorder.constant(x.ndim === 0 ? x.item() : x);
  const moving = new Map([...directions].map(([i, d]) => [rows[i]!, constant(d)]));
  const recordedTangents = recordTangents(recorder, moving, output);
  const tangentRow = recordedTangents.get(output);
  const expected = sweepArray(tape, forward, output);
  if (tangentRow === undefined) assertClose(broadcastTo(scalar(0), expected.shape), expected, 0, 'no recorded tangent');
  else assertClose(spread(rowArray(tape, tangentRow), expected.shape), expected, 1e-13, 'recorded tangent');

  const free = [...directions.keys()].map((i) => rows[i]!);
  const gradient = recordAdjoints(recorder, new Map([[output, constant(weight)]]), free);
  for (const row of free) {
    const reference = sweepArray(tape, backward, row);
    const recorded = gradient.get(row);
    if (recorded === undefined)
      assertClose(broadcastTo(scalar(0), reference.shape), reference, 0, 'no recorded adjoint');
    else assertClose(spread(rowArray(tape, recorded), reference.shape), reference, 1e-13, 'recorded adjoint');
  }
  if (rule.firstOrderOnly) return;

  // Second order: the tangent of ⟨gradient, u⟩ against differences of it.
  const next = random(99);
  const probes = new Map(free.map((row) => [row, randomArray(shapeOfRow(tape, row), next)]));
  const gradientAlong = (t: number) => {
    const at = rule.inputs.map((x, i) => (directions.has(i) ? moved(x, directions.get(i)!, t) : x));
    const run = evaluate(rule, at);
    const sweep = adjoints(run.tape, new Map([[run.output, weight.ndim === 0 ? weight.item() : weight]]));
    return [...directions.keys()].reduce(
      (total, i) => total + dotProduct(probes.get(rows[i]!)!, sweepArray(run.tape, sweep, run.rows[i]!)),
      0,
    );
  };
  const seeds = new Map([...directions].map(([i, d]) => [rows[i]!, d.ndim === 0 ? d.item() : d]));
  const second = tangents(tape, seeds);
  const curvature = free.reduce((total, row) => {
    const recorded = gradient.get(row);
    return recorded === undefined || tape.opName(recorded) === 'constant'
      ? total
      : total + dotProduct(probes.get(row)!, sweepArray(tape, second, recorded));
  }, 0);
  const estimate = adaptiveDifference(gradientAlong, rule.scale ?? 0.05);
  assert.ok(estimate !== undefined, 'no difference of the gradient could be taken');
  const size = Math.max(1, Math.abs(curvature));
  assert.ok(
    Math.abs(curvature - estimate.value) <= 1e-7 * size + 10 * estimate.error,
    `the second derivative is ${curvature}, differences give ${estimate.value} ± ${estimate.error}`,
  );
}
