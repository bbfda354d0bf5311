import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adjoints, connectedInputs, numberSteps, type Ref, tangents } from '../../src/autodiff';
import { contributionValue, usesOf } from '../../src/autodiff/formulas';
import { fromNested } from '../../src/tensor';
import { record } from './support/recording';

/** log x₁ + x₁x₂ − sin x₂ */
function baydin() {
  return record({ x1: 2, x2: 5 }, (r, x1, x2) => {
    const log = r.scalar('log', 2, x1!);
    const product = r.scalar('mul', 3, x1!, x2!);
    const sine = r.scalar('sin', 4, x2!);
    return r.scalar('sub', 6, r.scalar('add', 5, log, product), sine);
  });
}

/** The shared product x₁x₂ of x₁x₂ + exp(x₁x₂) − sin x₂ is one step. */
function shared() {
  return record({ x1: 2, x2: 5 }, (r, x1, x2) => {
    const product = r.scalar('mul', 2, x1!, x2!);
    const e = r.scalar('exp', 3, product);
    const sine = r.scalar('sin', 4, x2!);
    return r.scalar('sub', 6, r.scalar('add', 5, product, e), sine);
  });
}

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-14 * Math.max(1, Math.abs(expected)), `${actual} instead of ${expected}`);

describe('Baydin et al. 2018', () => {
  it('table 2: the forward primal and tangent trace, row by row', () => {
    const { trace, rows } = baydin();
    const { tape } = trace;
    const primals = [2, 5, Math.log(2), 10, Math.sin(5), Math.log(2) + 10, Math.log(2) + 10 - Math.sin(5)];
    const derivatives = [1, 0, 0.5, 5, 0, 5.5, 5.5];
    const swept = tangents(tape, new Map([[rows[0]!, 1]]));
    assert.equal(tape.length, 7);
    primals.forEach((value, row) => close(tape.value[row]!, value));
    derivatives.forEach((value, row) => close(swept.scalars[row]!, value));
    close(tape.value[trace.output]!, 11.652071455223084);
  });

  it('table 3: the reverse adjoint trace, row by row, with the two increments of each input', () => {
    const { trace } = baydin();
    const swept = adjoints(trace.tape, new Map([[trace.output, 1]]));
    const expected = [5.5, 2 - Math.cos(5), 1, 1, -1, 1, 1];
    expected.forEach((value, row) => close(swept.scalars[row]!, value));
    close(swept.scalars[1]!, 1.7163378145367738);
    const uses = usesOf(trace.tape, trace.output, () => true);
    const increments = (row: Ref) => uses.get(row)!.map((use) => contributionValue(trace.tape, swept, use));
    assert.deepEqual(increments(0), [0.5, 5]);
    close(increments(1)[0]!, 2);
    close(increments(1)[1]!, -Math.cos(5));
  });
});

describe('x₁x₂ + exp(x₁x₂) − sin x₂', () => {
  it('has seven steps, inputs first', () => {
    const { trace, rows } = shared();
    const numbering = numberSteps(trace);
    assert.equal(numbering.rows.length, 7);
    assert.deepEqual(numbering.rows.slice(0, 2), rows);
    assert.equal(numbering.indexOf(trace.output), 7);
  });

  it('has the tangents and adjoints of a calculation by hand', () => {
    const { trace } = shared();
    const e = Math.exp(10);
    const forward = tangents(trace.tape, new Map([[0, 1]]));
    [1, 0, 5, 5 * e, 0, 5 + 5 * e, 5 + 5 * e].forEach((value, row) => close(forward.scalars[row]!, value));
    const reverse = adjoints(trace.tape, new Map([[trace.output, 1]]));
    [5 + 5 * e, 2 + 2 * e - Math.cos(5), 1 + e, 1, -1, 1, 1].forEach((value, row) =>
      close(reverse.scalars[row]!, value),
    );
  });
});

describe('sweeps', () => {
  it('go through a chain of 100,000 steps', () => {
    const steps = 100_000;
    const { trace, rows } = record({ x: 0.5 }, (r, x) => {
      let v = x!;
      for (let i = 0; i < steps; i++) v = r.scalar('sin', 1, v);
      return v;
    });
    assert.equal(trace.tape.length, steps + 1);
    const reverse = adjoints(trace.tape, new Map([[trace.output, 1]])).scalars[rows[0]!]!;
    const forward = tangents(trace.tape, new Map([[rows[0]!, 1]])).scalars[trace.output]!;
    assert.ok(Number.isFinite(reverse) && reverse !== 0);
    assert.ok(Math.abs(reverse - forward) <= 1e-10 * Math.abs(forward));
  });

  it('take at most 32 bytes a step', () => {
    const { trace } = baydin();
    assert.ok(trace.tape.bytes / trace.tape.length <= 32, `${trace.tape.bytes / trace.tape.length}`);
    // In memory too, where columns grow by doubling until the trace is finished.
    for (const steps of [3000, 5000, 8191, 70_000]) {
      const { tape } = record({ x: 0.5 }, (r, x) => {
        let v = x!;
        for (let i = 0; i < steps; i++) v = r.scalar('sin', 1, v);
        return v;
      }).trace;
      const bytes = tape.reservedBytes / tape.length;
      assert.ok(bytes <= 32, `${bytes} bytes a step of ${steps}`);
    }
  });

  it('add up where a value is used more than once', () => {
    const at = (op: 'mul' | 'sub' | 'div' | 'add' | 'pow') => {
      const { trace } = record({ x: 3 }, (r, x) => r.scalar(op, 1, x!, x!));
      const reverse = adjoints(trace.tape, new Map([[trace.output, 1]])).scalars[0]!;
      assert.equal(tangents(trace.tape, new Map([[0, 1]])).scalars[trace.output], reverse);
      return reverse;
    };
    assert.equal(at('mul'), 6);
    assert.equal(at('add'), 2);
    assert.equal(at('sub'), 0);
    assert.equal(at('div'), 0);
    close(at('pow'), 27 * (Math.log(3) + 1));
  });

  it('tell an input that the output does not use from one whose derivative is 0', () => {
    const { trace, rows } = record({ x: 0, y: 1, z: 2 }, (r, x, y) =>
      r.scalar('mul', 3, r.scalar('square', 4, x!), y!),
    );
    assert.deepEqual([...connectedInputs(trace)], rows.slice(0, 2));
    assert.equal(adjoints(trace.tape, new Map([[trace.output, 1]])).scalars[rows[0]!], 0);
  });

  it('seed several outputs with different weights', () => {
    const { trace, rows } = record({ x: 2 }, (r, x) => {
      const a = r.scalar('square', 1, x!);
      r.scalar('exp', 2, x!);
      return a;
    });
    const reverse = adjoints(
      trace.tape,
      new Map([
        [1, 3],
        [2, 10],
      ]),
    );
    close(reverse.scalars[rows[0]!]!, 3 * 4 + 10 * Math.exp(2));
  });

  it('take derivatives in float64 of values in float32', () => {
    const { trace, rows } = record({ x: Math.fround(0.1) }, (r, x) => r.scalar('exp', 1, x!, x!, true));
    const value = Math.fround(Math.exp(Math.fround(0.1)));
    assert.equal(trace.tape.value[trace.output], value);
    assert.equal(adjoints(trace.tape, new Map([[trace.output, 1]])).scalars[rows[0]!], value);
  });

  it('mix numbers and arrays on one tape', () => {
    const { trace, rows } = record({ a: 2, x: [1, 2, 3] }, (r, a, x) => {
      const scaled = r.elementwise('mul', 2, r.scalar('square', 3, a!), x!);
      const total = r.tensor('sum', [scaled]);
      return r.scalar('mul', 4, total, a!);
    });
    const reverse = adjoints(trace.tape, new Map([[trace.output, 1]]));
    assert.equal(trace.tape.value[trace.output], 48);
    assert.equal(reverse.scalars[rows[0]!], 3 * 4 * 6);
    assert.deepEqual(reverse.arrays.get(rows[1]!)!.toNested(), [8, 8, 8]);
    const forward = tangents(trace.tape, new Map([[rows[1]!, fromNested([1, 0, -1])]]));
    assert.equal(forward.scalars[trace.output], 0);
  });

  it('repeat a number that seeds an array', () => {
    const { trace, rows } = record({ x: [1, 2] }, (r, x) => r.elementwise('square', 1, x!));
    assert.deepEqual(
      adjoints(trace.tape, new Map([[trace.output, 1]]))
        .arrays.get(rows[0]!)!
        .toNested(),
      [2, 4],
    );
  });
});
