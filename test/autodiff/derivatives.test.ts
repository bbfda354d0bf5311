import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adjoints, tangents } from '../../src/autodiff';
import { directionalDerivative, hessian, hessianVectorProduct, jacobian, taylor } from '../../src/autodiff/derivatives';
import { recordAdjoints, recordGradient, recordTangents } from '../../src/autodiff/recordedSweeps';
import { fromNested, type NdArray } from '../../src/tensor';
import { DOCUMENT, newRecorder, record } from './support/recording';

const close = (actual: number, expected: number, tolerance = 1e-12) =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} instead of ${expected}`,
  );

describe('nested derivatives', () => {
  // d/dx (x · d/dy (x + y)) is 1; a sweep that mixed its levels would say 2.
  for (const mode of ['forward', 'reverse'] as const) {
    it(`d/dx (x · d/dy (x + y) at y = x) is 1: inner derivative ${mode}`, () => {
      const r = newRecorder();
      const x = r.input(['x'], 3, DOCUMENT, 0);
      const y = r.variable(x);
      const inner = r.scalar('add', 1, x, y);
      const slope =
        mode === 'forward'
          ? recordTangents(r, new Map([[y, r.constant(1)]]), inner).get(inner)!
          : recordGradient(r, inner, [y]).get(y)!;
      const outer = r.scalar('mul', 2, x, slope);
      const trace = r.finish(outer, ['z']);
      assert.equal(r.value(slope), 1);
      assert.equal(adjoints(trace.tape, new Map([[outer, 1]])).scalars[x], 1);
      assert.equal(tangents(trace.tape, new Map([[x, 1]])).scalars[outer], 1);
    });
  }

  it('an outer derivative sees through the variable of an inner one', () => {
    // d/dx (d/dy y³ at y = x²) = d/dx 3x⁴ = 12x³
    const r = newRecorder();
    const x = r.input(['x'], 2, DOCUMENT, 0);
    const y = r.variable(r.scalar('square', 1, x));
    const slope = recordGradient(r, r.scalar('pow', 2, y, r.constant(3)), [y]).get(y)!;
    assert.equal(r.value(slope), 48);
    assert.equal(adjoints(r.tape, new Map([[slope, 1]])).scalars[x], 96);
  });

  it('variables of constants and of arrays', () => {
    const r = newRecorder();
    const c = r.variable(r.constant(2));
    assert.equal(r.value(recordGradient(r, r.scalar('square', 1, c), [c]).get(c)!), 4);
    const x = r.input(['x'], fromNested([1, 2]), DOCUMENT, 0);
    const y = r.variable(x);
    const g = recordGradient(r, r.tensor('sum', [r.elementwise('square', 2, y)]), [y]).get(y)!;
    assert.deepEqual(r.tape.array(g).toNested(), [2, 4]);
    assert.deepEqual(
      adjoints(r.tape, new Map([[g, 1]]))
        .arrays.get(x)!
        .toNested(),
      [2, 2],
    );
  });

  it('go to any order: the fifth derivative of sin', () => {
    const r = newRecorder();
    const x = r.input(['x'], 0.7, DOCUMENT, 0);
    let y = r.scalar('sin', 1, x);
    for (let i = 0; i < 5; i++) y = recordGradient(r, y, [x]).get(x)!;
    close(r.value(y), Math.cos(0.7));
  });

  it('jacfwd ∘ jacrev is the Hessian', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([0.5, -0.3, 1.2]), DOCUMENT, 0);
    const f = r.tensor('prod', [r.elementwise('exp', 1, x)]);
    const g = recordGradient(r, f, [x]).get(x)!;
    const { entries, mode } = jacobian(r.finish(g, ['g']), [x], 'forward');
    assert.equal(mode, 'forward');
    entries.forEach((h) => close(h, Math.exp(1.4)));
  });

  it('of an array need a weight', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([1, 2]), DOCUMENT, 0);
    const y = r.elementwise('square', 1, x);
    assert.throws(() => recordGradient(r, y, [x]), /needs a weight/);
    const g = recordAdjoints(r, new Map([[y, r.constant(fromNested([1, 10]))]]), [x]).get(x)!;
    assert.deepEqual(r.tape.array(g).toNested(), [2, 40]);
  });

  it('leave out what the output does not depend on', () => {
    const r = newRecorder();
    const x = r.input(['x'], 1, DOCUMENT, 0);
    const z = r.input(['z'], 1, DOCUMENT, 1);
    assert.deepEqual([...recordGradient(r, r.scalar('sin', 2, x), [x, z]).keys()], [x]);
  });

  it('give the sweep’s 0 where 0 meets an infinite partial', () => {
    // d/dx (0 · √x) at x = 0, through a factor that moves.
    const { trace, rows } = record({ a: 0, x: 0 }, (r, a, x) => r.scalar('mul', 1, a!, r.scalar('sqrt', 2, x!)));
    assert.equal(adjoints(trace.tape, new Map([[trace.output, 1]])).scalars[rows[1]!], 0);
    const r = newRecorder();
    const a = r.input(['a'], 0, DOCUMENT, 0);
    const x = r.input(['x'], 0, DOCUMENT, 1);
    const y = r.scalar('mul', 1, a, r.scalar('sqrt', 2, x));
    assert.equal(r.value(recordGradient(r, y, [x]).get(x)!), 0);
  });
});

describe('Jacobian', () => {
  const wide = () =>
    record({ x: [1, 2, 3] }, (r, x) => r.tensor('stack', [r.tensor('sum', [x!]), r.tensor('prod', [x!])]));

  it('takes one reverse sweep a row where there are fewer outputs', () => {
    const { mode, sweeps, rows, columns, entries } = jacobian(wide().trace);
    assert.deepEqual([mode, sweeps, rows, columns], ['reverse', 2, 2, 3]);
    assert.deepEqual([...entries], [1, 1, 1, 6, 3, 2]);
  });

  it('takes one forward sweep a column where there are no more inputs than outputs', () => {
    const { trace } = record({ t: 2 }, (r, t) =>
      r.tensor('stack', [r.scalar('square', 1, t!), r.scalar('exp', 2, t!), t!]),
    );
    const { mode, sweeps, entries } = jacobian(trace);
    assert.deepEqual([mode, sweeps], ['forward', 1]);
    assert.deepEqual([...entries], [4, Math.exp(2), 1]);
  });

  it('is the same in both modes, over several inputs', () => {
    const { trace } = record(
      {
        A: [
          [1, 2],
          [3, 4],
        ],
        b: 5,
      },
      (r, A, b) => r.elementwise('mul', 1, r.tensor('inv', [A!]), b!),
    );
    const rows = trace.inputs.map((input) => input.row);
    const [f, b] = [jacobian(trace, rows, 'forward'), jacobian(trace, rows, 'reverse')];
    assert.deepEqual([f.sweeps, b.sweeps], [5, 4]);
    f.entries.forEach((x, i) => close(x, b.entries[i]!, 1e-14));
  });
});

describe('second derivatives of a number', () => {
  /** (1 − x)² + 100 (y − x²)² */
  const rosenbrock = (x: number, y: number) =>
    record({ x, y }, (r, a, b) => {
      const left = r.scalar('square', 1, r.scalar('sub', 2, r.constant(1), a!));
      const right = r.scalar('square', 3, r.scalar('sub', 4, b!, r.scalar('square', 5, a!)));
      return r.scalar('add', 6, left, r.scalar('mul', 7, r.constant(100), right));
    });

  it('Hessian of Rosenbrock’s function', () => {
    const [x, y] = [-1.2, 1];
    const { size, entries } = hessian(rosenbrock(x, y).trace);
    assert.equal(size, 2);
    [1200 * x * x - 400 * y + 2, -400 * x, -400 * x, 200].forEach((h, i) => close(entries[i]!, h));
  });

  it('Hessian–vector products', () => {
    const { trace, rows } = rosenbrock(-1.2, 1);
    const product = hessianVectorProduct(
      trace,
      new Map([
        [rows[0]!, 2],
        [rows[1]!, -1],
      ]),
    );
    close(product.get(rows[0]!) as number, 2 * (1200 * 1.44 - 400 + 2) - 480);
    close(product.get(rows[1]!) as number, 2 * 480 - 200);
  });

  it('Hessian over numbers and arrays; rows of an input that does not matter are 0', () => {
    const { trace } = record({ a: 2, x: [1, 2], unused: 7 }, (r, a, x) =>
      r.scalar('mul', 1, a!, r.tensor('sum', [r.elementwise('square', 2, x!)])),
    );
    const { size, entries } = hessian(trace);
    assert.equal(size, 4);
    assert.deepEqual([...entries], [0, 2, 4, 0, 2, 4, 0, 0, 4, 0, 4, 0, 0, 0, 0, 0]);
  });

  it('Taylor’s series along a direction', () => {
    const { trace, rows } = record({ x: 0.3 }, (r, x) => r.scalar('exp', 1, r.scalar('sin', 2, x!)));
    const { value, first, second } = taylor(trace, new Map([[rows[0]!, 1]]));
    const [s, c, e] = [Math.sin(0.3), Math.cos(0.3), Math.exp(Math.sin(0.3))];
    close(value as number, e);
    close(first as number, e * c);
    close(second as number, e * (c * c - s));
  });

  it('Taylor’s series of an array', () => {
    const { trace, rows } = record({ x: [1, 2] }, (r, x) => r.elementwise('pow', 1, x!, r.constant(3)));
    const { first, second } = taylor(trace, new Map([[rows[0]!, fromNested([1, 0.5])]]));
    assert.deepEqual((first as NdArray).toNested(), [3, 6]);
    assert.deepEqual((second as NdArray).toNested(), [6, 3]);
  });

  it('directional derivative', () => {
    const { trace, rows } = rosenbrock(-1.2, 1);
    close(
      directionalDerivative(
        trace,
        new Map([
          [rows[0]!, 1],
          [rows[1]!, 1],
        ]),
      ) as number,
      -215.6 - 88,
    );
  });

  it('are refused for an output that is an array', () => {
    const { trace } = record({ x: [1, 2] }, (r, x) => r.elementwise('square', 1, x!));
    assert.throws(() => hessian(trace), RangeError);
  });

  it('leave the trace as it was', () => {
    const { trace } = rosenbrock(1, 2);
    const length = trace.tape.length;
    hessian(trace);
    assert.equal(trace.tape.length, length);
  });
});
