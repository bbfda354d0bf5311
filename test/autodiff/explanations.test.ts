import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adjoints, type Recorder, type Ref, tangents } from '../../src/autodiff';
import { costOf } from '../../src/autodiff/cost';
import { diagnose } from '../../src/autodiff/diagnose';
import { contributionsThrough, decomposePaths } from '../../src/autodiff/paths';
import { descend } from '../../src/autodiff/update';
import { fromNested } from '../../src/tensor';
import { record } from './support/recording';

const close = (actual: number, expected: number, tolerance = 1e-13) =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${actual} instead of ${expected}`,
  );

describe('paths', () => {
  it('a gradient is the sum of one product a path', () => {
    // Two outputs from one hidden unit: two paths to w1, one to w2 and w3.
    const { trace, rows } = record({ w1: 0.5, w2: 0.3, w3: -0.2 }, (r, w1, w2, w3) => {
      const h = r.scalar('tanh', 1, w1!);
      const l1 = r.scalar('square', 2, r.scalar('mul', 3, h, w2!));
      const l2 = r.scalar('square', 4, r.scalar('mul', 5, h, w3!));
      return r.scalar('add', 6, l1, l2);
    });
    const gradient = adjoints(trace.tape, new Map([[trace.output, 1]])).scalars;
    const [p1, p2, p3] = rows.map((row) => decomposePaths(trace, row));
    assert.deepEqual([p1!.count, p2!.count, p3!.count], [2n, 1n, 1n]);
    assert.equal(p1!.largest.length, 2);
    close(
      p1!.largest.reduce((sum, path) => sum + path.product, 0),
      gradient[rows[0]!]!,
    );
    close(p1!.total, gradient[rows[0]!]!);
    close(
      p1!.largest.reduce((sum, path) => sum + path.share, 0),
      1,
    );
    for (const path of p1!.largest) {
      close(
        path.partials.reduce((a, b) => a * b, 1),
        path.product,
      );
      assert.equal(path.rows.length, path.partials.length + 1);
      assert.equal(path.rows.at(-1), trace.output);
    }
  });

  it('counts a value that is used twice as two', () => {
    const { trace, rows } = record({ x: 3 }, (r, x) => r.scalar('mul', 1, x!, x!));
    const { count, largest } = decomposePaths(trace, rows[0]!);
    assert.equal(count, 2n);
    assert.deepEqual(
      largest.map((p) => p.product),
      [3, 3],
    );
  });

  it('counts 2¹⁰⁰ paths exactly and lists the largest', () => {
    const { trace, rows } = record({ x: 0.9 }, (r, x) => {
      let v = x!;
      for (let i = 0; i < 100; i++) v = r.scalar('add', 1, v, r.scalar('mul', 2, v, r.constant(0.5)));
      return v;
    });
    const { count, largest, total } = decomposePaths(trace, rows[0]!, 3);
    assert.equal(count, 2n ** 100n);
    assert.deepEqual(
      largest.map((p) => p.product),
      [1, 0.5, 0.5],
    );
    close(total, 1.5 ** 100, 1e-12);
  });

  it('finds the k largest among all', () => {
    const { trace, rows } = record({ x: 1.3, y: -0.4 }, (r, x, y) => {
      const a = r.scalar('mul', 1, x!, y!);
      const b = r.scalar('add', 2, r.scalar('sin', 3, a), x!);
      const c = r.scalar('mul', 4, b, a);
      return r.scalar('mul', 5, c, r.scalar('exp', 6, x!));
    });
    const all = decomposePaths(trace, rows[0]!, 1000);
    assert.equal(BigInt(all.largest.length), all.count);
    const few = decomposePaths(trace, rows[0]!, 2);
    assert.deepEqual(
      few.largest.map((p) => p.product),
      all.largest.slice(0, 2).map((p) => p.product),
    );
    close(
      all.largest.reduce((sum, p) => sum + p.product, 0),
      all.total,
    );
  });

  it('says what goes through each step', () => {
    const { trace, rows } = record({ x: 2 }, (r, x) =>
      r.scalar('add', 1, r.scalar('square', 2, x!), r.scalar('exp', 3, x!)),
    );
    const t = tangents(trace.tape, new Map([[rows[0]!, 1]])).scalars;
    const a = adjoints(trace.tape, new Map([[trace.output, 1]])).scalars;
    const through = contributionsThrough(trace, rows[0]!, t, a);
    assert.deepEqual(
      through.map((s) => s.paths),
      [2n, 1n, 1n, 2n],
    );
    close(through[1]!.value, 4);
    close(through[2]!.value, Math.exp(2));
    close(through[3]!.value, 4 + Math.exp(2));
  });

  it('refuses arrays, whose partials do not multiply to numbers', () => {
    const { trace, rows } = record({ x: [1, 2] }, (r, x) => r.tensor('sum', [x!]));
    assert.throws(() => decomposePaths(trace, rows[0]!), RangeError);
  });
});

describe('diagnosis', () => {
  const findings = (inputs: Parameters<typeof record>[0], body: (r: Recorder, ...rows: Ref[]) => Ref) => {
    const { trace } = record(inputs, body);
    return diagnose(trace, adjoints(trace.tape, new Map([[trace.output, 1]]))).map((f) => ({
      ...f,
      op: trace.tape.opName(f.row),
    }));
  };

  it('finds nothing in a sound trace', () => {
    assert.deepEqual(
      findings({ x: 0.3, w: 0.7 }, (r, x, w) => r.scalar('tanh', 1, r.scalar('mul', 2, x!, w!))),
      [],
    );
  });

  it('a chain of sigmoids: the gradient vanishes, and the steps saturate', () => {
    const found = findings({ x: 8 }, (r, x) => {
      let v = x!;
      for (let i = 0; i < 6; i++) v = r.scalar('sigmoid', 1, r.scalar('mul', 2, v, r.constant(2)));
      return v;
    });
    assert.deepEqual(
      found.map((f) => f.kind),
      ['saturates', 'vanishes'],
    );
    // The first of them, far out, takes most of it.
    assert.equal(found[1]!.row, found[0]!.row);
    assert.ok(found[1]!.amount < 1e-4);
  });

  it('a product of large factors explodes', () => {
    const found = findings({ x: 1 }, (r, x) => {
      let v = x!;
      for (let i = 0; i < 5; i++) v = r.scalar('mul', 1, v, r.constant(10 * (i + 1)));
      return v;
    });
    assert.deepEqual(
      found.map((f) => f.kind),
      ['explodes'],
    );
    assert.ok(found[0]!.amount > 1e4);
  });

  it('a ReLU that is off dies; a layer of which a part is off does not', () => {
    assert.deepEqual(
      findings({ x: -1 }, (r, x) => r.scalar('relu', 1, x!)).map((f) => [f.kind, f.op]),
      [
        ['dies', 'relu'],
        ['vanishes', 'relu'],
      ],
    );
    assert.deepEqual(
      findings({ x: [1, -1] }, (r, x) => r.tensor('sum', [r.elementwise('relu', 1, x!)])),
      [],
    );
    const dead = findings({ x: [-2, -1] }, (r, x) => r.tensor('sum', [r.elementwise('relu', 1, x!)]));
    assert.equal(dead[0]!.kind, 'dies');
  });

  it('in layers of arrays: the step that takes most, and the input whose gradient it is', () => {
    const layers = (gain: number, op: 'sigmoid' | 'relu') =>
      findings(
        {
          x: [0.3, 0.4],
          W: [
            [gain, 0],
            [0, gain],
          ],
        },
        (r, x, W) => {
          let v = x!;
          for (let i = 0; i < 6; i++) v = r.elementwise(op, 1, r.tensor('matmul', [W!, v]));
          return r.tensor('sum', [v]);
        },
      );
    const vanishing = layers(0.5, 'sigmoid').filter((f) => f.kind === 'vanishes');
    assert.deepEqual(
      vanishing.map((f) => [f.input, f.op]),
      [[0, 'sigmoid']],
    );
    assert.ok(vanishing[0]!.amount < 0.125 ** 5);
    const exploding = layers(30, 'relu');
    assert.deepEqual(
      exploding.map((f) => [f.kind, f.input, f.op]),
      [
        ['explodes', 0, 'matmul'],
        ['explodes', 1, 'matmul'],
      ],
    );
    const saturated = layers(40, 'sigmoid').filter((f) => f.kind === 'saturates');
    assert.equal(saturated.length, 6);
    assert.equal(saturated[0]!.amount, 1);
  });

  it('of arrays, the step where one element stops being finite', () => {
    const root = findings({ x: [4, 0] }, (r, x) => r.tensor('sum', [r.elementwise('sqrt', 1, x!)]));
    assert.deepEqual(
      root.map((f) => [f.kind, f.op]),
      [['non-finite-derivative', 'sqrt']],
    );
    const overflow = findings({ x: [1, 800] }, (r, x) => r.tensor('sum', [r.elementwise('exp', 1, x!)]));
    assert.deepEqual(overflow[0]!.op, 'exp');
    assert.equal(overflow[0]!.kind, 'non-finite-value');
  });

  it('names the step where a value, and where a derivative, stops being finite', () => {
    const overflow = findings({ x: 800 }, (r, x) => r.scalar('neg', 1, r.scalar('exp', 2, x!)));
    assert.deepEqual(
      overflow.filter((f) => f.kind === 'non-finite-value').map((f) => f.op),
      ['exp'],
    );
    const root = findings({ x: 0 }, (r, x) => r.scalar('sqrt', 1, r.scalar('square', 2, x!)));
    assert.deepEqual(
      root.filter((f) => f.kind === 'non-finite-derivative').map((f) => f.op),
      ['sqrt'],
    );
  });
});

describe('descent', () => {
  /** ŷ = w₂ relu(w₁ x), L = ½ (ŷ − 1)² */
  const network = (w1: number, w2: number) =>
    record({ w1, w2 }, (r, a, b) => {
      const h = r.scalar('relu', 1, r.scalar('mul', 2, a!, r.constant(1)));
      const y = r.scalar('mul', 3, b!, h);
      return r.scalar('mul', 4, r.constant(0.5), r.scalar('square', 5, r.scalar('sub', 6, y, r.constant(1))));
    });

  it('updates all at once, or one after another', () => {
    const { trace, rows } = network(0.5, 0.5);
    const [w1, w2] = rows as [Ref, Ref];
    assert.equal(trace.tape.value[trace.output], 0.28125);
    const together = descend(trace, 0.1);
    assert.deepEqual(
      together.updates.map((u) => u.after),
      [0.5375, 0.5375],
    );
    const oneByOne = descend(trace, 0.1, [w2, w1], 'successive');
    assert.deepEqual(
      oneByOne.updates.map((u) => u.row),
      [w2, w1],
    );
    close(oneByOne.updates[0]!.after as number, 0.5375, 1e-15);
    close(oneByOne.updates[1]!.after as number, 0.5403125, 1e-15);
    close(oneByOne.outputAfter as number, 0.25175332953643803, 1e-15);
    assert.equal(oneByOne.outputBefore, 0.28125);
    const anew = descend(trace, 0.1, [w2, w1], 'reevaluated');
    close(anew.updates[1]!.after as number, 0.5 + 0.1 * (1 - 0.5375 * 0.5) * 0.5375, 1e-15);
  });

  it('updates arrays in their own dtype', () => {
    const { trace, rows } = record({ x: fromNested([1, 2], 'float32') }, (r, x) =>
      r.tensor('sum', [r.elementwise('square', 1, x!)]),
    );
    const { updates, outputAfter } = descend(trace, 0.25, rows);
    const after = updates[0]!.after;
    assert.ok(typeof after !== 'number' && after.dtype === 'float32');
    assert.deepEqual(after.toNested(), [0.5, 1]);
    assert.equal(outputAfter, 1.25);
  });

  it('gives no output where the program would go another way', () => {
    const { trace } = record({ x: 1 }, (r, x) => {
      r.look('gt', 1, x!, r.constant(0));
      return r.scalar('square', 2, x!);
    });
    assert.equal(descend(trace, 0.75).outputAfter, undefined);
    assert.equal(descend(trace, 0.25).outputAfter, 0.25);
  });
});

describe('cost', () => {
  it('shows why reverse mode wins for one output of many inputs', () => {
    const n = 50;
    const { trace } = record({ x: Array.from({ length: n }, (_, i) => i) }, (r, x) =>
      r.tensor('sum', [r.elementwise('square', 1, x!)]),
    );
    const cost = costOf(trace);
    assert.equal(cost.inputs, n);
    assert.equal(cost.outputs, 1);
    assert.equal(cost.steps, 2);
    assert.equal(cost.evaluation, 2 * n);
    assert.equal(cost.forwardMode, n * cost.forwardSweep);
    assert.ok(cost.reverseMode < cost.forwardMode / 10);
    assert.equal(cost.differenceEvaluations, 2 * n);
    assert.equal(cost.arrayBytes, 2 * n * 8);
  });

  it('counts products of matrices', () => {
    const { trace } = record(
      {
        A: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        B: [[1], [2], [3]],
      },
      (r, A, B) => r.tensor('matmul', [A!, B!]),
    );
    const cost = costOf(trace);
    assert.equal(cost.evaluation, 2 * 2 * 3 * 1);
    assert.equal(cost.forwardSweep, 2 * 12 + 2);
  });

  it('shows why forward mode wins for many outputs of one input', () => {
    const { trace } = record({ t: 1 }, (r, t) =>
      r.elementwise('mul', 1, t!, r.constant(fromNested(Array.from({ length: 40 }, () => 1)))),
    );
    const { forwardMode, reverseMode } = costOf(trace);
    assert.ok(forwardMode < reverseMode);
  });
});
