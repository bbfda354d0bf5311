import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { KERNELS, type KernelName } from '../../src/symbolic/kernelTable';

type Cell = number | string;
type Rows = Record<string, Cell[][]>;
const fixture = JSON.parse(readFileSync(path.join(__dirname, 'kernels.fixture.json'), 'utf8')) as {
  unary: Rows;
  unaryNegative: Rows;
  binary: Rows;
  binaryNegative: Rows;
};

/** Relative error bounds against 50-digit values; the rest is correct to one unit in the last place or two. */
const BOUND: Partial<Record<string, number>> = { digamma: 4e-15, polygamma: 4e-15, gamma: 2e-15, trigamma: 2e-15 };
const DEFAULT_BOUND = 1e-15;

function check(name: string, rows: Cell[][], error: (actual: number, expected: number) => number, bound: number): void {
  const kernel = KERNELS[name as KernelName];
  for (const row of rows) {
    const [x = NaN, y = NaN] = row.slice(0, -1).map(Number);
    const expected = Number(row.at(-1));
    const actual = kernel(x, y);
    const e = Object.is(actual, expected) || actual === expected ? 0 : error(actual, expected);
    assert.ok(e <= bound, `${name}(${row.slice(0, -1).join(', ')}) is ${actual}, not ${expected}: error ${e}`);
  }
}

describe('kernels', () => {
  const relative = (actual: number, expected: number) => Math.abs(actual - expected) / Math.abs(expected);
  for (const [name, rows] of [...Object.entries(fixture.unary), ...Object.entries(fixture.binary)]) {
    it(`${name} agrees with mpmath at ${rows.length} points`, () =>
      check(name, rows, relative, BOUND[name] ?? DEFAULT_BOUND));
  }

  // These cross zero on the negative axis, so that only the absolute error can be bounded there.
  const absolute = (actual: number, expected: number) => Math.abs(actual - expected) / (1 + Math.abs(expected));
  for (const [name, rows] of [...Object.entries(fixture.unaryNegative), ...Object.entries(fixture.binaryNegative)]) {
    it(`${name} agrees with mpmath at ${rows.length} negative points`, () => check(name, rows, absolute, 4e-15));
  }

  const exact: [KernelName, number[], number][] = [
    ['pow', [1, NaN], 1],
    ['pow', [1, Infinity], 1],
    ['pow', [-1, -Infinity], 1],
    ['pow', [0, 0], 1],
    ['pow', [-8, 1 / 3], NaN],
    ['round', [0.5], 0],
    ['round', [1.5], 2],
    ['round', [2.5], 2],
    ['round', [-0.5], -0],
    ['round', [-1.5], -2],
    ['round', [-2.5], -2],
    ['round', [0.49999999999999994], 0],
    ['round', [2 ** 51 + 0.5], 2 ** 51],
    ['logaddexp', [-Infinity, -Infinity], -Infinity],
    ['logaddexp', [Infinity, Infinity], Infinity],
    ['logaddexp', [Infinity, -Infinity], Infinity],
    ['logaddexp', [-Infinity, 3], 3],
    ['logaddexp', [NaN, 3], NaN],
    ['xlogy', [0, 0], 0],
    ['xlogy', [0, -1], 0],
    ['xlogy', [0, Infinity], 0],
    ['xlogy', [0, NaN], NaN],
    ['maximum', [NaN, 1], NaN],
    ['minimum', [1, NaN], NaN],
    ['sigmoid', [Infinity], 1],
    ['sigmoid', [-Infinity], 0],
    ['sigmoid', [NaN], NaN],
    ['softplus', [Infinity], Infinity],
    ['softplus', [-Infinity], 0],
    ['logsigmoid', [-Infinity], -Infinity],
    ['logit', [0], -Infinity],
    ['logit', [1], Infinity],
    ['logit', [0.5], 0],
    ['logit', [2], NaN],
    ['erf', [Infinity], 1],
    ['erf', [-Infinity], -1],
    ['erf', [-0], -0],
    ['erf', [NaN], NaN],
    ['erfc', [Infinity], 0],
    ['erfc', [-Infinity], 2],
    ['erfc', [NaN], NaN],
    ['normal_cdf', [Infinity], 1],
    ['normal_cdf', [-Infinity], 0],
    ['normal_cdf', [NaN], NaN],
    ['normal_cdf', [0], 0.5],
    ['gamma', [0], Infinity],
    ['gamma', [-0], -Infinity],
    ['gamma', [-1], NaN],
    ['gamma', [5], 24],
    ['gamma', [23], 51090942171709440000 * 22],
    ['gamma', [172], Infinity],
    ['gamma', [-200.5], -0],
    ['gamma', [Infinity], Infinity],
    ['gamma', [-Infinity], NaN],
    ['gamma', [NaN], NaN],
    ['lgamma', [1], 0],
    ['lgamma', [2], 0],
    ['lgamma', [0], Infinity],
    ['lgamma', [-3], Infinity],
    ['lgamma', [-Infinity], Infinity],
    ['lgamma', [NaN], NaN],
    ['digamma', [0], -Infinity],
    ['digamma', [-2], NaN],
    ['digamma', [Infinity], Infinity],
    ['digamma', [NaN], NaN],
    ['trigamma', [-1], Infinity],
    ['polygamma', [2, 0], -Infinity],
    ['polygamma', [2, -1], NaN],
    ['trigamma', [Infinity], 0],
    ['polygamma', [1.5, 2], NaN],
    ['polygamma', [-1, 2], NaN],
    ['polygamma', [2, NaN], NaN],
    ['sign', [-0], -0],
    ['ne', [NaN, NaN], 1],
    ['not', [NaN], 0],
  ];
  for (const [name, args, expected] of exact) {
    it(`${name}(${args.map((a) => (Object.is(a, -0) ? '-0' : a)).join(', ')}) is ${Object.is(expected, -0) ? '-0' : expected}`, () => {
      assert.strictEqual(KERNELS[name](args[0] as number, args[1] ?? NaN), expected);
    });
  }
});
