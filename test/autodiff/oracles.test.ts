import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import {
  adjoints,
  attention,
  batchNorm,
  dropout,
  embedding,
  layerNorm,
  type Recorder,
  type Ref,
  type Sweep,
  type Tape,
} from '../../src/autodiff';
import { TENSOR_RULES } from '../../src/autodiff/tensorRules';
import { hessian } from '../../src/autodiff/derivatives';
import { RULES, SCALAR_OPS, type ScalarOp } from '../../src/symbolic/rules';
import { asType, fromNested, fromValues, type DType, type NdArray, type Nested } from '../../src/tensor';
import { DOCUMENT, newRecorder } from './support/recording';
import { sweepArray } from './support/checkRule';

interface Encoded {
  readonly s: number[];
  /** What is not finite is text. */
  readonly v: (number | string)[];
}

type Gradients = (Encoded | null)[];

/** See test/oracles/autodiff.py, which writes it. */
const fixture = JSON.parse(readFileSync(path.join(__dirname, '../oracles/fixtures/autodiff.json'), 'utf8')) as {
  versions: Record<string, string>;
  elementwise: [ScalarOp, Encoded[], Encoded, Gradients][];
  tensor: [string, Record<string, unknown>, Encoded[], Encoded, Gradients][];
  layers: [LayerName, Record<string, unknown>, Encoded[], Encoded, Gradients][];
  points: [ScalarOp, number[], number, number[], number[]][];
  problems: { name: string; start: number[]; steps: [ScalarOp, ...Operand[]][]; value: number; gradient: number[] }[];
};
type Operand = number | string;

/** The layers that are groups of steps, with the options of the fixture. */
const LAYERS = {
  layer_norm: (r: Recorder, [x, weight, bias]: readonly Ref[], options: Record<string, unknown>) =>
    layerNorm(r, 1, x!, { weight: weight!, bias: bias!, ...options }),
  batch_norm: (r: Recorder, [x, weight, bias]: readonly Ref[], options: Record<string, unknown>) =>
    batchNorm(r, 1, x!, { weight: weight!, bias: bias!, ...options }),
  dropout: (r: Recorder, [x]: readonly Ref[], { mask, rate }: Record<string, unknown>) =>
    dropout(r, 1, x!, mask as NdArray, rate as number),
  embedding: (r: Recorder, [table]: readonly Ref[], { indices }: Record<string, unknown>) =>
    embedding(r, 1, table!, indices as NdArray),
  attention: (r: Recorder, [q, k, v]: readonly Ref[]) => attention(r, 1, q!, k!, v!),
};
type LayerName = keyof typeof LAYERS;

const decode = ({ s, v }: Encoded, dtype: DType = 'float64'): NdArray =>
  asType(fromValues('float64', s, Float64Array.from(v, Number)), dtype);

/** Attributes hold arrays of integers and booleans, and infinities as text. */
function attributesOf(encoded: Record<string, unknown>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(encoded), (_key, value: unknown) => {
    if (value === 'Infinity' || value === '-Infinity') return Number(value);
    if (typeof value !== 'object' || value === null) return value;
    if ('i' in value) return fromNested(value.i as Nested, 'int64');
    return 'b' in value ? asType(fromNested(value.b as Nested), 'bool') : value;
  }) as Record<string, unknown>;
}

function weightsLike(array: NdArray): NdArray {
  return fromValues(
    'float64',
    array.shape,
    Float64Array.from({ length: array.size }, (_, k) => (((7 * k + 3) % 11) - 5) / 4),
  );
}

/** Relative to the largest element: |a − b| ≤ tolerance · max |b|. */
function assertNear(actual: NdArray, expected: Encoded, tolerance: number, what: string): void {
  assert.deepEqual([...actual.shape], expected.s, `${what}: shape`);
  const size = expected.v.reduce<number>(
    (m, x) => (Number.isFinite(Number(x)) ? Math.max(m, Math.abs(Number(x))) : m),
    0,
  );
  actual.elements().forEach((x, i) => {
    const y = Number(expected.v[i]!);
    assert.ok(x === y || Math.abs(x - y) <= tolerance * size, `${what}: element ${i} is ${x}, not ${y}`);
  });
}

function seed(tape: Tape, row: Ref): Sweep {
  const weights = weightsLike(tape.ndarray(row));
  return adjoints(tape, new Map([[row, weights.ndim === 0 ? weights.item() : weights]]));
}

const input = (array: NdArray) => (array.ndim === 0 ? array.item() : array);

describe('PyTorch', () => {
  const byOp = new Map<ScalarOp, (typeof fixture.elementwise)[number][]>();
  for (const entry of fixture.elementwise) byOp.set(entry[0], [...(byOp.get(entry[0]) ?? []), entry]);

  for (const [op, entries] of byOp) {
    it(`${op}, lifted over ${entries.length} combinations of shapes, in float64 and float32`, () => {
      for (const [, operands, value, gradients] of entries) {
        for (const dtype of ['float64', 'float32'] as const) {
          // Values in float32 are rounded once; derivatives are taken at the rounded values.
          const tolerance = dtype === 'float64' ? 1e-12 : 4e-6;
          const r = newRecorder();
          const rows = operands.map((x, i) => r.input([`x${i}`], input(decode(x, dtype)), DOCUMENT, i));
          const y = r.elementwise(op, 9, rows[0]!, rows[1], dtype);
          assertNear(r.tape.ndarray(y), value, tolerance, 'value');
          const sweep = seed(r.tape, y);
          rows.forEach((row, i) => {
            const gradient = gradients[i];
            if (gradient) assertNear(sweepArray(r.tape, sweep, row), gradient, tolerance, `gradient ${i}`);
          });
        }
      }
    });
  }

  fixture.tensor.forEach(([op, encoded, operands, value, gradients], k) => {
    it(`${op} ${JSON.stringify(encoded)} of ${operands.map(({ s }) => `[${s.join(',')}]`).join(', ')} #${k}`, () => {
      for (const dtype of ['float64', 'float32'] as const) {
        const tolerance = dtype === 'float64' ? 1e-12 : 3e-5;
        const r = newRecorder();
        const rows = operands.map((x, i) => r.input([`x${i}`], input(decode(x, dtype)), DOCUMENT, i));
        const y = r.tensor(op, rows, attributesOf(encoded));
        assertNear(r.tape.ndarray(y), value, tolerance, 'value');
        const sweep = seed(r.tape, y);
        rows.forEach((row, i) => {
          const gradient = gradients[i];
          if (gradient) assertNear(sweepArray(r.tape, sweep, row), gradient, tolerance, `gradient ${i}`);
        });
      }
    });
  });

  fixture.layers.forEach(([name, encoded, operands, value, gradients], k) => {
    it(`${name} of ${operands.map(({ s }) => `[${s.join(',')}]`).join(', ')} #${k}`, () => {
      const r = newRecorder();
      const rows = operands.map((x, i) => r.input([`x${i}`], input(decode(x)), DOCUMENT, i));
      const y = LAYERS[name](r, rows, attributesOf(encoded));
      assertNear(r.tape.ndarray(y), value, 1e-12, 'value');
      const sweep = seed(r.tape, y);
      rows.forEach((row, i) => assertNear(sweepArray(r.tape, sweep, row), gradients[i]!, 1e-12, `gradient ${i}`));
    });
  });

  it('covers every tensor primitive and layer', () => {
    const covered = new Set(fixture.tensor.map(([op]) => op));
    // Marks are arrays of 0 and 1 without a derivative, which other rules select by.
    assert.deepEqual(
      Object.keys(TENSOR_RULES).filter((op) => !covered.has(op)),
      ['close_pairs', 'vanishing', 'deficient', 'mark', 'first'],
    );
    assert.deepEqual(
      Object.keys(LAYERS).filter((name) => !fixture.layers.some(([covers]) => covers === name)),
      [],
    );
  });

  it('covers every scalar primitive over scalars, size-1 axes, rank 3 against 2 and empty arrays', () => {
    for (const op of SCALAR_OPS) {
      const shapes = (byOp.get(op) ?? []).map(([, operands]) => operands.map(({ s }) => s));
      const has = (test: (s: number[]) => boolean) => shapes.some((operands) => operands.some(test));
      assert.ok(has((s) => s.length === 0) && has((s) => s.includes(1)) && has((s) => s.includes(0)), op);
      if (RULES[op].arity === 2)
        assert.ok(
          shapes.some(([a, b]) => a!.length === 3 && b!.length === 2),
          op,
        );
    }
  });
});

describe('SymPy', () => {
  fixture.points.forEach(([op, at, value, first, second]) => {
    it(`${op} at ${at.join(', ')}: value, first and second derivatives`, () => {
      const r = newRecorder();
      const rows = at.map((x, i) => r.input([`x${i}`], x, DOCUMENT, i));
      const y = r.scalar(op, 9, rows[0]!, rows[1]);
      const near = (actual: number, expected: number, tolerance: number, what: string) =>
        assert.ok(Math.abs(actual - expected) <= tolerance * Math.abs(expected), `${what}: ${actual}, not ${expected}`);
      near(r.value(y), value, 1e-13, 'value');
      const sweep = adjoints(r.tape, y);
      first.forEach((d, i) => near(sweep.scalars[rows[i]!]!, d, 1e-12, `derivative ${i}`));
      const { entries } = hessian(r.finish(y, ['y']));
      const pairs = at.length === 1 ? [0] : [0, 1, 3];
      // Second derivatives of 1e-20 are differences of first ones.
      second.forEach((d, i) => near(entries[pairs[i]!]!, d, 1e-11, `second derivative ${i}`));
    });
  });
});

describe('Moré, Garbow and Hillstrom 1981, at the standard starting points', () => {
  it('are at least 18', () => assert.ok(fixture.problems.length >= 18));

  for (const { name, start, steps, value, gradient } of fixture.problems) {
    it(name, () => {
      const r = newRecorder();
      const rows: Ref[] = start.map((x, i) => r.input([`x${i}`], x, DOCUMENT, i));
      const operand = (o: Operand) => (typeof o === 'number' ? rows[o]! : r.constant(Number(o)));
      for (const [op, a, b] of steps) rows.push(r.scalar(op, 1, operand(a!), b === undefined ? undefined : operand(b)));
      const y = rows.at(-1)!;
      assert.ok(Math.abs(r.value(y) - value) <= 1e-12 * Math.abs(value), `value ${r.value(y)}, not ${value}`);
      const { scalars } = adjoints(r.tape, y);
      const size = Math.sqrt(gradient.reduce((s, g) => s + g * g, 0));
      gradient.forEach((g, i) =>
        assert.ok(
          Math.abs(scalars[i]! - g) <= 1e-9 * Math.max(Math.abs(g), 1e-6 * size),
          `∂/∂x${i}: ${scalars[i]}, not ${g}`,
        ),
      );
    });
  }
});
