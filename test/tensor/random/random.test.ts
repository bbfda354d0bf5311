import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import {
  copy,
  dtypeNamed,
  fromNested,
  Generator,
  NdArray,
  RandomState,
  TensorError,
  type Nested,
} from '../../../src/tensor';

// Draws of the real NumPy, written by test/oracles/random_numbers.py.
interface Draws {
  s: number[];
  v: (number | boolean)[];
  d: string;
}
type Call = [
  name: string,
  operands: Operand[],
  options: Record<string, Operand>,
  result: Draws | { e: string; m: string },
];
type Operand = number | number[] | string | boolean | { a: Nested };
type Sequence = ['RandomState' | 'Generator', number | number[], Call[]];
type Picked = ['picked normals', number, { count: number; at: number[]; values: number[]; next: number }];

const fixture = JSON.parse(
  readFileSync(new URL('../../oracles/fixtures/random_numbers.json', import.meta.url), 'utf8'),
) as { cases: (Sequence | Picked)[] };

type Source = RandomState | Generator;
/* eslint-disable @typescript-eslint/no-explicit-any -- arguments come from the fixture */
const calls: Record<string, (source: any, operands: any[], options: any) => unknown> = {
  random_sample: (source, [shape]) => source.random(shape),
  random: (source, [shape], { dtype }) => source.random(shape, dtype),
  standard_normal: (source, [shape]) => source.standardNormal(shape),
  normal: (source, [mean, deviation], { size }) => source.normal(mean, deviation, size),
  uniform: (source, [low, high], { size }) => source.uniform(low, high, size),
  exponential: (source, [scale], { size }) => source.exponential(scale, size),
  randint: (source, bounds, { size, dtype }) => source.randint(...interval(bounds), size, dtype),
  integers: (source, bounds, { size, dtype, endpoint }) => source.integers(...interval(bounds), size, dtype, endpoint),
  choice: (source, [from], { size, ...options }) => source.choice(from, size, options),
  permutation: (source, [of]) => source.permutation(of),
  shuffle: (source, [array]) => {
    const target = copy(array);
    source.shuffle(target);
    return target;
  },
};
/* eslint-enable @typescript-eslint/no-explicit-any */

const interval = (bounds: number[]): number[] => (bounds.length === 1 ? [0, ...bounds] : bounds);

function decode(operand: Operand): unknown {
  if (typeof operand !== 'object' || Array.isArray(operand)) return operand;
  const integers = !JSON.stringify(operand.a).includes('.');
  return fromNested(operand.a, integers ? 'int64' : 'float64');
}

/** The distance of two doubles in units in the last place. */
function ulps(a: number, b: number): number {
  const bits = (x: number): bigint => {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, x);
    return view.getBigInt64(0);
  };
  const distance = bits(a) - bits(b);
  return Number(distance < 0n ? -distance : distance);
}

const rounded = new Set(['standard_normal', 'normal', 'exponential']);

function check(name: string, actual: unknown, expected: Draws): void {
  assert.ok(actual instanceof NdArray);
  assert.deepEqual(actual.shape, expected.s, name);
  assert.equal(actual.dtype, dtypeNamed(expected.d), name);
  const values = actual.values();
  expected.v.forEach((value, i) => {
    if (rounded.has(name)) assert.ok(ulps(values[i]!, Number(value)) <= 4, `${name}: ${values[i]}, NumPy ${value}`);
    else assert.equal(values[i], Number(value), name);
  });
}

describe('random numbers are those of NumPy', () => {
  for (const entry of fixture.cases) {
    if (entry[0] === 'picked normals') continue;
    const [kind, seed, sequence] = entry;
    it(`${kind}(${JSON.stringify(seed)}): ${sequence.length} calls`, () => {
      const source: Source = kind === 'RandomState' ? new RandomState(seed) : new Generator(seed);
      for (const [name, operands, options, expected] of sequence) {
        const given = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, decode(value)]));
        const run = (): unknown => calls[name]!(source, operands.map(decode), given);
        if ('e' in expected) {
          assert.throws(
            run,
            (error) => error instanceof TensorError && error.numpy?.message === expected.m,
            expected.m,
          );
        } else check(name, run(), expected);
      }
    });
  }

  it('normals in the wedges and the tail of the ziggurat, and the state after 200,000 of them', () => {
    const [, seed, picked] = fixture.cases.find((entry): entry is Picked => entry[0] === 'picked normals')!;
    const source = new Generator(seed);
    const values = source.standardNormal([picked.count]).values();
    picked.at.forEach((place, i) => assert.ok(ulps(values[place]!, picked.values[i]!) <= 4));
    assert.ok(Math.max(...picked.values) > 3.6541528853610088, 'the tail is reached');
    assert.equal(source.random().item(), picked.next);
  });

  it('seeds that NumPy refuses', () => {
    for (const make of [
      () => new RandomState(-1),
      () => new RandomState(2 ** 32),
      () => new Generator(-1),
      () => new Generator(0.5),
    ]) {
      assert.throws(make, TensorError);
    }
  });

  it('starts anew when seeded again', () => {
    const source = new RandomState(3);
    const first = source.standardNormal([3]).values();
    source.seed(3);
    assert.deepEqual(source.standardNormal([3]).values(), first);
  });
});
