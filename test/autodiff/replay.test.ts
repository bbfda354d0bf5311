import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { adjoints, numberSteps, ScalarTape } from '../../src/autodiff';
import { guardOutcome, reevaluate, violatedGuard } from '../../src/autodiff/reevaluation';
import { encodeColumns, outcomeOf } from '../../src/autodiff/replay';
import { fromNested } from '../../src/tensor';
import { record } from './support/recording';

const quotient = (x: number, y: number) =>
  record({ x, y }, (r, a, b) => r.scalar('div', 2, r.scalar('sin', 3, a!), r.scalar('exp', 4, b!)));

describe('replay of a scalar tape', () => {
  it('gives what recording at the new point gives, and leaves the trace alone', () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }), (x, y) => {
        const { trace, rows } = quotient(1, 2);
        const before = trace.tape.value.slice(0, trace.tape.length);
        const tape = ScalarTape.of(trace.tape);
        tape.setInput(rows[0]!, x);
        tape.setInput(rows[1]!, y);
        assert.ok(tape.replay().ok);
        const anew = quotient(x, y).trace;
        assert.equal(tape.value(trace.output), anew.tape.value[anew.output]);
        const reverse = adjoints(anew.tape, new Map([[anew.output, 1]])).scalars;
        assert.deepEqual([...tape.adjoints(trace.output)], [...reverse]);
        assert.deepEqual(trace.tape.value.slice(0, trace.tape.length), before);
      }),
      { numRuns: 50 },
    );
  });

  it('survives the way to a page as base64', () => {
    const { trace, rows } = quotient(1, 2);
    const tape = ScalarTape.fromColumns(encodeColumns(trace.tape, numberSteps(trace).rows));
    tape.setInput(rows[0]!, 0.5);
    tape.replay();
    assert.equal(tape.value(trace.output), Math.sin(0.5) / Math.exp(2));
    assert.deepEqual(tape.partials(2), [Math.cos(0.5), 0]);
  });

  it('rounds to float32 where the program does', () => {
    const { trace, rows } = record({ x: 0.1 }, (r, x) => r.scalar('exp', 1, x!, x!, true));
    const tape = ScalarTape.of(trace.tape);
    tape.setInput(rows[0]!, 0.2);
    tape.replay();
    assert.equal(tape.value(trace.output), Math.fround(Math.exp(0.2)));
  });

  it('refuses a tape with arrays', () => {
    const { trace } = record({ x: [1, 2] }, (r, x) => r.tensor('sum', [x!]));
    assert.throws(() => ScalarTape.of(trace.tape), /without arrays/);
  });
});

describe('guards', () => {
  it('are checked again, and a crossing is told', () => {
    const { trace, rows } = record({ x: 2 }, (r, x) => {
      r.look('gt', 1, x!, r.constant(0));
      return r.scalar('square', 2, x!);
    });
    const tape = ScalarTape.of(trace.tape, trace.guards);
    tape.setInput(rows[0]!, 1);
    assert.deepEqual(tape.replay(), { ok: true });
    tape.setInput(rows[0]!, -1);
    assert.deepEqual(tape.replay(), { ok: false, violated: 0 });
  });

  it('know every test', () => {
    assert.deepEqual(
      (['lt', 'le', 'gt', 'ge', 'eq', 'ne'] as const).map((test) => outcomeOf(test, 1, 2)),
      [1, 1, 0, 0, 0, 1],
    );
    assert.deepEqual(
      (['truth', 'floor', 'trunc', 'value'] as const).map((test) => outcomeOf(test, -1.5, 0)),
      [1, -2, -1, -1.5],
    );
    assert.equal(outcomeOf('truth', NaN, 0), 1);
  });

  it('of arrays hold where every element has its outcome', () => {
    const { trace, rows } = record({ x: [1, -2, 3] }, (r, x) => {
      r.look('gt', 1, x!, r.constant(0));
      return r.tensor('sum', [x!]);
    });
    const at = (x: number[]) =>
      violatedGuard(reevaluate(trace.tape, new Map([[rows[0]!, fromNested(x)]])), trace.guards);
    assert.equal(at([5, -1, 2]), -1);
    assert.equal(at([5, 1, 2]), 0);
    assert.equal(guardOutcome(trace.tape, trace.guards[0]!), trace.guards[0]!.outcome);
  });
});

describe('reevaluation of a trace with arrays', () => {
  const build = (x: number[], a: number) =>
    record({ x, a }, (r, xs, as) => {
      const y = r.elementwise('mul', 2, xs!, as!);
      const z = r.tensor('index', [r.tensor('cumsum', [y])], { items: [{ kind: 'slice', start: 1 }] });
      return r.tensor('norm', [r.elementwise('tanh', 3, z)]);
    });

  it('gives what recording at the new point gives', () => {
    const { trace, rows } = build([1, 2, 3], 0.1);
    const next = reevaluate(
      trace.tape,
      new Map<number, never>([
        [rows[0]!, fromNested([0.5, 1, -1]) as never],
        [rows[1]!, 0.3 as never],
      ]),
    );
    const anew = build([0.5, 1, -1], 0.3).trace;
    assert.equal(next.value[trace.output], anew.tape.value[anew.output]);
    assert.equal(trace.tape.value[trace.output], build([1, 2, 3], 0.1).trace.tape.value[trace.output]);
  });

  it('in float32 rounds as the program does, and precisely does not', () => {
    const { trace } = record({ x: fromNested([0.1, 0.2], 'float32') }, (r, x) => r.elementwise('exp', 1, x!));
    const rounded = reevaluate(trace.tape, new Map());
    assert.deepEqual(rounded.array(trace.output).toNested(), trace.tape.array(trace.output).toNested());
    const precise = reevaluate(trace.tape, new Map(), { precise: true });
    assert.equal(precise.array(trace.output).dtype, 'float64');
    assert.equal(precise.array(trace.output).at(0), Math.exp(Math.fround(0.1)));
  });
});
