import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adjoints, type Recorder, type Ref, tangents, type Trace } from '../../src/autodiff';
import { suppressedNotes } from '../../src/autodiff/notes';
import { fromNested, type Nested } from '../../src/tensor';
import { Recorder as RecorderClass } from '../../src/autodiff';
import { DOCUMENT, record } from './support/recording';
import type { Dialect } from '../../src/model';

type Body = (r: Recorder, ...rows: Ref[]) => Ref;

/** Gradient by each input, from the reverse sweep; the forward sweep must agree. */
function gradient(inputs: Record<string, Nested>, body: Body): { gradient: Nested[]; trace: Trace } {
  const { trace, rows } = record(inputs, body);
  const { tape, output } = trace;
  assert.ok(!tape.isArray(output));
  const reverse = adjoints(tape, new Map([[output, 1]]));
  const result = rows.map((row) =>
    tape.isArray(row) ? (reverse.arrays.get(row)?.toNested() ?? 0) : reverse.scalars[row]!,
  );
  rows.forEach((row, i) => {
    if (tape.isArray(row)) return;
    assert.deepEqual(tangents(tape, new Map([[row, 1]])).scalars[output], result[i], 'forward and reverse differ');
  });
  return { gradient: result, trace };
}

const unary = (op: Parameters<Recorder['scalar']>[0], x: number) =>
  gradient({ x }, (r, a) => r.scalar(op, 1, a!)).gradient[0];
const binary = (op: Parameters<Recorder['scalar']>[0], x: number, y: number) =>
  gradient({ x, y }, (r, a, b) => r.scalar(op, 1, a!, b!)).gradient;

describe('conventions at kinks and edges', () => {
  it('relu′(0) = abs′(0) = 0, of numbers and in arrays', () => {
    assert.equal(unary('relu', 0), 0);
    assert.equal(unary('abs', 0), 0);
    const { gradient: g } = gradient({ x: [-1, 0, 2] }, (r, x) => r.tensor('sum', [r.elementwise('relu', 1, x!)]));
    assert.deepEqual(g[0], [0, 0, 1]);
  });

  it('max(constant, x) at a tie is the ReLU form, in either order', () => {
    for (const order of ['constant first', 'constant second']) {
      const { gradient: g, trace } = gradient({ x: 3 }, (r, x) => {
        const c = r.constant(3);
        return order === 'constant first' ? r.scalar('maximum', 1, c, x!) : r.scalar('maximum', 1, x!, c);
      });
      assert.deepEqual(g, [0]);
      assert.deepEqual(
        trace.notes.map((n) => n.code),
        ['convention'],
      );
    }
    const { gradient: g } = gradient({ x: [0, 1, -1] }, (r, x) =>
      r.tensor('sum', [r.elementwise('maximum', 1, r.constant(0), x!)]),
    );
    assert.deepEqual(g, [[0, 1, 0]]);
  });

  it('ties of two active operands, and of reductions, split evenly', () => {
    assert.deepEqual(binary('maximum', 2, 2), [0.5, 0.5]);
    assert.deepEqual(binary('minimum', 2, 2), [0.5, 0.5]);
    assert.deepEqual(gradient({ x: [1, 3, 3, 2] }, (r, x) => r.tensor('max', [x!])).gradient, [[0, 0.5, 0.5, 0]]);
    assert.deepEqual(gradient({ x: [1, 3, 1, 2] }, (r, x) => r.tensor('min', [x!])).gradient, [[0.5, 0, 0.5, 0]]);
    assert.deepEqual(gradient({ x: [1, 3, 3] }, (r, x) => r.tensor('max', [x!], { ties: 'first' })).gradient, [
      [0, 1, 0],
    ]);
  });

  it('clip at the edge is 1', () => {
    const { gradient: g } = gradient({ x: 1 }, (r, x) =>
      r.scalar('clip_high', 1, r.scalar('clip_low', 2, x!, r.constant(0)), r.constant(1)),
    );
    assert.deepEqual(g, [1]);
  });

  it('each is visible on the step that used it', () => {
    const noted = (inputs: Record<string, Nested>, body: Body) =>
      record(inputs, body).trace.notes.map((n) => `${n.code}: ${n.text}`);
    const taken = (what: string) => `convention: not differentiable here: the derivative is taken as ${what}`;
    const both = (x: string, y: string) =>
      `convention: not differentiable here: the derivatives are taken as ${x} and ${y}`;
    assert.deepEqual(
      noted({ x: 0 }, (r, x) => r.scalar('relu', 1, x!)),
      [taken('0')],
    );
    assert.deepEqual(
      noted({ x: 0 }, (r, x) => r.scalar('abs', 1, x!)),
      [taken('0')],
    );
    assert.deepEqual(
      noted({ x: 3 }, (r, x) => r.scalar('maximum', 1, r.constant(3), x!)),
      [both('0', '1')],
    );
    assert.deepEqual(
      noted({ x: 3, y: 3 }, (r, x, y) => r.scalar('minimum', 1, x!, y!)),
      [both('0.5', '0.5')],
    );
    assert.deepEqual(
      noted({ x: [1, 3, 3] }, (r, x) => r.tensor('max', [x!])),
      ['convention: a tie: the derivative is split evenly'],
    );
    assert.deepEqual(
      noted({ x: 1 }, (r, x) => r.scalar('clip_high', 1, x!, r.constant(1))),
      [both('1', '0')],
    );
    assert.deepEqual(
      noted({ x: [0, 0] }, (r, x) => r.tensor('norm', [x!])),
      [taken('0')],
    );
    assert.deepEqual(
      noted({ x: 0 }, (r, x) => r.scalar('sqrt', 1, x!)),
      [taken('∞')],
    );
    assert.deepEqual(
      noted({ x: [0, 1] }, (r, x) => r.elementwise('relu', 1, x!)),
      ['convention: some elements are not differentiable here: the derivative follows the convention'],
    );
    // Beside the edge nothing is said.
    assert.deepEqual(
      noted({ x: 0.5 }, (r, x) => r.scalar('relu', 1, r.scalar('clip_high', 2, x!, r.constant(1)))),
      [],
    );
  });

  it('the norm and the standard deviation have derivative 0 at their tip', () => {
    assert.deepEqual(gradient({ x: [0, 0] }, (r, x) => r.tensor('norm', [x!])).gradient, [[0, 0]]);
    assert.deepEqual(gradient({ x: [2, 2] }, (r, x) => r.tensor('std', [x!])).gradient, [[0, 0]]);
  });

  it('sqrt′(0) = ∞, flagged', () => {
    const { gradient: g, trace } = gradient({ x: 0 }, (r, x) => r.scalar('sqrt', 1, x!));
    assert.deepEqual(g, [Infinity]);
    assert.deepEqual(
      trace.notes.map((n) => n.text),
      ['not differentiable here: the derivative is taken as ∞'],
    );
  });

  it('pow(0, 2) → (0, 0); pow(−2, 2) → (−4, NaN)', () => {
    assert.deepEqual(binary('pow', 0, 2), [0, 0]);
    assert.deepEqual(binary('pow', -2, 2), [-4, NaN]);
    const square = gradient({ x: -2 }, (r, x) => r.scalar('pow', 1, x!, r.constant(2)));
    assert.deepEqual(square.gradient, [-4]);
    assert.deepEqual(square.trace.notes, []);
    const texts = (inputs: Record<string, Nested>) =>
      record(inputs, (r, x, y) => r.elementwise('pow', 1, x!, y!)).trace.notes.map((n) => [n.code, n.text]);
    const missing = 'the derivative by the second operand does not exist here';
    assert.deepEqual(texts({ x: -2, y: 2 }), [['not-a-number', `${missing}: it is not a number`]]);
    assert.deepEqual(texts({ x: [3, -2], y: 2 }), [
      ['not-a-number', `${missing} for some elements: it is not a number`],
    ]);
    assert.deepEqual(texts({ x: [3, 2], y: 2 }), []);
  });

  it('a product with zeros is exact', () => {
    assert.deepEqual(gradient({ x: [2, 0, 3] }, (r, x) => r.tensor('prod', [x!])).gradient, [[0, 6, 0]]);
    assert.deepEqual(gradient({ x: [2, 0, 0] }, (r, x) => r.tensor('prod', [x!])).gradient, [[0, 0, 0]]);
    const { trace } = gradient({ x: [2, 0, 3] }, (r, x) => r.tensor('prod', [x!]));
    assert.deepEqual(
      trace.notes.map((n) => n.text),
      ['a factor is 0: the derivative by each is the product of the others, not a quotient'],
    );
  });

  it('logsumexp and softmax are stable at ±1000 and −∞', () => {
    const lse = (x: number[]) => {
      const { trace, rows } = record({ x }, (r, a) => r.tensor('logsumexp', [a!]));
      const g = adjoints(trace.tape, new Map([[trace.output, 1]])).arrays.get(rows[0]!)!;
      return [trace.tape.value[trace.output], g.toNested()];
    };
    assert.deepEqual(lse([1000, 1000]), [1000 + Math.log(2), [0.5, 0.5]]);
    assert.deepEqual(lse([-1000, -1000]), [-1000 + Math.log(2), [0.5, 0.5]]);
    assert.deepEqual(lse([-Infinity, 0]), [0, [0, 1]]);
    const { trace } = record({ x: [1000, 0, -1000] }, (r, a) => r.tensor('softmax', [a!]));
    assert.deepEqual(trace.tape.array(trace.output).toNested(), [1, 0, 0]);
  });

  it('what is no number has no derivative', () => {
    assert.deepEqual(unary('log', -1), NaN);
    assert.deepEqual(unary('log1p', -2), NaN);
    assert.deepEqual(unary('atanh', 2), NaN);
    assert.deepEqual(unary('relu', NaN), NaN);
    const { trace } = gradient({ x: -1 }, (r, x) => r.scalar('log', 1, x!));
    assert.deepEqual(
      trace.notes.map((n) => n.code),
      ['not-a-number'],
    );
  });

  it('a value that overflows is flagged on the step where it does, not after', () => {
    const { trace } = gradient({ x: 1000 }, (r, x) => r.scalar('neg', 1, r.scalar('exp', 2, x!)));
    assert.deepEqual(
      trace.notes.map((n) => [n.row, n.code]),
      [[1, 'overflow']],
    );
  });
});

describe('an infinite adjoint', () => {
  /** Gradient by x where the derivative of what follows is infinite. */
  const behind = (x: Nested, body: (r: Recorder, x: Ref) => Ref, op: 'sqrt' | 'asin' = 'sqrt') =>
    gradient({ x }, (r, a) => r.tensor('sum', [r.elementwise(op, 1, body(r, a!))])).gradient[0];

  it('reaches what was chosen alone', () => {
    for (const ties of ['split', 'first']) {
      assert.deepEqual(
        behind([-1, 0, -2], (r, x) => r.tensor('max', [x], { ties })),
        [0, Infinity, 0],
        ties,
      );
      const pooled = (r: Recorder, x: Ref) =>
        r.tensor('max_pool', [r.tensor('reshape', [x], { shape: [1, 1, 4] })], { kernel: [2], ties });
      assert.deepEqual(behind([-1, 0, 1, 0.5], pooled), [0, Infinity, 0.5, 0], ties);
    }
    const written = (r: Recorder, x: Ref) => {
      const items = [{ kind: 'array', array: fromNested([0, 0], 'int64') }];
      return r.tensor('set_index', [r.constant(fromNested([1, 1])), x], { items });
    };
    assert.deepEqual(behind([1, 0], written), [0, Infinity]);
  });

  it('is stopped by a derivative that is 0 by convention', () => {
    assert.deepEqual(
      behind([2, 2], (r, x) => r.tensor('std', [x])),
      [0, 0],
    );
    assert.deepEqual(
      behind([0, 0], (r, x) => r.tensor('norm', [x])),
      [0, 0],
    );
    assert.deepEqual(gradient({ x: [0, 4] }, (r, x) => r.tensor('norm', [x!], { ord: 0.5 })).gradient[0], [0, 1]);
  });
});

describe('where', () => {
  const safeLog: Body = (r, x) =>
    r.tensor('sum', [
      r.tensor('where', [r.elementwise('log', 1, x!), r.constant(fromNested([0, 0]))], {
        condition: fromNested([true, false]),
      }),
    ]);

  it('leaks no NaN from the branch not taken, in either mode, and says so', () => {
    const { trace, rows } = record({ x: [2, 0] }, safeLog);
    const reverse = adjoints(trace.tape, new Map([[trace.output, 1]]));
    assert.deepEqual(reverse.arrays.get(rows[0]!)!.toNested(), [0.5, 0]);
    const forward = tangents(trace.tape, new Map([[rows[0]!, fromNested([1, 1])]]));
    assert.equal(forward.scalars[trace.output], 0.5);
    const notes = suppressedNotes(trace, reverse);
    assert.deepEqual(
      notes.map((n) => n.code),
      ['suppressed'],
    );
    assert.equal(trace.tape.opName(notes[0]!.row), 'log');
  });

  it('says so of tangents too', () => {
    const { trace, rows } = record({ x: 0, y: 2 }, (r, x, y) => r.scalar('mul', 1, r.scalar('sqrt', 2, x!), y!));
    const reverse = adjoints(trace.tape, new Map([[trace.output, 1]]));
    const along = (row: Ref) => suppressedNotes(trace, reverse, tangents(trace.tape, new Map([[row, 1]])));
    assert.deepEqual(along(rows[0]!), []);
    assert.deepEqual(
      along(rows[1]!).map((n) => [trace.tape.opName(n.row), n.text]),
      [['sqrt', '0 · ∞ is taken as 0: no change comes through this step']],
    );
  });

  it('says where a framework gives NaN', () => {
    for (const [dialect, name] of [
      ['torch', 'PyTorch'],
      ['tensorflow', 'TensorFlow'],
      ['jax', 'JAX'],
    ] as const) {
      const r = new RecorderClass({ dialect, spans: () => [] });
      const x = r.input(['x'], fromNested([2, 0]), DOCUMENT, 0);
      const trace = r.finish(safeLog(r, x), ['y']);
      const notes = suppressedNotes(trace, adjoints(trace.tape, new Map([[trace.output, 1]])));
      assert.equal(notes[1]?.text, `${name} gives NaN here: 0 · ∞ from the branch not taken`);
    }
  });
});

describe('dialects', () => {
  const tie = (dialect: Dialect, constantFirst: boolean) => {
    const r = new RecorderClass({ dialect, spans: () => [] });
    const x = r.input(['x'], 0, DOCUMENT, 0);
    const c = r.constant(0);
    const y = constantFirst ? r.scalar('maximum', 1, c, x) : r.scalar('maximum', 1, x, c);
    const trace = r.finish(y, ['y']);
    return adjoints(trace.tape, new Map([[y, 1]])).scalars[x];
  };

  it('differ at the tie of an elementwise maximum', () => {
    assert.deepEqual([tie('math', false), tie('math', true)], [0, 0]);
    assert.deepEqual([tie('numpy', false), tie('numpy', true)], [0, 0]);
    assert.deepEqual([tie('torch', false), tie('torch', true)], [0.5, 0.5]);
    assert.deepEqual([tie('jax', false), tie('jax', true)], [0.5, 0.5]);
    assert.deepEqual([tie('tensorflow', false), tie('tensorflow', true)], [1, 0]);
  });

  it('say that PyTorch has no derivative of the hypotenuse at 0', () => {
    const r = new RecorderClass({ dialect: 'torch', spans: () => [] });
    const [x, y] = [r.input(['x'], 0, DOCUMENT, 0), r.input(['y'], 0, DOCUMENT, 1)];
    const trace = r.finish(r.scalar('hypot', 2, x, y), ['v']);
    assert.deepEqual(
      trace.notes.map((n) => n.text),
      ['not differentiable here: the derivatives are taken as 0 and 0', 'PyTorch takes NaN here'],
    );
  });

  it('say both answers where a kink is treated in another way', () => {
    const r = new RecorderClass({ dialect: 'jax', spans: () => [] });
    const x = r.input(['x'], fromNested([0, 0]), DOCUMENT, 0);
    const trace = r.finish(r.tensor('norm', [x]), ['y']);
    assert.deepEqual(
      trace.notes.map((n) => n.text),
      ['not differentiable here: the derivative is taken as 0', 'JAX takes NaN here'],
    );
  });
});
