import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { levelLines } from '../../../webview/charts/contours';

function grid(n: number, f: (x: number, y: number) => number) {
  const values = Float64Array.from({ length: n * n }, (_, i) => f(i % n, Math.floor(i / n)));
  return { columns: n, rows: n, values };
}

describe('level lines', () => {
  it('of a plane are straight and exact', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 0.1, max: 2, noNaN: true }), (a, b) => {
        const level = 5 * a + 5 * b + 0.123;
        for (const line of levelLines(
          grid(11, (x, y) => a * x + b * y),
          level,
        ))
          for (const [x, y] of line) assert.ok(Math.abs(a * x + b * y - level) < 1e-9);
      }),
    );
  });

  it('of a bowl are one closed ring', () => {
    const lines = levelLines(
      grid(21, (x, y) => (x - 10) ** 2 + (y - 10) ** 2),
      30.5,
    );
    assert.equal(lines.length, 1);
    assert.deepEqual(lines[0]![0], lines[0]!.at(-1));
    for (const [x, y] of lines[0]!) assert.ok(Math.abs(Math.hypot(x - 10, y - 10) - Math.sqrt(30.5)) < 0.1);
  });

  it('keep away from what is not known', () => {
    const lines = levelLines(
      grid(11, (x, y) => (x < 5 ? NaN : x + y)),
      10.5,
    );
    assert.ok(lines.flat().length > 0);
    for (const [x] of lines.flat()) assert.ok(x >= 5);
  });
});
