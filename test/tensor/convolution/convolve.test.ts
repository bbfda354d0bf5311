import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  averagePool,
  averagePoolInput,
  convolve,
  convolveInput,
  convolveWeight,
  fromNested,
  fromValues,
  gatherPooled,
  maxPool,
  RandomState,
  scatterPooled,
  TensorError,
  type NdArray,
} from '../../../src/tensor';

interface Layout {
  seed: number;
  samples: number;
  groups: number;
  channels: number;
  outputs: number;
  height: number;
  width: number;
  kernel: [number, number];
  stride: [number, number];
  dilation: [number, number];
  padding: [[number, number], [number, number]];
}

const pair = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<[number, number]> => fc.tuple(arbitrary, arbitrary);
const small = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

const layouts: fc.Arbitrary<Layout> = fc.record({
  seed: fc.nat(1e6),
  samples: small(1, 2),
  groups: small(1, 2),
  channels: small(1, 3),
  outputs: small(1, 3),
  height: small(5, 7),
  width: small(5, 8),
  kernel: pair(small(1, 3)),
  stride: pair(small(1, 3)),
  dilation: pair(small(1, 2)),
  padding: fc.tuple(pair(small(0, 2)), pair(small(0, 2))),
});

/** Straight from the definition. */
function naive(x: NdArray, w: NdArray, { groups, stride, dilation, padding }: Layout): number[][][][] {
  const [n, , height, width] = x.shape as [number, number, number, number];
  const [outputs, channels, kh, kw] = w.shape as [number, number, number, number];
  const rows = Math.floor((height + padding[0][0] + padding[0][1] - dilation[0] * (kh - 1) - 1) / stride[0]) + 1;
  const columns = Math.floor((width + padding[1][0] + padding[1][1] - dilation[1] * (kw - 1) - 1) / stride[1]) + 1;
  const make = <T>(length: number, item: (i: number) => T): T[] => Array.from({ length }, (_, i) => item(i));
  return make(n, (sample) =>
    make(outputs, (o) =>
      make(rows, (r) =>
        make(columns, (c) => {
          const first = Math.floor(o / (outputs / groups)) * channels;
          let total = 0;
          for (let ch = 0; ch < channels; ch++) {
            for (let i = 0; i < kh; i++) {
              for (let j = 0; j < kw; j++) {
                const y = r * stride[0] + i * dilation[0] - padding[0][0];
                const z = c * stride[1] + j * dilation[1] - padding[1][0];
                if (y < 0 || y >= height || z < 0 || z >= width) continue;
                total += x.at(sample, first + ch, y, z) * w.at(o, ch, i, j);
              }
            }
          }
          return total;
        }),
      ),
    ),
  );
}

function inner(a: NdArray, b: NdArray): number {
  assert.deepEqual(a.shape, b.shape);
  const y = b.values();
  return Array.from(a.values()).reduce((total, x, i) => total + x * y[i]!, 0);
}

const close = (a: number, b: number, scale = 1): void =>
  assert.ok(Math.abs(a - b) <= 1e-12 * Math.max(scale, Math.abs(a), Math.abs(b)), `${a} ${b}`);

describe('convolution', () => {
  it('is its definition, for any stride, padding, dilation and groups', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const random = new RandomState(layout.seed);
        const x = random.standardNormal([layout.samples, layout.groups * layout.channels, layout.height, layout.width]);
        const w = random.standardNormal([layout.groups * layout.outputs, layout.channels, ...layout.kernel]);
        const result = convolve(x, w, layout);
        const expected = fromNested(naive(x, w, layout));
        assert.deepEqual(result.shape, expected.shape);
        const values = result.values();
        expected.values().forEach((value, i) => close(values[i]!, value));
      }),
    );
  });

  it('has the adjoints that the dot-product identity demands', () => {
    fc.assert(
      fc.property(layouts, (layout) => {
        const random = new RandomState(layout.seed);
        const x = random.standardNormal([layout.samples, layout.groups * layout.channels, layout.height, layout.width]);
        const w = random.standardNormal([layout.groups * layout.outputs, layout.channels, ...layout.kernel]);
        const y = convolve(x, w, layout);
        const g = random.standardNormal(y.shape);
        close(inner(g, y), inner(convolveInput(g, w, x.shape, layout), x), 100);
        close(inner(g, y), inner(convolveWeight(x, g, w.shape, layout), w), 100);
      }),
    );
  });

  it('works in one and three dimensions', () => {
    const line = convolve(fromNested([[[1, 2, 3, 4]]]), fromNested([[[1, 0, -1]]]), { padding: 1 });
    assert.deepEqual(line.toNested(), [[[-2, -2, -2, 3]]]);
    const cube = convolve(
      new RandomState(0).random([1, 1, 3, 3, 3]),
      fromValues('float64', [1, 1, 3, 3, 3], new Float64Array(27).fill(1)),
    );
    assert.deepEqual(cube.shape, [1, 1, 1, 1, 1]);
  });

  it('rounds float32 once', () => {
    const x = fromValues('float32', [1, 1, 3], Float32Array.of(1e8, 1, -1e8));
    const w = fromValues('float32', [1, 1, 3], Float32Array.of(1, 1, 1));
    assert.deepEqual(convolve(x, w).toNested(), [[[1]]]);
  });

  it('says what does not align', () => {
    const x = new RandomState(0).random([1, 3, 8, 8]);
    const message = (run: () => unknown): string => {
      try {
        run();
      } catch (error) {
        if (error instanceof TensorError) return error.message;
      }
      return 'no error';
    };
    const weight = new RandomState(0).random([4, 2, 3, 3]);
    assert.equal(
      message(() => convolve(x, weight)),
      'conv2d: [1,3,8,8] and [4,2,3,3] do not align (groups 1)',
    );
    const large = new RandomState(0).random([4, 3, 9, 9]);
    assert.equal(
      message(() => convolve(x, large)),
      'conv2d: a kernel of [9,9] does not fit into [8,8] with its padding',
    );
    const ints = fromValues('int64', [1, 1, 3], new Float64Array(3));
    assert.equal(
      message(() => convolve(ints, ints)),
      'conv1d: a convolution of int64 and int64',
    );
  });
});

describe('pooling', () => {
  const pools = fc.record({
    seed: fc.nat(1e6),
    height: small(4, 7),
    width: small(4, 7),
    kernel: pair(small(1, 3)),
    stride: pair(small(1, 3)),
    padding: small(0, 1),
    countPadding: fc.boolean(),
  });

  it('is its definition, and has the adjoints that the dot-product identity demands', () => {
    fc.assert(
      fc.property(pools, ({ seed, height, width, kernel, stride, padding, countPadding }) => {
        fc.pre(kernel.every((extent) => padding * 2 <= extent));
        const random = new RandomState(seed);
        const x = random.standardNormal([2, 2, height, width]);
        const options = { stride, padding, countPadding };
        const { values, indices } = maxPool(x, kernel, options);
        const means = averagePool(x, kernel, options);
        const [, , rows, columns] = values.shape as [number, number, number, number];
        for (let n = 0; n < 2; n++) {
          for (let c = 0; c < 2; c++) {
            for (let r = 0; r < rows; r++) {
              for (let k = 0; k < columns; k++) {
                const window: number[] = [];
                for (let i = 0; i < kernel[0]; i++) {
                  for (let j = 0; j < kernel[1]; j++) {
                    const y = r * stride[0] + i - padding;
                    const z = k * stride[1] + j - padding;
                    if (y >= 0 && y < height && z >= 0 && z < width) window.push(x.at(n, c, y, z));
                  }
                }
                assert.equal(values.at(n, c, r, k), Math.max(...window));
                const divisor = countPadding ? kernel[0] * kernel[1] : window.length;
                close(means.at(n, c, r, k), window.reduce((a, b) => a + b, 0) / divisor);
              }
            }
          }
        }
        assert.deepEqual(gatherPooled(x, indices).values(), values.values());
        const g = random.standardNormal(values.shape);
        close(inner(g, values), inner(scatterPooled(g, indices, x.shape), x), 100);
        close(inner(g, means), inner(averagePoolInput(g, x.shape, kernel, options), x), 100);
      }),
    );
  });

  it('takes the first of equal maxima, lets NaN win, and reaches over the edge with ceil', () => {
    const ties = maxPool(fromNested([[[3, 3, 1, NaN, 5]]]), [2], { ceil: true });
    assert.deepEqual(ties.values.toNested(), [[[3, NaN, 5]]]);
    assert.deepEqual(ties.indices.toNested(), [[[0, 3, 4]]]);
    assert.deepEqual(averagePool(fromNested([[[1, 3, 5]]]), [2], { ceil: true }).toNested(), [[[2, 5]]]);
  });
});
