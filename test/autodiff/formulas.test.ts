import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { adjoints, type Ref, tangents } from '../../src/autodiff';
import { formulaToLatex } from '../../src/autodiff/formulaLatex';
import {
  adjointFormula,
  contributionFormula,
  partialFormula,
  primalFormula,
  readSymbol,
  tangentFormula,
  usesOf,
  withNumbers,
} from '../../src/autodiff/formulas';
import { evaluateFormula } from '../../src/autodiff/formulaValue';
import { SCALAR_OPS, type ScalarOp } from '../../src/symbolic/rules';
import { toLatex } from '../../src/symbolic/latex';
import { fromNested, type NdArray, scalar } from '../../src/tensor';
import { sweepArray } from './support/checkRule';
import { evaluateLatex } from './support/evaluateLatex';
import { record } from './support/recording';

/** 0, and numbers whose squares neither under- nor overflow. */
const operands = fc.double({ min: -2, max: 2, noNaN: true }).map((x) => (Math.abs(x) < 1e-9 ? 0 : x));

/** A random program: each step applies a primitive to two earlier rows, some of which are constants. */
const programs = fc.record({
  inputs: fc.array(operands, { minLength: 1, maxLength: 3 }),
  constants: fc.array(fc.constantFrom(-1, 0, 0.5, 1, 2, 3), { minLength: 1, maxLength: 2 }),
  steps: fc.array(
    fc.tuple(fc.constantFrom(...SCALAR_OPS.filter((op) => op !== 'polygamma')), fc.nat(1000), fc.nat(1000)),
    { minLength: 1, maxLength: 12 },
  ),
});

function run({
  inputs,
  constants,
  steps,
}: {
  inputs: number[];
  constants: number[];
  steps: [ScalarOp, number, number][];
}) {
  return record(Object.fromEntries(inputs.map((x, i) => [`x${i}`, x])), (r, ...rows) => {
    const all = [...rows, ...constants.map((c) => r.constant(c))];
    steps.forEach(([op, p, q], site) => all.push(r.scalar(op, site, all[p % all.length]!, all[q % all.length]!)));
    return all.at(-1)!;
  });
}

const same = (a: number, b: number) =>
  Object.is(a + 0, b + 0) || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));

describe('formulas of scalar steps', () => {
  it('evaluated, are the numbers of the sweeps, in random programs', () => {
    fc.assert(
      fc.property(programs, (program) => {
        const { trace, rows } = run(program);
        const { tape, output } = trace;
        const forward = tangents(tape, new Map([[rows[0]!, 1]]));
        const reverse = adjoints(tape, new Map([[output, 1]]));
        const env = (name: string): NdArray => {
          const { family, row } = readSymbol(name)!;
          return scalar(family === 'v' ? tape.value[row]! : (family === 't' ? forward : reverse).scalars[row]!);
        };
        const value = (e: Parameters<typeof evaluateFormula>[0]) => {
          const result = evaluateFormula(e, env, () => undefined).item();
          const tex = formulaToLatex(e, { symbol: (name) => `\\mathsf{${name.replace(':', '')}}` });
          const printed = evaluateLatex(tex, {
            symbol: (name) => env(`${name[0]}:${name.slice(1)}`),
            data: () => undefined,
          }).item();
          // Display forms, such as ln(1 + eˣ), lose digits that the kernels keep, and are undefined at edges: 0 ln 0.
          if (!Number.isFinite(printed) || !Number.isFinite(result) || Math.abs(result) > 1e12) return result;
          const size = Math.max(1, Math.abs(result));
          assert.ok(Math.abs(printed - result) <= 1e-7 * size, `${tex} is ${printed}, not ${result}`);
          return result;
        };
        const uses = usesOf(tape, output, (row) => tape.code(row) > 1);
        for (let row = 0; row <= output; row++) {
          if (tape.code(row) < 2) continue;
          assert.ok(same(value(primalFormula(tape, row)), tape.value[row]!), `primal of ${tape.opName(row)}`);
          const operands = tape.operands(row);
          // A direction that is exactly 0 is skipped by the sweeps; a formula would multiply it by an infinite partial.
          const skips = (sweep: Float64Array, rowsOf: readonly Ref[]) =>
            rowsOf.some((r) => sweep[r] === 0) || !rowsOf.every((r) => Number.isFinite(sweep[r]!));
          if (
            !skips(
              forward.scalars,
              operands.filter((p) => tape.code(p) !== 1),
            )
          ) {
            const t = value(tangentFormula(tape, row));
            // Terms may cancel: compare against their size.
            const size = operands.reduce(
              (n, p, slot) =>
                n + (tape.code(p) === 1 ? 0 : Math.abs(value(partialFormula(tape, row, slot)) * forward.scalars[p]!)),
              0,
            );
            const near = Math.abs(t - forward.scalars[row]!) <= 1e-12 * size;
            assert.ok(
              near || same(t, forward.scalars[row]!),
              `tangent of ${tape.opName(row)}: ${t}, ${forward.scalars[row]}`,
            );
          }
        }
        for (let row = 0; row < output; row++) {
          const own = uses.get(row);
          if (!own || tape.code(row) === 1) continue;
          const users = own.map((use) => use.user);
          if (users.some((user) => reverse.scalars[user] === 0 || !Number.isFinite(reverse.scalars[user]!))) continue;
          const a = value(adjointFormula(tape, own));
          const expected = reverse.scalars[row]!;
          // Contributions may cancel: compare against their size.
          const size = own.reduce((n, use) => n + Math.abs(value(contributionFormula(tape, use.user, use.slot))), 0);
          assert.ok(
            Object.is(a, expected) || Math.abs(a - expected) <= 1e-12 * size,
            `adjoint of ${tape.opName(row)}: ${a}, ${expected}`,
          );
        }
      }),
      { numRuns: 400 },
    );
  });

  it('print as a textbook writes them', () => {
    const { trace } = record({ x1: 2, x2: 5 }, (r, x1, x2) => {
      const log = r.scalar('log', 2, x1!);
      const product = r.scalar('mul', 3, x1!, x2!);
      return r.scalar('sub', 5, r.scalar('add', 4, log, product), r.scalar('sin', 6, x2!));
    });
    const { tape, output } = trace;
    const tex = (e: Parameters<typeof toLatex>[0]) =>
      toLatex(e, {
        symbol: (name) => {
          const { family, row } = readSymbol(name)!;
          return `${{ v: 'v', t: '\\dot v', a: '\\bar v' }[family]}_${row + 1}`;
        },
      });
    const uses = usesOf(tape, output, () => true);
    assert.equal(tex(tangentFormula(tape, 3)), '\\dot v_1 v_2 + v_1 \\dot v_2');
    assert.equal(tex(tangentFormula(tape, 2)), '\\dot v_1 / v_1');
    assert.equal(tex(adjointFormula(tape, uses.get(0)!)), '\\bar v_3 / v_1 + \\bar v_4 v_2');
    assert.equal(tex(adjointFormula(tape, uses.get(5)!)), '-\\bar v_7');
    assert.equal(tex(partialFormula(tape, 5, 0)), '\\cos v_2');
  });

  it('decide conditions at the recorded point', () => {
    const at = (x: number) => {
      const { trace } = record({ x }, (r, a) => r.scalar('relu', 1, a!));
      return toLatex(partialFormula(trace.tape, 1, 0));
    };
    assert.equal(at(2), '1');
    assert.equal(at(-2), '0');
    assert.equal(at(0), '0');
  });

  it('write x² as a power, and its partial without what is 1', () => {
    const { trace } = record({ x: 3 }, (r, x) => r.scalar('pow', 1, x!, r.constant(2)));
    assert.equal(toLatex(partialFormula(trace.tape, trace.output, 0), { symbol: () => 'x' }), '2 x');
  });

  it('of a value that is used 30,000 times are printed', () => {
    const uses = 30_000;
    const { trace } = record({ x: 3 }, (r, x) => {
      let total = r.constant(0);
      for (let i = 0; i < uses; i++) total = r.scalar(i % 2 === 0 ? 'add' : 'sub', 1, total, x!);
      return total;
    });
    const own = usesOf(trace.tape, trace.output, () => true).get(0)!;
    const tex = toLatex(adjointFormula(trace.tape, own), { symbol: () => 'v' });
    assert.equal(tex.split(/[+-]/).length, uses);
    assert.ok(tex.startsWith('v - v + v - v'));
  });

  it('show numbers in place of names', () => {
    const { trace, rows } = record({ x: 3, y: 4 }, (r, x, y) => r.scalar('mul', 1, x!, y!));
    const forward = tangents(trace.tape, new Map([[rows[0]!, 1]]));
    const e = withNumbers(tangentFormula(trace.tape, trace.output), trace.tape, forward, undefined);
    assert.equal(toLatex(e), '1 \\cdot 4 + 3 \\cdot 0');
  });
});

describe('the adjoint formula of a value that is used a hundred thousand times', () => {
  it('is a shallow tree, and evaluated it is the number of the sweep', () => {
    const uses = 100_000;
    const { trace, rows } = record({ x: 0.1 }, (r, x) => {
      let sum = x!;
      for (let k = 0; k < uses; k++) sum = r.scalar('add', 1, sum, x!);
      return sum;
    });
    const { tape, output } = trace;
    const e = adjointFormula(tape, usesOf(tape, output, () => true).get(rows[0]!)!);
    const depth = (f: typeof e): number => (f.kind === 'apply' ? 1 + Math.max(...f.args.map(depth)) : 0);
    assert.ok(depth(e) <= 18, `${depth(e)} levels`);
    const { scalars } = adjoints(tape, output);
    const value = evaluateFormula(
      e,
      (name) => scalar(scalars[readSymbol(name)!.row]!),
      () => undefined,
    );
    assert.equal(value.item(), uses + 1);
    assert.equal(scalars[rows[0]!], uses + 1);
  });
});

describe('formulas of array steps', () => {
  const tex = (e: Parameters<typeof toLatex>[0]) =>
    formulaToLatex(e, {
      symbol: (name) => {
        const read = readSymbol(name);
        return read ? `${{ v: 'v', t: '\\dot v', a: '\\bar v' }[read.family]}_${read.row}` : undefined;
      },
    });

  it('print products of matrices with transposes', () => {
    const { trace } = record({ X: [[1, 2]], W: [[1], [2]] }, (r, X, W) => r.tensor('matmul', [X!, W!]));
    assert.equal(tex(primalFormula(trace.tape, 2)), 'v_0\\, v_1');
    assert.equal(tex(tangentFormula(trace.tape, 2)), '\\dot v_0\\, v_1 + v_0\\, \\dot v_1');
    assert.equal(tex(contributionFormula(trace.tape, 2, 0)), '\\bar v_2\\, v_1^{\\top}');
    assert.equal(tex(contributionFormula(trace.tape, 2, 1)), 'v_0^{\\top}\\, \\bar v_2');
  });

  it('print elementwise products and masks', () => {
    const { trace } = record({ x: [1, -2] }, (r, x) => r.elementwise('relu', 1, r.elementwise('tanh', 2, x!)));
    assert.equal(tex(contributionFormula(trace.tape, 1, 0)), '\\bar v_1 \\odot (1 - v_1^2)');
    assert.equal(tex(contributionFormula(trace.tape, 2, 0)), '[v_1 > 0] \\odot \\bar v_2');
  });

  it('print sums over axes, means with their number, and indices', () => {
    const { trace } = record(
      {
        x: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      (r, x) => {
        const row = r.tensor('index', [x!], { items: [{ kind: 'integer', value: 0 }] });
        r.tensor('sum', [x!], { axis: 0 });
        return r.tensor('mean', [row]);
      },
    );
    assert.equal(tex(tangentFormula(trace.tape, 1)), '\\dot v_0[0]');
    assert.equal(tex(tangentFormula(trace.tape, 2)), '\\operatorname{sum}_{\\text{axis }0}(\\dot v_0)');
    assert.equal(tex(tangentFormula(trace.tape, 3)), '\\operatorname{sum}(\\dot v_1) / 3');
  });

  it('have numbers only for what is a number', () => {
    const { trace } = record({ a: 2, x: [1, 2] }, (r, a, x) => r.elementwise('mul', 1, a!, x!));
    const e = withNumbers(primalFormula(trace.tape, 2), trace.tape, undefined, undefined);
    assert.equal(formulaToLatex(e, { symbol: () => 'x' }), '2 x');
    assert.deepEqual(
      sweepArray(trace.tape, tangents(trace.tape, new Map([[1, fromNested([1, 0])]])), 2).toNested(),
      [2, 0],
    );
  });
});
