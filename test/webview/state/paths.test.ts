import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { type PathEdge, sumOverPaths } from '../../../webview/state/paths';

/** A random acyclic graph: node i uses earlier nodes. */
const graphs = fc
  .array(
    fc.array(fc.record({ operand: fc.nat(), partial: fc.double({ min: -2, max: 2, noNaN: true }) }), { maxLength: 3 }),
    { minLength: 2, maxLength: 10 },
  )
  .map((nodes) =>
    nodes.map((uses, user) =>
      user === 0
        ? []
        : uses.map(({ operand, partial }, slot): PathEdge => ({ user, slot, operand: operand % user, partial })),
    ),
  );

/** All paths, one by one. */
function enumerate(incoming: readonly (readonly PathEdge[])[], input: number, at: number): PathEdge[][] {
  if (at === input) return [[]];
  return (incoming[at] ?? []).flatMap((edge) =>
    enumerate(incoming, input, edge.operand).map((path) => [...path, edge]),
  );
}

describe('sum over paths', () => {
  it('agrees with going through the paths one by one', () => {
    fc.assert(
      fc.property(graphs, (incoming) => {
        const output = incoming.length - 1;
        const all = enumerate(incoming, 0, output).map((edges) => edges.reduce((p, e) => p * e.partial, 1));
        const result = sumOverPaths(incoming, 0, output, 1_000);
        assert.equal(result.count, BigInt(all.length));
        assert.ok(Math.abs(result.sum - all.reduce((a, b) => a + b, 0)) < 1e-9);
        assert.ok(Math.abs(result.magnitude - all.reduce((a, b) => a + Math.abs(b), 0)) < 1e-9);
        assert.equal(result.paths.length, Math.min(1_000, all.length));
        const sizes = result.paths.map((path) => Math.abs(path.product));
        const sorted = all.map(Math.abs).sort((a, b) => b - a);
        sizes.forEach((size, i) => assert.ok(Math.abs(size - sorted[i]!) < 1e-9));
        const lengths = enumerate(incoming, 0, output).reduce((n, edges) => n + Math.max(0, edges.length - 1), 0);
        if (output > 0) assert.equal(result.multiplications, BigInt(lengths));
      }),
      { numRuns: 200 },
    );
  });

  it('counts paths that nobody could list', () => {
    // Two hundred times w · w.
    const incoming = Array.from({ length: 201 }, (_, user) =>
      user === 0 ? [] : [0, 1].map((slot): PathEdge => ({ user, slot, operand: user - 1, partial: 0.5 })),
    );
    const { count, sum, paths } = sumOverPaths(incoming, 0, 200, 5);
    assert.equal(count, 2n ** 200n);
    assert.equal(sum, 1);
    assert.equal(paths.length, 5);
  });

  it('knows no path where there is none', () => {
    const { count, sum, paths } = sumOverPaths([[], [], [{ user: 2, slot: 0, operand: 1, partial: 1 }]], 0, 2, 5);
    assert.deepEqual([count, sum, paths.length], [0n, 0, 0]);
  });
});
