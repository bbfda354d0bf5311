import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adjoints, Recorder, tangents } from '../../src/autodiff';
import { reevaluate } from '../../src/autodiff/reevaluation';
import { OverwrittenError } from '../../src/autodiff/tape';
import { assign, fromNested, fromValues, type IndexItem, scalar, zeros } from '../../src/tensor';
import { DOCUMENT, newRecorder, record } from './support/recording';

const at = (i: number): IndexItem[] => [{ kind: 'integer', value: i }];
const all: IndexItem[] = [{ kind: 'ellipsis' }];

describe('writes', () => {
  it('x[1] = a: the old element gets no gradient, the new one gets it', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([1, 2, 3]), DOCUMENT, 0);
    const a = r.input(['a'], 5, DOCUMENT, 1);
    const written = r.write(x, at(1), a, 2);
    const y = r.tensor('sum', [r.elementwise('square', 3, written)]);
    const trace = r.finish(y, ['y']);
    assert.equal(r.value(y), 35);
    const reverse = adjoints(trace.tape, new Map([[y, 1]]));
    assert.deepEqual(reverse.arrays.get(x)!.toNested(), [2, 0, 6]);
    assert.equal(reverse.scalars[a], 10);
    assert.equal(tangents(trace.tape, new Map([[a, 1]])).scalars[y], 10);
    assert.deepEqual(trace.tape.array(x).toNested(), [1, 2, 3], 'the row keeps its content');
    assert.deepEqual(trace.tape.array(written).toNested(), [1, 5, 3]);
  });

  it('a leaf of the document that nothing has used is filled in, and is what the derivative is by', () => {
    const r = newRecorder();
    const content = fromNested([1, 2, 3]);
    const x = r.input(['x'], content, DOCUMENT, 0);
    assert.ok(r.fill(x, content, at(1), scalar(5)));
    const y = r.tensor('sum', [r.elementwise('square', 3, x)]);
    assert.ok(!r.fill(x, content, at(2), scalar(9)), 'used: from now on a write is a step');
    assert.equal(r.value(y), 35);
    assert.deepEqual(adjoints(r.tape, y).arrays.get(x)!.toNested(), [2, 10, 6]);
    assert.deepEqual(r.tape.array(x).toNested(), [1, 5, 3]);
    const pinned = fromNested([1, 2]);
    const p = r.input(['p'], pinned, { kind: 'pinned' }, 4);
    assert.ok(!r.fill(p, pinned, at(0), scalar(7)), 'the reader says what it is');
  });

  it('of two values written to one place, the last one stays', () => {
    const { trace, rows } = record({ v: [5, 7] }, (r, v) => {
      const base = r.elementwise('mul', 1, r.constant(fromNested([1, 2, 3])), r.constant(1));
      const items = [{ kind: 'array' as const, array: fromNested([0, 0], 'int64') }];
      return r.tensor('sum', [r.tensor('set_index', [base, v!], { items })]);
    });
    assert.equal(trace.tape.value[trace.output], 12);
    const { arrays } = adjoints(trace.tape, trace.output);
    assert.deepEqual(arrays.get(rows[0]!)!.toNested(), [0, 1]);
  });

  it('a value that was used before the write keeps its derivative', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([1, 2, 3]), DOCUMENT, 0);
    const square = r.elementwise('square', 1, x);
    const before = r.tensor('sum', [r.elementwise('exp', 2, x)]);
    r.write(x, all, r.constant(0), 3);
    const after = r.tensor('sum', [square]);
    const y = r.scalar('add', 4, before, after);
    const trace = r.finish(y, ['y']);
    const reverse = adjoints(trace.tape, new Map([[y, 1]]));
    const expected = [1, 2, 3].map((v) => Math.exp(v) + 2 * v);
    reverse.arrays
      .get(x)!
      .elements()
      .forEach((g, i) => assert.ok(Math.abs(g - expected[i]!) < 1e-13 * expected[i]!));
    const forward = tangents(trace.tape, new Map([[x, fromNested([1, 0, 0])]]));
    assert.ok(Math.abs(forward.scalars[y]! - expected[0]!) < 1e-13);
  });

  it('a loop that fills an array copies nothing, and goes back through all its writes', () => {
    const n = 200;
    const r = newRecorder();
    const a = r.input(['a'], 0.9, DOCUMENT, 0);
    const array = zeros([n]);
    let buffer = r.constant(array);
    let power = a;
    for (let i = 0; i < n; i++) {
      buffer = r.write(buffer, at(i), power, 1);
      power = r.scalar('mul', 2, power, a);
    }
    const y = r.tensor('sum', [buffer]);
    const trace = r.finish(y, ['y']);
    assert.equal(new Set(trace.tape.arrays.map((kept) => kept.storage)).size, 1);
    const expected = Array.from({ length: n }, (_, i) => (i + 1) * 0.9 ** i).reduce((s, v) => s + v, 0);
    const g = adjoints(trace.tape, new Map([[y, 1]])).scalars[a]!;
    assert.ok(Math.abs(g - expected) < 1e-11, `${g} instead of ${expected}`);
    assert.ok(Math.abs(tangents(trace.tape, new Map([[a, 1]])).scalars[y]! - expected) < 1e-11);
    assert.equal(
      array.at(n - 1),
      r.value(trace.tape.operands(trace.tape.operands(y)[0]!)[1]!),
      'the memory shows the present',
    );
  });

  it('repeated reads between writes of one place', () => {
    // x[0] = x[0] · a, three times: x[0] a³
    const r = newRecorder();
    const x = r.input(['x'], fromNested([2, 7]), DOCUMENT, 0);
    const a = r.input(['a'], 3, DOCUMENT, 1);
    let now = x;
    for (let i = 0; i < 3; i++) {
      const element = r.tensor('index', [now], { items: at(0) });
      now = r.write(now, at(0), r.scalar('mul', 2, element, a), 3);
    }
    const y = r.tensor('sum', [now]);
    const trace = r.finish(y, ['y']);
    assert.equal(r.value(y), 2 * 27 + 7);
    const reverse = adjoints(trace.tape, new Map([[y, 1]]));
    assert.deepEqual(reverse.arrays.get(x)!.toNested(), [27, 1]);
    assert.equal(reverse.scalars[a], 2 * 3 * 9);
  });

  it('a write that is no step, but registered, leaves earlier rows right', () => {
    const r = newRecorder();
    const x = r.input(['x'], 2, DOCUMENT, 0);
    const array = fromNested([3, 4]);
    const y = r.tensor('sum', [r.elementwise('mul', 1, x, r.constant(array))]);
    r.wrote(assign(array, all, scalar(100)));
    const trace = r.finish(y, ['y']);
    assert.equal(adjoints(trace.tape, new Map([[y, 1]])).scalars[x], 7);
    assert.deepEqual(array.toNested(), [100, 100]);
  });

  it('a write that nobody registered gives an error, never a wrong gradient', () => {
    const r = newRecorder();
    const x = r.input(['x'], 2, DOCUMENT, 0);
    const array = fromNested([3, 4]);
    const y = r.tensor('sum', [r.elementwise('mul', 1, x, r.constant(array))]);
    assign(array, all, scalar(100));
    const trace = r.finish(y, ['y']);
    assert.throws(() => adjoints(trace.tape, new Map([[y, 1]])), OverwrittenError);
  });

  it('writing to an older content of an array is refused', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([1, 2]), DOCUMENT, 0);
    r.write(x, at(0), r.constant(5), 1);
    assert.throws(() => r.write(x, at(1), r.constant(5), 2), OverwrittenError);
  });

  it('reading an older content gives the older content', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([1, 2]), DOCUMENT, 0);
    const later = r.write(x, at(0), r.constant(5), 1);
    const y = r.elementwise('mul', 2, x, later);
    const trace = r.finish(r.tensor('sum', [y]), ['y']);
    assert.deepEqual(trace.tape.array(y).toNested(), [5, 4]);
    const reverse = adjoints(trace.tape, new Map([[trace.output, 1]]));
    // x₀ · 5 + x₁ · x₁
    assert.deepEqual(reverse.arrays.get(x)!.toNested(), [5, 4]);
  });

  it('a float written into integers loses its fraction and its derivative', () => {
    const r = newRecorder();
    const x = r.constant(fromValues('int64', [2], Float64Array.of(1, 2)));
    const a = r.input(['a'], fromNested([2.7]), DOCUMENT, 0);
    const y = r.tensor('sum', [r.write(x, [{ kind: 'slice', start: 0, stop: 1 }], a, 1)]);
    const trace = r.finish(y, ['y']);
    assert.equal(r.value(y), 4);
    assert.equal(adjoints(trace.tape, new Map([[y, 1]])).arrays.get(a), undefined);
  });

  it('reevaluation repeats writes on copies', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([1, 2, 3]), DOCUMENT, 0);
    const a = r.input(['a'], 5, DOCUMENT, 1);
    const y = r.tensor('sum', [r.write(x, at(1), a, 2)]);
    const trace = r.finish(y, ['y']);
    const next = reevaluate(trace.tape, new Map([[a, 10]]));
    assert.equal(next.value[y], 14);
    assert.deepEqual(next.array(x).toNested(), [1, 2, 3]);
    assert.equal(trace.tape.value[y], 9);
  });
});

describe('Recorder', () => {
  it('folds what no input reaches', () => {
    const r = new Recorder({ dialect: 'math', spans: () => [] });
    const c = r.scalar('add', 0, r.constant(2), r.constant(3));
    assert.equal(r.tape.opName(c), 'constant');
    assert.equal(r.value(c), 5);
    const m = r.tensor('matmul', [r.constant(fromNested([[1, 2]])), r.constant(fromNested([[3], [4]]))]);
    assert.equal(r.tape.opName(m), 'constant');
    assert.deepEqual(r.tape.array(m).toNested(), [[11]]);
  });

  it('tells 0 from −0', () => {
    const r = newRecorder();
    assert.notEqual(r.constant(0), r.constant(-0));
    assert.equal(r.constant(0), r.constant(0));
  });

  it('shares equal steps of formulas only', () => {
    const count = (share: boolean) => {
      const r = new Recorder({ dialect: 'math', spans: (site) => [{ from: site, to: site + 1 }], share });
      const x = r.input(['x'], 2, DOCUMENT, 0);
      const a = r.scalar('exp', 10, x);
      const b = r.scalar('exp', 20, x);
      const trace = r.finish(r.scalar('add', 30, a, b), ['y']);
      return [trace.tape.length, trace.spans(10).length];
    };
    assert.deepEqual(count(true), [3, 2]);
    assert.deepEqual(count(false), [4, 1]);
  });

  it('says operation and shapes where they do not fit', () => {
    const r = newRecorder();
    const a = r.input(['a'], zeros([3, 4]), DOCUMENT, 0);
    const b = r.input(['b'], zeros([5, 2]), DOCUMENT, 1);
    assert.throws(() => r.tensor('matmul', [a, b]), { message: 'matmul: [3,4] and [5,2] do not align (4 ≠ 5)' });
    assert.throws(() => r.elementwise('add', 0, a, b), { message: 'add: [3,4] and [5,2] do not broadcast' });
    assert.throws(() => r.tensor('fourier', [a]), { message: 'fourier has no derivative rule' });
  });

  it('keeps int and bool constants as they are', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([1, 2, 3]), DOCUMENT, 0);
    const mask = r.constant(fromNested([true, false, true]));
    const y = r.finish(r.tensor('sum', [r.elementwise('mul', 1, x, mask)]), ['y']);
    assert.deepEqual(
      adjoints(y.tape, new Map([[y.output, 1]]))
        .arrays.get(x)!
        .toNested(),
      [1, 0, 1],
    );
  });

  it('differentiates by integers too', () => {
    const r = newRecorder();
    const x = r.input(['x'], fromNested([2, 3], 'int64'), DOCUMENT, 0);
    const square = r.elementwise('square', 1, x);
    assert.equal(r.tape.array(square).dtype, 'int64');
    const trace = r.finish(r.tensor('sum', [square]), ['y']);
    assert.deepEqual(
      adjoints(trace.tape, new Map([[trace.output, 1]]))
        .arrays.get(x)!
        .toNested(),
      [4, 6],
    );
  });
});
