import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { evaluate } from '../../src/symbolic/evaluate';
import { RULES, SCALAR_OPS, type ScalarOp, type ScalarRule } from '../../src/symbolic/rules';
import { fromValues, type NdArray, type Shape, sizeOf } from '../../src/tensor';
import { adjoints, hessian } from '../../src/autodiff';
import { checkRule } from './support/checkRule';
import { DOCUMENT, newRecorder, random } from './support/recording';

/** Where differences need room: points at least this far from kinks and from the edge of the domain. */
const MARGIN = 0.12;
/** Its first operand is a whole number. */
const ORDER = 'polygamma';
/** Steps: their derivative is 0 wherever it exists. */
const RANGES: Partial<Record<ScalarOp, readonly [number, number]>> = {
  acosh: [1.3, 3],
  asec: [1.3, 3],
  acsc: [-3, -1.3],
  acot: [0.3, 2],
  acoth: [1.3, 3],
  gamma: [0.4, 3],
  lgamma: [0.4, 3],
  digamma: [0.4, 3],
  trigamma: [0.4, 3],
  polygamma: [0.4, 3],
  tan: [-1.1, 1.1],
  sec: [-1.1, 1.1],
  csc: [0.4, 2.6],
  cot: [0.4, 2.6],
};

const holds = (rule: ScalarRule, x: number, y: number): boolean => {
  const env = (name: string) => (name === 'x' ? x : name === 'y' ? y : NaN);
  return !rule.domain || evaluate(rule.domain, env) !== 0;
};

/** A point whose surroundings are in the domain and free of kinks. */
function goodPoint(op: ScalarOp, next: () => number): [number, number] {
  const rule: ScalarRule = RULES[op];
  const [low, high] = RANGES[op] ?? [-2, 2];
  for (;;) {
    const x = op === ORDER ? 1 : low + (high - low) * next();
    const y = low + (high - low) * next();
    const steps = [-MARGIN, -MARGIN / 2, -MARGIN / 4, 0, MARGIN / 4, MARGIN / 2, MARGIN];
    const ok = steps.every((dx) => steps.every((dy) => holds(rule, x + (op === ORDER ? 0 : dx), y + dy)));
    // Kinks of the table lie at whole and half numbers, at 0 and where the operands meet.
    const nearGrid = (z: number) => Math.abs(z * 2 - Math.round(z * 2)) < 2 * MARGIN;
    if (ok && (!rule.kink || (!nearGrid(x) && !nearGrid(y) && Math.abs(x - y) > 2 * MARGIN))) return [x, y];
  }
}

const SHAPES: readonly (readonly [Shape, Shape])[] = [
  [[], []],
  [[3], [3]],
  [[2, 3], []],
  [[], [2]],
  [[2, 1], [3]],
  [
    [2, 3, 2],
    [3, 1],
  ],
  [[0, 2], [2]],
];

describe('scalar rules, also lifted with broadcasting: value, tangent, adjoint, formulas, second order', () => {
  for (const op of SCALAR_OPS) {
    it(op, () => {
      const shapes = (RULES[op].arity === 2 ? SHAPES : [[[]], [[3]], [[2, 2]], [[0]]]) as readonly (readonly Shape[])[];
      fc.assert(
        fc.property(fc.nat(), (seed) => {
          const next = random(seed);
          for (const shape of shapes) {
            // One good point for all elements, moved a little: operands that broadcast must fit each other.
            const [x, y] = goodPoint(op, next);
            const inputs = shape.map((extents, slot): NdArray => {
              const jitter = op === ORDER && slot === 0 ? 0 : MARGIN / 3;
              const data = Float64Array.from(
                { length: sizeOf(extents) },
                () => (slot === 0 ? x : y) + jitter * (next() - 0.5),
              );
              return fromValues('float64', extents, data);
            });
            checkRule({
              inputs,
              fixed: op === ORDER ? [0] : [],
              scale: 0.02,
              seed,
              body: (recorder, rows) => recorder.elementwise(op, 9, rows[0]!, rows[1]),
            });
          }
        }),
        { numRuns: 3 },
      );
    });
  }
});

/** Value, gradient and Hessian of a primitive, and whether anything is said of the step. */
function derivatives(op: ScalarOp, point: readonly number[]) {
  const r = newRecorder();
  const rows = point.map((x, i) => r.input([`x${i}`], x, DOCUMENT, i));
  const trace = r.finish(r.scalar(op, 9, rows[0]!, rows[1]), ['v']);
  const { scalars } = adjoints(trace.tape, trace.output);
  return { trace, gradient: rows.map((row) => scalars[row]!), value: trace.tape.value[trace.output]! };
}

describe('second derivatives at numbers that rules treat on their own', () => {
  const special = [-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 6];
  const h = 1e-5;
  for (const op of SCALAR_OPS) {
    it(op, () => {
      for (const point of special.flatMap((x) => (RULES[op].arity === 2 ? special.map((y) => [x, y]) : [[x]]))) {
        const { trace, gradient, value } = derivatives(op, point);
        // What is said to have no derivative, or none but by convention, has no second one either.
        if (trace.notes.length > 0 || ![value, ...gradient].every(Number.isFinite)) continue;
        const { entries } = hessian(trace);
        point.forEach((_, i) => {
          const moved = (by: number) =>
            derivatives(
              op,
              point.map((x, k) => (k === i ? x + by : x)),
            ).gradient;
          const [above, below] = [moved(h), moved(-h)];
          gradient.forEach((g, j) => {
            const [right, left] = [(above[j]! - g) / h, (g - below[j]!) / h];
            const difference = (right + left) / 2;
            const size = Math.max(1, Math.abs(difference));
            // Where the two sides differ, the derivative has a kink, or an end.
            if (!(Math.abs(right - left) <= 1e-2 * size)) return;
            const second = entries[j * point.length + i]!;
            assert.ok(Math.abs(second - difference) <= 1e-4 * size, `at ${point.join()}: ${second}, not ${difference}`);
          });
        });
      }
    });
  }
});
