import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { accumulate, assign, fromValues, select, sizeOf, zeros, type IndexItem } from '../../src/tensor';
import { counting, filledShape, flatIndex, indicesOf, list, modelOf, remap } from './model';

describe('basic indexing', () => {
  it('agrees with picking elements one by one', () => {
    const item = (extent: number): fc.Arbitrary<IndexItem> =>
      fc.oneof(
        fc.integer({ min: -extent, max: extent - 1 }).map((value): IndexItem => ({ kind: 'integer', value })),
        fc
          .tuple(
            fc.option(fc.integer({ min: -6, max: 6 }), { nil: undefined }),
            fc.option(fc.integer({ min: -6, max: 6 }), { nil: undefined }),
            fc.constantFrom(undefined, 1, 2, 3, -1, -2),
          )
          .map(([start, stop, step]): IndexItem => ({ kind: 'slice', start, stop, step })),
      );
    fc.assert(
      fc.property(
        filledShape.chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(item)))),
        ([shape, items]) => {
          let model = modelOf(shape);
          let axis = 0;
          items.forEach((item, i) => {
            if (item.kind === 'integer') {
              const at = item.value < 0 ? item.value + shape[i]! : item.value;
              const place = axis;
              const rest = model.shape.filter((_, k) => k !== place);
              model = remap(model, rest, (index) => [...index.slice(0, place), at, ...index.slice(place)]);
            } else if (item.kind === 'slice') {
              const chosen = pythonSlice(shape[i]!, item.start, item.stop, item.step);
              const place = axis++;
              const next = model.shape.map((extent, k) => (k === place ? chosen.length : extent));
              model = remap(model, next, (index) => index.map((value, k) => (k === place ? chosen[value]! : value)));
            }
          });
          const result = select(counting(shape), items);
          assert.deepEqual(result.shape, model.shape);
          assert.deepEqual([...result.values()], model.places);
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** The indices that a Python slice visits, found by walking. */
function pythonSlice(extent: number, start?: number, stop?: number, step = 1): number[] {
  const fromEnd = (value: number): number => (value < 0 ? value + extent : value);
  const from = start === undefined ? (step > 0 ? 0 : extent - 1) : fromEnd(start);
  const to = stop === undefined ? (step > 0 ? extent : -1) : fromEnd(stop);
  const visited: number[] = [];
  if (step > 0) for (let i = Math.max(from, 0); i < Math.min(to, extent); i += step) visited.push(i);
  else for (let i = Math.min(from, extent - 1); i > Math.max(to, -1); i += step) visited.push(i);
  return visited;
}

describe('advanced indexing', () => {
  it('joint integer arrays pick element by element; assignment and accumulation hit the same places', () => {
    const cases = filledShape.chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.integer({ min: 1, max: shape.length }),
        fc.array(fc.tuple(...shape.map((extent) => fc.integer({ min: -extent, max: extent - 1 }))), {
          minLength: 1,
          maxLength: 5,
        }),
      ),
    );
    fc.assert(
      fc.property(cases, ([shape, depth, picks]) => {
        const items = Array.from({ length: depth }, (_, axis): IndexItem => {
          const values = Float64Array.from(picks, (pick) => pick[axis]!);
          return { kind: 'array', array: fromValues('int64', [picks.length], values) };
        });
        const base = counting(shape);
        const rest = shape.slice(depth);
        const places = picks.flatMap((pick) => {
          const head = pick.slice(0, depth).map((value, axis) => (value < 0 ? value + shape[axis]! : value));
          return indicesOf(rest).map((tail) => flatIndex(shape, [...head, ...tail]));
        });
        const result = select(base, items);
        assert.deepEqual(result.shape, [picks.length, ...rest]);
        assert.deepEqual([...result.values()], places);

        const counts = new Array<number>(sizeOf(shape)).fill(0);
        for (const place of places) counts[place]!++;
        const target = zeros(shape);
        accumulate((x, y) => x + y, target, items, fromValues('float64', [], Float64Array.of(1)));
        assert.deepEqual([...target.values()], counts);

        const values = fromValues(
          'float64',
          result.shape,
          Float64Array.from(places, (_, i) => i + 1),
        );
        const expected = [...zeros(shape).values()];
        places.forEach((place, i) => (expected[place] = i + 1));
        const assigned = zeros(shape);
        assign(assigned, items, values);
        assert.deepEqual([...assigned.values()], expected);
      }),
      { numRuns: 300 },
    );
  });

  it('a boolean mask selects its true elements in order', () => {
    fc.assert(
      fc.property(filledShape, fc.array(fc.boolean(), { minLength: 256, maxLength: 256 }), (shape, bits) => {
        const base = counting(shape);
        const mask = fromValues(
          'bool',
          shape,
          Uint8Array.from({ length: base.size }, (_, i) => Number(bits[i])),
        );
        const chosen = [...base.values()].filter((_, i) => bits[i]);
        assert.deepEqual(list(select(base, [{ kind: 'array', array: mask }])), chosen);
      }),
    );
  });
});
