import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { NdArray } from '../../src/tensor';
import {
  broadcastTo,
  copy,
  DTYPES,
  fromValues,
  map,
  mapInto,
  operate,
  operators,
  select,
  TensorError,
  transpose,
  weakFloat,
  weakInt,
  withLoop,
  zip,
  zip3,
  zip3Into,
  zipInto,
  type Binary,
  type BinaryLoop,
} from '../../src/tensor';
import { counting, indicesOf } from './model';

const shapes = fc
  .array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })
  .chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      fc.nat(4),
      fc.nat(4),
    ),
  )
  .map(([shape, keepA, keepB, cutA, cutB]) => ({
    a: shape.map((extent, i) => (keepA[i] ? extent : 1)).slice(Math.min(cutA, shape.length)),
    b: shape.map((extent, i) => (keepB[i] ? extent : 1)).slice(Math.min(cutB, shape.length)),
  }));

/** Counting in a memory order of its own: row-major, column-major or every second element backwards. */
function laidOut(shape: readonly number[], layout: number): NdArray {
  if (layout === 0) return counting(shape);
  if (layout === 1) return transpose(counting([...shape].reverse()));
  const wide = counting(shape.map((extent) => extent * 2));
  return select(
    wide,
    shape.map(() => ({ kind: 'slice' as const, step: -2 })),
  );
}

function element(array: NdArray, index: readonly number[]): number {
  const own = index.slice(index.length - array.ndim);
  return array.at(...own.map((value, axis) => (array.shape[axis] === 1 ? 0 : value)));
}

describe('elementwise loops', () => {
  it('broadcast any shapes in any layout, with and without a loop of their own', () => {
    const plain = (x: number, y: number): number => 100 * x + y;
    const loop: BinaryLoop = (count, out, outAt, outStep, x, xAt, xStep, y, yAt, yStep) => {
      for (let i = 0; i < count; i++) out[outAt + i * outStep] = 100 * x[xAt + i * xStep]! + y[yAt + i * yStep]!;
    };
    const looped = withLoop((x: number, y: number) => 100 * x + y, loop);
    fc.assert(
      fc.property(shapes, fc.nat(2), fc.nat(2), (pair, layoutA, layoutB) => {
        const a = laidOut(pair.a, layoutA);
        const b = laidOut(pair.b, layoutB);
        const result = zip(plain, a, b, 'float64');
        const expected = indicesOf(result.shape).map((index) => plain(element(a, index), element(b, index)));
        assert.deepEqual([...result.values()], expected);
        assert.deepEqual(zip(looped, a, b, 'float64').values(), result.values());
        const out = laidOut(result.shape, layoutB);
        const record = zipInto(looped, out, a, b);
        assert.deepEqual(out.values(), result.values());
        record.undo();
        assert.deepEqual(out.values(), laidOut(result.shape, layoutB).values());
      }),
      { numRuns: 300 },
    );
  });

  it('work on every element type, in runs longer than a buffer', () => {
    for (const dtype of DTYPES) {
      const n = 5000;
      const x = map((value) => value % 100, counting([n]), dtype);
      const y = map((value) => value, select(x, [{ kind: 'slice', step: -1 }]));
      const result = zip((a, b) => a + b, x, y, dtype).values();
      for (const i of [0, 1, 2047, 2048, 4095, 4096, n - 1]) {
        const sum = (i % 100) + ((n - 1 - i) % 100);
        const expected = dtype === 'bool' ? Number(Number(i % 100 !== 0) + Number((n - 1 - i) % 100 !== 0) > 0) : sum;
        assert.equal(result[i], dtype === 'int8' ? (expected << 24) >> 24 : expected, `${dtype} at ${i}`);
      }
    }
  });

  it('round float32 at each step, and let it overflow to infinity', () => {
    const x = fromValues('float32', [2], Float32Array.of(0.1, 3e38));
    const result = operate(operators.multiply, operate(operators.add, x, x), weakFloat(1.1));
    const step = Math.fround(Math.fround(0.1) + Math.fround(0.1));
    assert.deepEqual([...result.values()], [Math.fround(step * Math.fround(1.1)), Infinity]);
    assert.equal(result.dtype, 'float32');
  });

  it('take three operands, and write them in place', () => {
    const a = counting([2, 3]);
    const b = counting([3]);
    const c = counting([2, 1]);
    const fused = zip3((x, y, z) => x * y + z, a, b, c, 'float64');
    assert.deepEqual(fused.toNested(), [
      [0, 1, 4],
      [1, 5, 11],
    ]);
    const target = copy(a);
    const record = zip3Into((x, y, z) => x * y + z, target, target, b, c);
    assert.deepEqual(target.toNested(), fused.toNested());
    record.undo();
    assert.deepEqual(target.toNested(), a.toNested());
    mapInto((x) => -x, target, transpose(counting([3, 2])));
    assert.equal(target.at(1, 2), -5);
  });

  it('refuse a result that does not fit its target', () => {
    assert.throws(
      () => zipInto((x, y) => x + y, counting([3]), counting([2, 3]), counting([3])),
      (error) =>
        error instanceof TensorError &&
        error.code === 'shape' &&
        /doesn't match the broadcast shape \(2,3\)/.test(error.numpy!.message),
    );
    assert.throws(() => zip((x, y) => x + y, counting([3]), counting([4]), 'float64', 'add'), {
      message: 'add: [3] and [4] do not broadcast',
    });
  });

  it('every operator has a loop that does what its function does', () => {
    const values = [0, -0, 1, -1, 2.5, -7, NaN, Infinity, -Infinity];
    let compared = 0;
    for (const operator of Object.values(operators)) {
      if (typeof operator !== 'object' || /^(bitwise|invert)|shift$/.test(operator.name)) continue;
      const fn = operator.resolve('float64').fn as Binary;
      if (fn.loop === undefined || fn.length !== 2) continue;
      compared++;
      const x = Float64Array.from(values.flatMap((value) => values.map(() => value)));
      const y = Float64Array.from(values.flatMap(() => values));
      const out = new Float64Array(x.length);
      fn.loop(x.length, out, 0, 1, x, 0, 1, y, 0, 1);
      assert.deepEqual(
        [...out],
        [...x].map((value, i) => fn(value, y[i]!)),
        operator.name,
      );
    }
    assert.ok(compared >= 12);
  });

  it('a Python int must fit the type that it meets, except in comparisons', () => {
    const bytes = fromValues('uint8', [2], Uint8Array.of(1, 200));
    assert.throws(
      () => operate(operators.add, bytes, weakInt(300)),
      (error) => error instanceof TensorError && error.numpy!.message === 'Python integer 300 out of bounds for uint8',
    );
    assert.deepEqual(operate(operators.less, bytes, weakInt(300)).toNested(), [true, true]);
    assert.deepEqual(operate(operators.add, bytes, weakInt(100)).toNested(), [101, 44]);
  });

  it('read-only views are read like any other', () => {
    const wide = broadcastTo(counting([3]), [2, 3]);
    assert.deepEqual(map((x) => x + 1, wide).toNested(), [
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });
});
