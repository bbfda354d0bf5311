import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { NdArray } from '../../src/tensor';
import {
  accumulate,
  assign,
  copy,
  diagonal,
  fromNested,
  fromValues,
  getElement,
  operateInto,
  operators,
  ravel,
  reapply,
  reshape,
  rollBack,
  select,
  setElement,
  sliceAxis,
  take,
  TensorError,
  transpose,
  broadcastTo,
  weakFloat,
  weakInt,
  write,
  zipInto,
  type IndexItem,
  type UndoRecord,
} from '../../src/tensor';
import { counting, filledShape, list } from './model';

const all: IndexItem = { kind: 'slice' };
const slice = (start?: number, stop?: number, step?: number): IndexItem => ({
  kind: 'slice',
  start,
  stop,
  step,
});
const array = (values: number[]): IndexItem => ({
  kind: 'array',
  array: fromValues('int64', [values.length], Float64Array.from(values)),
});
const integer = (value: number): IndexItem => ({ kind: 'integer', value });

describe('aliasing', () => {
  it('a write through a slice changes the base and all its other views', () => {
    const base = counting([3, 4]);
    const row = take(base, 0, 1);
    const column = select(base, [all, integer(2)]);
    write(row, weakFloat(-1));
    assert.deepEqual(list(base), [
      [0, 1, 2, 3],
      [-1, -1, -1, -1],
      [8, 9, 10, 11],
    ]);
    assert.deepEqual(list(column), [2, -1, 10]);
  });

  it('dscores = probs; dscores[range(n), y] -= 1 changes probs', () => {
    const probs = counting([3, 3]);
    const dscores = probs;
    const rows = [array([0, 1, 2]), array([2, 0, 1])];
    const chosen = select(dscores, rows);
    operateInto(operators.subtract, chosen, chosen, weakInt(1));
    assign(dscores, rows, chosen);
    assert.deepEqual(list(probs), [
      [0, 1, 1],
      [2, 4, 5],
      [6, 6, 8],
    ]);
  });

  it('dout[mask] = 0 on an argument changes the array of the caller', () => {
    const dout = fromNested([1, -2, 3]);
    const mask = fromNested([false, true, false]);
    assign(dout, [{ kind: 'array', array: mask }], weakInt(0));
    assert.deepEqual(list(dout), [1, 0, 3]);
  });

  it('a gather is a copy, a slice kept while its base changes is not', () => {
    const base = counting([5]);
    const gathered = select(base, [array([0, 1])]);
    const kept = select(base, [slice(0, 2)]);
    setElement(base, [0], 9);
    assert.deepEqual(list(gathered), [0, 1]);
    assert.deepEqual(list(kept), [9, 1]);
  });

  it('x += y is seen through views; overlapping operands are read before they are written', () => {
    const x = counting([6]);
    operateInto(operators.add, sliceAxis(x, 0, 1, 5), sliceAxis(x, 0, 1, 5), sliceAxis(x, 0, 0, 5));
    assert.deepEqual(list(x), [0, 1, 3, 5, 7, 9]);
    const m = counting([3, 3]);
    operateInto(operators.add, m, m, transpose(m));
    assert.deepEqual(list(m), [
      [0, 4, 8],
      [4, 8, 12],
      [8, 12, 16],
    ]);
    const shifted = counting([5]);
    write(sliceAxis(shifted, 0, 1, 4), sliceAxis(shifted, 0, 0, 4));
    assert.deepEqual(list(shifted), [0, 0, 1, 2, 3]);
    const reversed = counting([4]);
    assign(reversed, [slice(undefined, undefined, -1)], reversed);
    assert.deepEqual(list(reversed), [3, 2, 1, 0]);
    const scattered = counting([3]);
    assign(scattered, [array([1, 2, 0])], scattered);
    assert.deepEqual(list(scattered), [2, 0, 1]);
  });

  it('reshape shares memory where NumPy shares it, and copies where NumPy copies', () => {
    const base = counting([2, 6]);
    for (const [view, shares] of [
      [reshape(base, [3, 4]), true],
      [ravel(base), true],
      [reshape(transpose(base), [12]), false],
      [reshape(transpose(base), [6, 2, 1]), true],
      [reshape(sliceAxis(base, 1, 0, 3, 2), [6]), true],
      [reshape(sliceAxis(base, 1, 0, 4), [8]), false],
      [reshape(sliceAxis(base, 1, 0, 4), [2, 2, 2]), true],
      [diagonal(base), true],
    ] as const) {
      assert.equal(view.storage === base.storage, shares, `${view.shape.join()}`);
    }
  });

  it('a broadcast view is read-only', () => {
    const view = broadcastTo(counting([3]), [2, 3]);
    assert.throws(
      () => setElement(view, [0, 0], 1),
      (error) => error instanceof TensorError && error.numpy?.message === 'assignment destination is read-only',
    );
    assert.throws(() => write(take(view, 0, 0), weakInt(1)), TensorError);
  });
});

describe('undo records', () => {
  it('perturbing every parameter in place costs one element each, not a copy', () => {
    const p = counting([200, 200]);
    const before = p.values();
    let bytes = 0;
    const start = p.storage.version;
    for (let i = 0; i < 200; i++) {
      for (let j = 0; j < 200; j++) {
        const record = setElement(p, [i, j], getElement(p, [i, j]) + 1e-4);
        bytes += record.bytes;
        record.undo();
      }
    }
    assert.equal(p.storage.version, start);
    assert.deepEqual(p.values(), before);
    assert.equal(bytes, 40_000 * 16);
  });

  it('gives every content a version of its own', () => {
    const x = counting([2]);
    const v0 = x.storage.version;
    const first = setElement(x, [0], 5);
    const v1 = x.storage.version;
    first.undo();
    assert.equal(x.storage.version, v0);
    const second = setElement(x, [0], 6);
    assert.notEqual(x.storage.version, v1);
    second.undo();
    first.redo();
    assert.equal(x.storage.version, v1);
    assert.deepEqual(list(x), [5, 1]);
  });

  it('refuses to be undone out of order', () => {
    const x = counting([2]);
    const first = setElement(x, [0], 5);
    setElement(x, [1], 6);
    assert.throws(() => first.undo(), TensorError);
    assert.deepEqual(list(x), [5, 6]);
  });

  it('a write that fails leaves nothing behind', () => {
    const x = fromValues('int64', [3], Float64Array.of(1, 2, 3));
    const version = x.storage.version;
    assert.throws(
      () => operateInto(operators.multiply, x, x, fromValues('int64', [3], Float64Array.of(10, 2 ** 52, 2 ** 52))),
      (error) => error instanceof TensorError && error.code === 'overflow',
    );
    assert.throws(() => write(x, fromNested([1, NaN, 2])), TensorError);
    assert.throws(() => assign(x, [array([0, 1])], fromNested([1, Infinity])), TensorError);
    assert.deepEqual(list(x), [1, 2, 3]);
    assert.equal(x.storage.version, version);
  });

  it('repeated indices of a scatter are undone and redone right', () => {
    const x = counting([3]);
    const records = [
      assign(x, [array([1, 1, 0])], fromNested([7, 8, 9])),
      accumulate((a, b) => a + b, x, [array([1, 1, 2])], fromNested([1, 1, 1])),
    ];
    assert.deepEqual(list(x), [9, 10, 3]);
    rollBack(records);
    assert.deepEqual(list(x), [0, 1, 2]);
    reapply(records);
    assert.deepEqual(list(x), [9, 10, 3]);
  });

  it('any sequence of writes through any views rolls back and forth, step by step', () => {
    const window = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(1, 2, -1)), {
      minLength: 4,
      maxLength: 4,
    });
    const step = fc.record({
      kind: fc.nat(4),
      window,
      transposed: fc.boolean(),
      value: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(filledShape, fc.array(step, { maxLength: 12 }), (shape, steps) => {
        const base = counting(shape);
        const contents: unknown[] = [[...base.values()]];
        const versions = [base.storage.version];
        const records: UndoRecord[] = [];
        for (const { kind, window, transposed, value } of steps) {
          const items = shape.map((extent, axis): IndexItem => {
            const [a, b, by] = window[axis]!;
            const from = a % extent;
            const to = from + (b % (extent - from + 1));
            return by > 0 ? slice(from, to, by) : slice(to - 1, from === 0 ? undefined : from - 1, by);
          });
          const view = transposed ? transpose(select(base, items)) : select(base, items);
          const first = array([0, 0, shape[0]! - 1]);
          if (view.size === 0) continue;
          if (kind === 0) records.push(write(view, weakInt(value)));
          else if (kind === 1) records.push(zipInto((x, y) => x * 2 + y, view, view, weakInt(value)));
          else if (kind === 2) records.push(assign(base, [first], weakInt(value)));
          else if (kind === 3) records.push(accumulate((x, y) => x + y, base, [first], weakInt(value)));
          else
            records.push(
              setElement(
                base,
                shape.map((extent, axis) => window[axis]![0] % extent),
                value,
              ),
            );
          contents.push([...base.values()]);
          versions.push(base.storage.version);
        }
        assert.equal(new Set(versions).size, versions.length);
        for (let i = records.length - 1; i >= 0; i--) {
          records[i]!.undo();
          assert.deepEqual([...base.values()], contents[i]);
          assert.equal(base.storage.version, versions[i]);
        }
        reapply(records);
        assert.deepEqual([...base.values()], contents.at(-1));
      }),
      { numRuns: 300 },
    );
  });

  it('copies do not share', () => {
    const x = counting([2, 2]);
    const y: NdArray = copy(transpose(x), 'K');
    assert.deepEqual(y.strides, [1, 2]);
    setElement(x, [0, 0], 7);
    assert.equal(getElement(y, [0, 0]), 0);
  });
});
