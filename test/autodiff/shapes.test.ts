// Tensor rules over drawn shapes, axes, indices and subscripts, empty arrays among them: all that must hold for a rule.
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { TensorOp } from '../../src/autodiff/tensorRules';
import { fromValues, type IndexItem, select, type Shape, sizeOf, TensorError, zeros } from '../../src/tensor';
import { checkRule } from './support/checkRule';
import { random, randomArray } from './support/recording';

const RUNS = { numRuns: 15 };

function check(op: TensorOp, shapes: readonly Shape[], attributes: Readonly<Record<string, unknown>>, seed: number) {
  const next = random(seed);
  checkRule({
    inputs: shapes.map((shape) => randomArray(shape, next, 0.3, 1.7)),
    scale: 0.01,
    seed,
    body: (recorder, rows) => recorder.tensor(op, rows, attributes),
  });
}

const extents = (min: number) => fc.array(fc.integer({ min, max: 3 }), { maxLength: 3 });

const axesOf = (ndim: number): fc.Arbitrary<number | number[] | undefined> =>
  ndim === 0
    ? fc.constant(undefined)
    : fc.oneof(
        fc.constant(undefined),
        fc.integer({ min: -ndim, max: ndim - 1 }),
        fc.uniqueArray(fc.integer({ min: 0, max: ndim - 1 }), { maxLength: ndim }),
      );

const reductions = (min: number) => extents(min).chain((s) => fc.tuple(fc.constant(s), axesOf(s.length), fc.boolean()));

/** How many elements go into each result. */
function reduced(shape: Shape, axis: number | number[] | undefined): number {
  if (axis === undefined) return sizeOf(shape);
  return [axis].flat().reduce((n, i) => n * shape.at(i)!, 1);
}

const bound = fc.option(fc.integer({ min: -4, max: 4 }), { nil: undefined });

function itemOf(extent: number): fc.Arbitrary<IndexItem> {
  const slices = fc
    .tuple(bound, bound, fc.constantFrom(undefined, 1, 2, -1, -2))
    .map(([start, stop, step]): IndexItem => ({ kind: 'slice', start, stop, step }));
  if (extent === 0) return slices;
  const place = fc.integer({ min: -extent, max: extent - 1 });
  const integers = place.map((value): IndexItem => ({ kind: 'integer', value }));
  const arrays = fc
    .constantFrom<number[][]>([2], [1, 2], [2, 2])
    .chain((shape) =>
      fc
        .array(place, { minLength: sizeOf(shape), maxLength: sizeOf(shape) })
        .map((values): IndexItem => ({ kind: 'array', array: fromValues('int64', shape, Float64Array.from(values)) })),
    );
  return fc.oneof(slices, integers, arrays);
}

/** Indices of some leading axes, perhaps with a new axis or an ellipsis among them. */
const itemsOf = (shape: Shape): fc.Arbitrary<IndexItem[]> =>
  fc
    .integer({ min: 0, max: shape.length })
    .chain((count) =>
      fc.tuple(
        fc.tuple(...shape.slice(0, count).map(itemOf)),
        fc.constantFrom<'newaxis' | 'ellipsis' | undefined>('newaxis', 'ellipsis', undefined),
        fc.nat(count),
      ),
    )
    .map(([items, extra, at]) => {
      const place = extra === 'newaxis' ? at : items.length;
      return extra === undefined ? items : [...items.slice(0, place), { kind: extra }, ...items.slice(place)];
    });

const indexed = extents(0).chain((s) => fc.tuple(fc.constant(s), itemsOf(s)));

describe('tensor rules over drawn shapes', () => {
  for (const op of ['mean', 'logsumexp', 'norm', 'var', 'std'] as const) {
    it(op, () => {
      fc.assert(
        fc.property(reductions(1), fc.constantFrom(0, 1), fc.nat(), ([shape, axis, keepdims], ddof, seed) => {
          const spread = op === 'var' || op === 'std';
          fc.pre(!spread || reduced(shape, axis) > 2);
          const over = axis === undefined ? { keepdims } : { axis, keepdims };
          check(op, [shape], spread ? { ...over, ddof } : over, seed);
        }),
        RUNS,
      );
    });
  }

  for (const op of ['sum', 'prod'] as const) {
    it(`${op}, of empty arrays too`, () => {
      fc.assert(
        fc.property(reductions(0), fc.nat(), ([shape, axis, keepdims], seed) =>
          check(op, [shape], axis === undefined ? { keepdims } : { axis, keepdims }, seed),
        ),
        RUNS,
      );
    });
  }

  it('index, set_index and clear', () => {
    fc.assert(
      fc.property(indexed, fc.boolean(), fc.nat(), ([shape, items], whole, seed) => {
        let region: Shape;
        try {
          region = select(zeros(shape), items).shape;
        } catch (error) {
          // Index arrays that do not broadcast.
          if (error instanceof TensorError) return;
          throw error;
        }
        check('index', [shape], { items }, seed);
        check('clear', [shape], { items }, seed);
        check('set_index', [shape, whole ? region : []], { items }, seed);
      }),
      { numRuns: 60 },
    );
  });

  it('matmul', () => {
    const size = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(extents(0), fc.nat(3), fc.nat(3), size, size, size, fc.nat(), (batch, a, b, m, k, n, seed) => {
        // Batches that broadcast: leading axes left out, or of extent 1.
        const cut = (by: number) => batch.slice(Math.min(by, batch.length)).map((e, i) => ((by + i) % 3 === 0 ? 1 : e));
        check('matmul', [m === 0 && n > 0 ? [k] : [...cut(a), m, k], [...cut(b), k, n]], {}, seed);
      }),
      RUNS,
    );
  });

  it('permute, transpose and flip', () => {
    const shuffled = extents(0).chain((s) =>
      fc.tuple(fc.constant(s), fc.shuffledSubarray([...s.keys()], { minLength: s.length, maxLength: s.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.nat(), ([shape, axes], seed) => {
        check('permute', [shape], { axes }, seed);
        check('transpose', [shape], { axes }, seed);
        check('flip', [shape], {}, seed);
      }),
      RUNS,
    );
  });

  it('tile, repeat, roll, pad, cumsum and cumprod', () => {
    const reps = fc.array(fc.nat(2), { maxLength: 4 });
    fc.assert(
      fc.property(
        extents(0),
        reps,
        fc.nat(2),
        fc.integer({ min: -5, max: 5 }),
        fc.nat(),
        (shape, reps, r, shift, seed) => {
          check('tile', [shape], { reps }, seed);
          check('repeat', [shape], { repeats: r }, seed);
          check('roll', [shape], { shift }, seed);
          check('pad', [shape], { width: shape.map((_, i) => [r, i]), value: shift }, seed);
          for (let axis = 0; axis < shape.length; axis++) {
            check('repeat', [shape], { repeats: r, axis }, seed);
            check('roll', [shape], { shift, axis }, seed);
            check('cumsum', [shape], { axis }, seed);
            check('cumprod', [shape], { axis, exclusive: r === 0, reverse: shift > 0 }, seed);
          }
        },
      ),
      RUNS,
    );
  });

  it('diagonals and triangles', () => {
    const offset = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), offset, fc.nat(), (m, n, k, seed) => {
        check('tril', [[m, n]], { k }, seed);
        check('triu', [[2, m, n]], { k }, seed);
        check('diag', [[m]], { k }, seed);
        check('diag', [[m, n]], { k }, seed);
        check('trace', [[m, n]], { offset: k }, seed);
        check('diagonal', [[m, 2, n]], { offset: k, axis1: 0, axis2: -1 }, seed);
      }),
      RUNS,
    );
  });

  it('einsum of up to three operands', () => {
    const label = fc.constantFrom('a', 'b', 'c');
    const terms = fc.array(fc.array(label, { maxLength: 3 }), { minLength: 1, maxLength: 3 });
    const size: Readonly<Record<string, number>> = { a: 2, b: 3, c: 1 };
    const products = terms.chain((t) => fc.tuple(fc.constant(t), fc.shuffledSubarray([...new Set(t.flat())])));
    fc.assert(
      fc.property(products, fc.nat(), ([operands, output], seed) =>
        check(
          'einsum',
          operands.map((labels) => labels.map((l) => size[l]!)),
          { subscripts: `${operands.map((labels) => labels.join('')).join(',')}->${output.join('')}` },
          seed,
        ),
      ),
      { numRuns: 60 },
    );
  });

  it('convolution and average pooling', () => {
    const small = fc.integer({ min: 1, max: 2 });
    fc.assert(
      fc.property(
        small,
        fc.integer({ min: 1, max: 3 }),
        small,
        fc.nat(2),
        small,
        small,
        fc.nat(),
        (dims, kernel, stride, padding, dilation, groups, seed) => {
          const space = dims === 1 ? [7] : [5, 6];
          const window = space.map(() => kernel);
          const layout = { stride, padding, dilation, groups };
          check(
            'conv',
            [
              [2, 2 * groups, ...space],
              [2 * groups, 2, ...window],
            ],
            layout,
            seed,
          );
          if (padding > kernel / 2) return;
          const countPadding = seed % 2 === 0;
          check('average_pool', [[1, 2, ...space]], { kernel: window, stride, padding, countPadding }, seed);
        },
      ),
      RUNS,
    );
  });
});
