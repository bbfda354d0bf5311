import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import {
  formatCount,
  formatNumber,
  formatPercent,
  formatShape,
  formatSigned,
  splitAtPoint,
} from '../../src/format/number';

describe('numbers', () => {
  const cases: readonly (readonly [number, string])[] = [
    [5.5, '5.500'],
    [2, '2'],
    [0, '0'],
    [-0, '−0'],
    [-1, '−1'],
    [1.7163378145367738, '1.716'],
    [-0.9589242746631385, '−0.9589'],
    [11.652071455223084, '11.65'],
    [1234, '1234'],
    [9999.99, '10,000'],
    [99999, '99,999'],
    [12345.678, '12,346'],
    [100000, '1.000e5'],
    [0.001, '0.001000'],
    [0.0005, '5.000e−4'],
    [5.61e-15, '5.610e−15'],
    [99999.9, '1.000e5'],
    [0.00099999, '0.001000'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ];
  for (const [x, text] of cases) {
    it(`${x} is written ${text}`, () => assert.equal(formatNumber(x), text));
  }

  it('copies as plain text that reads back to the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (x) => {
        assert.ok(Object.is(Number(formatNumber(x, { digits: 'full', plain: true }).replace('inf', 'Infinity')), x));
      }),
    );
  });

  it('never differs from the number by more than half a unit in the last digit shown', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (x) => {
        const read = Number(formatNumber(x).replace(/−/g, '-').replace(/,/g, ''));
        assert.ok(Math.abs(read - x) <= Math.abs(x) * 0.500001e-3, `${x} → ${formatNumber(x)}`);
      }),
    );
  });

  it('writes signs, shares, shapes and the two halves of a number', () => {
    assert.equal(formatSigned(2), '+2');
    assert.equal(formatSigned(-0.2837), '−0.2837');
    assert.equal(formatPercent(0.909), '91\u2009%');
    assert.equal(formatPercent(0.0015), '0.15\u2009%');
    assert.equal(formatPercent(0.0009), '< 0.1\u2009%');
    assert.equal(formatPercent(0), '0\u2009%');
    assert.equal(formatShape([]), 'scalar');
    assert.equal(formatShape([5, 3]), '5×3');
    assert.deepEqual(splitAtPoint('10.69'), ['10', '.69']);
    assert.deepEqual(splitAtPoint('NaN'), ['NaN', '']);
  });

  it('writes counts exactly up to 15 digits, then in four', () => {
    assert.equal(formatCount(1024n), '1024');
    assert.equal(formatCount(10_240n), '10,240');
    assert.equal(formatCount(999_999_999_999_999n), '999,999,999,999,999');
    assert.equal(formatCount(1_268_000_000_000_000n), '1.268e15');
  });
});
