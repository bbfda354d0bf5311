import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decomposeArrayPaths, decomposePaths, type Value } from '../../src/autodiff';
import { fromNested, type NdArray } from '../../src/tensor';
import { assertClose } from './support/checkRule';
import { random, randomArray, record } from './support/recording';

const array = (value: Value): NdArray => (typeof value === 'number' ? fromNested([value]) : value);

function sumOf(contributions: readonly Value[]): NdArray {
  const all = contributions.map((value) => Array.from(array(value).elements()));
  return fromNested(all.reduce((a, b) => a.map((x, i) => x + b[i]!)));
}

const flat = (value: Value): NdArray => fromNested(Array.from(array(value).elements()));

describe('paths of arrays', () => {
  const next = random(11);
  const block = () =>
    record({ x: randomArray([3], next), W: randomArray([3, 3], next), b: randomArray([3], next) }, (r, x, W, b) => {
      // Two layers with one matrix and a way around: x + tanh(W tanh(W x + b) + b).
      const layer = (v: number) =>
        r.elementwise('tanh', 1, r.elementwise('add', 2, r.tensor('matmul', [W!, v], {}, 3), b!));
      return r.tensor('sum', [r.elementwise('add', 4, x!, layer(layer(x!)))]);
    });

  it('a gradient is the sum of what its paths contribute', () => {
    const { trace, rows } = block();
    const counts = rows.map((row) => {
      const { count, largest, total, silent } = decomposeArrayPaths(trace, row);
      assert.equal(silent, 0n);
      assert.equal(BigInt(largest!.length), count);
      assertClose(sumOf(largest!.map((path) => path.contribution)), flat(total), 1e-14, 'sum of the paths');
      for (const path of largest!) {
        assert.equal(path.rows[0], row);
        assert.equal(path.rows.at(-1), trace.output);
        path.slots.forEach((slot, i) => assert.equal(trace.tape.operands(path.rows[i + 1]!)[slot], path.rows[i]));
      }
      return count;
    });
    // To x: around, and through both layers. To W and b: by the outer layer, and by the inner one.
    assert.deepEqual(counts, [2n, 2n, 2n]);
  });

  it('the way around carries the adjoint unchanged', () => {
    const { trace, rows } = block();
    const around = decomposeArrayPaths(trace, rows[0]!).largest!.find((path) => path.rows.length === 3)!;
    assert.deepEqual(array(around.contribution).toNested(), [1, 1, 1]);
  });

  it('of numbers, they are the products of the local partials', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 1, maxLength: 6 }), fc.double({ min: 0.2, max: 2 }), (steps, x) => {
        const { trace, rows } = record({ x }, (r, v) =>
          steps.reduce((w, kind, i) => r.scalar(kind === 0 ? 'mul' : kind === 1 ? 'add' : 'atan2', i, w, v!), v!),
        );
        const products = decomposePaths(trace, rows[0]!, 100);
        const paths = decomposeArrayPaths(trace, rows[0]!, { k: 100 });
        assert.equal(paths.count, products.count);
        const sorted = (values: number[]) => values.sort((a, b) => a - b);
        const [a, b] = [
          sorted(paths.largest!.map((path) => path.contribution as number)),
          sorted(products.largest.map((path) => path.product)),
        ];
        assert.equal(a.length, b.length);
        a.forEach((value, i) => assert.ok(Math.abs(value - b[i]!) <= 1e-12 * Math.max(1, Math.abs(value))));
      }),
      { numRuns: 50 },
    );
  });

  it('counts paths that carry nothing, without walking them', () => {
    const { trace, rows } = record({ x: [-1, -2] }, (r, x) => {
      const off = r.elementwise('relu', 1, x!);
      const twice = r.elementwise('add', 2, off, off);
      return r.tensor('sum', [r.elementwise('add', 3, x!, r.elementwise('mul', 4, r.constant(0), twice))]);
    });
    const { count, silent, largest } = decomposeArrayPaths(trace, rows[0]!);
    assert.equal(count, 3n);
    assert.equal(silent, 2n);
    assert.equal(largest!.length, 1);
  });

  it('counts 2¹⁰⁰ paths exactly, and does not pretend to list them', () => {
    const { trace, rows } = record({ x: [1, 2] }, (r, x) => {
      let v = x!;
      for (let i = 0; i < 100; i++) v = r.elementwise('add', 1, v, r.elementwise('mul', 2, v, r.constant(0.5)));
      return r.tensor('sum', [v]);
    });
    const { count, largest, total } = decomposeArrayPaths(trace, rows[0]!);
    assert.equal(count, 2n ** 100n);
    assert.equal(largest, undefined);
    assert.ok(Math.abs(array(total).elements()[0]! / 1.5 ** 100 - 1) < 1e-12);
  });

  it('looks through a write at what was there before it', () => {
    const { trace, rows } = record({ x: [1, 2], y: 5 }, (r, x, y) => {
      const doubled = r.elementwise('mul', 1, x!, r.constant(2));
      const before = r.elementwise('square', 2, doubled);
      const after = r.write(doubled, [{ kind: 'integer', value: 0 }], y!, 3);
      return r.tensor('sum', [r.elementwise('add', 4, before, r.elementwise('square', 5, after))]);
    });
    const paths = rows.map((row) => decomposeArrayPaths(trace, row));
    assert.deepEqual(
      paths.map(({ count }) => count),
      [2n, 1n],
    );
    for (const { largest, total } of paths)
      assertClose(sumOf(largest!.map((path) => path.contribution)), flat(total), 1e-14, 'sum of the paths');
    assert.deepEqual(array(paths[0]!.total).toNested(), [8, 32]);
  });
});
