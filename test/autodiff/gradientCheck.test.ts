import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  adjoints,
  CheckCancelled,
  checkGradient,
  type Recorder,
  type Ref,
  type Sweep,
  tangents,
} from '../../src/autodiff';
import { fromNested, fromValues } from '../../src/tensor';
import { random, randomArray, record } from './support/recording';

const network = (r: Recorder, x: Ref, w: Ref, b: Ref) =>
  r.tensor('mean', [r.elementwise('tanh', 1, r.elementwise('add', 2, r.tensor('matmul', [x, w]), b))]);

describe('gradient check', () => {
  it('passes a sound trace, with the numbers that certify it', () => {
    const { trace } = record({ x1: 2, x2: 5 }, (r, a, b) => r.scalar('mul', 1, r.scalar('log', 2, a!), b!));
    const check = checkGradient(trace);
    assert.equal(check.verdict, 'pass');
    assert.equal(check.kink, undefined);
    for (const input of check.inputs) assert.ok(input.relativeError! < 1e-11, `${input.relativeError}`);
    const { forward, reverse } = check.dotProduct;
    assert.ok(Math.abs(forward - reverse) < 1e-14);
  });

  it('knows that it stands on a kink', () => {
    const { trace } = record({ x: 0 }, (r, x) => r.scalar('relu', 1, x!));
    const check = checkGradient(trace);
    assert.equal(check.verdict, 'kink');
    assert.equal(check.kink, trace.output);
    const array = record({ x: [1, 0, 2] }, (r, x) => r.tensor('sum', [r.elementwise('abs', 1, x!)]));
    assert.equal(checkGradient(array.trace).verdict, 'kink');
    const tie = record({ x: [1, 3, 3] }, (r, x) => r.tensor('max', [x!]));
    assert.equal(checkGradient(tie.trace).verdict, 'kink');
  });

  it('takes shorter steps where a function swings within the first ones', () => {
    const { trace } = record({ x: 0.37 }, (r, x) => {
      let v = x!;
      for (let k = 0; k < 3; k++) v = r.scalar('sin', 3 * k + 2, r.scalar('mul', 3 * k + 1, r.constant(100), v));
      return v;
    });
    assert.equal(checkGradient(trace).verdict, 'pass');
  });

  it('passes beside a kink that is away from the point', () => {
    const { trace } = record({ x: 0.001 }, (r, x) => r.scalar('relu', 1, x!));
    assert.equal(checkGradient(trace).verdict, 'pass');
  });

  it('fails when the reverse sweep is sabotaged, and names the input', () => {
    const { trace, rows } = record({ x: 2, y: 3 }, (r, x, y) => r.scalar('mul', 1, x!, y!));
    const check = checkGradient(trace, {
      sweeps: {
        tangents,
        adjoints: (tape, seeds) => {
          const sweep = adjoints(tape, seeds);
          sweep.scalars[rows[1]!] = -sweep.scalars[rows[1]!]!;
          return sweep;
        },
      },
    });
    assert.equal(check.verdict, 'fail');
    assert.deepEqual(
      check.inputs.map((i) => i.verdict),
      ['pass', 'fail'],
    );
    assert.match(check.inputs[1]!.message, /reverse and the forward sweep disagree/);
  });

  it('fails for an error of one in ten thousand in both sweeps, and of one in a million in one of them', () => {
    const { trace, rows } = record({ x: 2, y: 3 }, (r, x, y) => r.scalar('mul', 1, x!, y!));
    const scaled = (sweep: Sweep, row: Ref, factor: number): Sweep => {
      sweep.scalars[row]! *= factor;
      return sweep;
    };
    const both = checkGradient(trace, {
      sweeps: {
        adjoints: (tape, seeds) => scaled(adjoints(tape, seeds), rows[0]!, 1 + 1e-4),
        tangents: (tape, seeds) => scaled(tangents(tape, seeds), trace.output, 1 + 1e-4),
      },
    });
    assert.equal(both.inputs[0]!.verdict, 'fail');
    assert.equal(both.inputs[0]!.message, 'the differences disagree with both sweeps');
    const one = checkGradient(trace, {
      sweeps: { tangents, adjoints: (tape, seeds) => scaled(adjoints(tape, seeds), rows[0]!, 1 + 1e-6) },
    });
    assert.equal(one.inputs[0]!.verdict, 'fail');
    assert.equal(one.inputs[0]!.message, 'the reverse and the forward sweep disagree');
  });

  it('passes up to the tolerance, which itself still passes', () => {
    const { trace } = record({ x: 2 }, (r, x) => r.scalar('square', 1, x!));
    const off = ({ scalars, arrays }: Sweep): Sweep => ({ scalars: scalars.map((s) => 1.25 * s), arrays });
    const at = (tolerance: number) =>
      checkGradient(trace, {
        tolerance,
        sweeps: {
          tangents: (tape, seeds) => off(tangents(tape, seeds)),
          adjoints: (tape, seeds) => off(adjoints(tape, seeds)),
        },
      }).inputs[0]!;
    // The differences themselves depend on what is wanted of them: the error is found where it is its own tolerance.
    let error = 1 / 9;
    for (let i = 0; i < 20 && at(error).relativeError !== error; i++) error = at(error).relativeError!;
    assert.equal(at(error).relativeError, error);
    assert.equal(at(error).verdict, 'pass');
    assert.match(at(error).message, /differences agree/);
    assert.equal(at(error * (1 - 1e-9)).verdict, 'fail');
  });

  it('fails when both sweeps are wrong alike', () => {
    const { trace } = record({ x: 2 }, (r, x) => r.scalar('square', 1, x!));
    const twice = ({ scalars, arrays }: Sweep): Sweep => ({ scalars: scalars.map((s) => 2 * s), arrays });
    const check = checkGradient(trace, {
      sweeps: {
        tangents: (tape, seeds) => twice(tangents(tape, seeds)),
        adjoints: (tape, seeds) => twice(adjoints(tape, seeds)),
      },
    });
    assert.equal(check.verdict, 'fail');
    assert.match(check.inputs[0]!.message, /differences disagree with both sweeps/);
    assert.ok(Math.abs(check.inputs[0]!.relativeError! - 1 / 3) < 1e-9);
  });

  it('fails for a small derivative that is wrong: no absolute tolerance certifies it', () => {
    const { trace } = record({ x: 1 }, (r, x) => r.scalar('mul', 1, x!, r.constant(1e-9)));
    const larger = ({ scalars, arrays }: Sweep): Sweep => ({
      scalars: scalars.map((s, i) => (i === trace.output ? 1 : s * 1.5)),
      arrays,
    });
    assert.equal(checkGradient(trace).verdict, 'pass');
    const sweeps = {
      tangents: (...args: Parameters<typeof tangents>) => ({
        ...tangents(...args),
        scalars: tangents(...args).scalars.map((s) => s * 1.5),
      }),
      adjoints: (...args: Parameters<typeof adjoints>) => larger(adjoints(...args)),
    };
    const check = checkGradient(trace, { sweeps });
    assert.equal(check.verdict, 'fail');
    assert.match(check.inputs[0]!.message, /differences disagree/);
  });

  it('accuses nobody where the program has converged, and moves by flipping last digits only', () => {
    for (let x = 1; x < 3; x += 0.05) {
      for (let turns = 3; turns <= 8; turns++) {
        const { trace } = record({ x }, (r, start) => {
          let v = start!;
          for (let i = 0; i < turns; i++) {
            const excess = r.scalar('sub', 2, r.scalar('mul', 2, v, v), r.constant(2));
            v = r.scalar('sub', 3, v, r.scalar('div', 3, excess, r.scalar('mul', 3, r.constant(2), v)));
          }
          return v;
        });
        assert.equal(checkGradient(trace).verdict, 'pass', `from ${x}, ${turns} turns`);
      }
    }
  });

  it('accuses nobody where a program takes differences itself, and noise is most of what moves', () => {
    for (let x = 0.5; x < 3; x += 0.1) {
      for (const h of [1e-4, 1e-5, 1e-6]) {
        const { trace } = record({ x }, (r, at) => {
          const sixth = (d: number) => r.scalar('pow', 1, r.scalar('add', 1, at!, r.constant(d)), r.constant(6));
          const sum = r.scalar('add', 2, sixth(h), sixth(-h));
          const bend = r.scalar('sub', 2, sum, r.scalar('mul', 2, r.constant(2), sixth(0)));
          return r.scalar('div', 3, bend, r.constant(h * h));
        });
        const { verdict, inputs } = checkGradient(trace);
        assert.notEqual(verdict, 'fail', `at ${x}, ${h}: ${inputs[0]!.message}`);
      }
    }
  });

  it('says unknown where no difference can be taken', () => {
    const { trace } = record({ x: 2 }, (r, x) => {
      r.look('value', 1, x!);
      return r.scalar('square', 2, x!);
    });
    const check = checkGradient(trace);
    assert.equal(check.verdict, 'unknown');
    assert.match(check.inputs[0]!.message, /no difference/);
  });

  it('says unknown where the derivative is infinite', () => {
    const { trace } = record({ x: 0 }, (r, x) => r.scalar('sqrt', 1, x!));
    assert.equal(checkGradient(trace).verdict, 'kink');
    const pole = record({ x: 0 }, (r, x) => r.scalar('reciprocal', 1, x!));
    assert.equal(checkGradient(pole.trace).verdict, 'unknown');
  });

  it('tells what is not connected', () => {
    const { trace } = record({ x: 2, z: 3 }, (r, x) => r.scalar('square', 1, x!));
    assert.deepEqual(
      checkGradient(trace).inputs.map((i) => i.adjoint),
      [4, null],
    );
  });

  it('checks small arrays element by element', () => {
    const next = random(5);
    const { trace } = record(
      { x: randomArray([4, 3], next), w: randomArray([3, 2], next), b: randomArray([2], next) },
      (r, x, w, b) => network(r, x!, w!, b!),
    );
    const check = checkGradient(trace);
    assert.equal(check.verdict, 'pass');
    for (const input of check.inputs) {
      assert.ok(input.relativeError! < 1e-9);
      assert.ok(input.worst);
    }
  });

  it('tells how far it is, and ends when it is told to', () => {
    const next = random(5);
    const { trace } = record(
      { x: randomArray([4, 3], next), w: randomArray([3, 2], next), b: randomArray([2], next) },
      (r, x, w, b) => network(r, x!, w!, b!),
    );
    const seen: number[] = [];
    checkGradient(trace, {
      mode: 'full',
      progress(done, all) {
        assert.equal(all, 12 + 6 + 2);
        return seen.push(done) > 0;
      },
    });
    assert.deepEqual(
      seen,
      Array.from({ length: 20 }, (_, i) => i),
    );
    assert.throws(() => checkGradient(trace, { mode: 'full', progress: (done) => done < 5 }), CheckCancelled);
  });

  it('checks large arrays along random directions', () => {
    const next = random(6);
    const { trace } = record(
      { x: randomArray([20, 30], next), w: randomArray([30, 10], next), b: randomArray([10], next) },
      (r, x, w, b) => network(r, x!, w!, b!),
    );
    const check = checkGradient(trace);
    assert.equal(check.verdict, 'pass');
    assert.ok(check.evaluations < 800, `${check.evaluations} evaluations`);
    assert.equal(check.inputs[0]!.worst, undefined);
  });

  it('names the worst element of a sabotaged array', () => {
    const { trace, rows } = record(
      {
        x: [
          [1, 2],
          [3, 4],
        ],
      },
      (r, x) => r.tensor('sum', [r.elementwise('square', 1, x!)]),
    );
    const check = checkGradient(trace, {
      mode: 'full',
      sweeps: {
        tangents,
        adjoints: (tape, seeds) => {
          const sweep = adjoints(tape, seeds);
          const wrong = fromNested([
            [2, 4],
            [7, 8],
          ]);
          return { scalars: sweep.scalars, arrays: new Map(sweep.arrays).set(rows[0]!, wrong) };
        },
      },
    });
    assert.equal(check.verdict, 'fail');
    assert.deepEqual(check.inputs[0]!.worst?.index, [1, 0]);
    assert.match(check.inputs[0]!.message, /\[1, 0\]/);
  });

  it('checks float32 programs in float64', () => {
    const x = fromValues('float32', [3], Float32Array.of(0.1, 0.2, 0.3));
    const { trace } = record({ x }, (r, a) => r.tensor('sum', [r.elementwise('exp', 1, a!)]));
    const check = checkGradient(trace);
    assert.equal(check.verdict, 'pass');
    assert.ok(check.inputs[0]!.relativeError! < 1e-10);
  });

  it('checks an output that is an array, weighted', () => {
    const { trace } = record({ x: [1, 2] }, (r, x) => r.elementwise('square', 1, x!));
    assert.equal(checkGradient(trace).verdict, 'pass');
    assert.equal(checkGradient(trace, { weight: fromNested([1, -1]) }).verdict, 'pass');
  });

  it('checks through writes', () => {
    const { trace } = record({ x: [1, 2], a: 3 }, (r, x, a) =>
      r.tensor('sum', [r.elementwise('square', 1, r.write(x!, [{ kind: 'integer', value: 0 }], a!, 2))]),
    );
    assert.equal(checkGradient(trace).verdict, 'pass');
  });

  it('says which decision stands on its edge, and takes differences across one that is idle', () => {
    const { trace, rows } = record({ x: 2, c: 2 }, (r, x) => r.elementwise('square', 1, x!));
    const edge = { site: 0, test: 'gt', x: rows[0]!, y: rows[1]!, outcome: 0 } as const;
    const guarded = { ...trace, guards: [edge] };
    const check = checkGradient(guarded);
    assert.equal(check.verdict, 'unknown');
    assert.deepEqual(check.inputs[0]!.edges, [edge]);
    assert.match(check.inputs[0]!.message, /edge/);
    assert.equal(checkGradient(guarded, { idle: [edge] }).verdict, 'pass');
  });
});
