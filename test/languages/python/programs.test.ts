/** Programs as students and engineers write them: what they print, against CPython with NumPy; and their traced gradients. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkGradient } from '../../../src/autodiff/gradientCheck';
import type { Trace } from '../../../src/autodiff/trace';
import { printNamePath } from '../../../src/format/namePath';
import { DEFAULT_BUDGET } from '../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { evaluate, NO_WORKSPACE } from './evaluate';

const ROOT = path.join(__dirname, '..', '..', '..');
const { printed } = JSON.parse(readFileSync(path.join(ROOT, 'test/oracles/fixtures/python_programs.json'), 'utf8')) as {
  printed: Record<string, string>;
};
const BUDGET = { ...DEFAULT_BUDGET, operations: 50_000_000, milliseconds: 30_000 };

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g;

/** The same words, and numbers that agree to eleven digits: libraries of elementary functions differ in the last ones. */
function assertPrinted(actual: string, expected: string): void {
  const words = (text: string) => text.replace(NUMBER, '#').split('\n');
  assert.deepEqual(words(actual), words(expected));
  const [a, e] = [actual.match(NUMBER) ?? [], expected.match(NUMBER) ?? []];
  a.forEach((text, i) => {
    const [x, y] = [Number(text), Number(e[i])];
    assert.ok(Math.abs(x - y) <= 1e-11 * Math.max(1, Math.abs(y)), `${text} is not ${e[i]}`);
  });
}

/** Larger traces are left to other tests: a difference evaluates the whole again for each element of the inputs. */
const MAX_WORK = 40_000;

function workOf({ tape, inputs }: Trace): number {
  const elements = inputs.reduce((n, { row }) => n + (tape.isArray(row) ? tape.array(row).size : 1), 0);
  return elements * tape.length;
}

describe('whole programs', function () {
  this.timeout(120_000);

  for (const [file, expected] of Object.entries(printed)) {
    const text = readFileSync(path.join(ROOT, file), 'utf8');

    it(`${path.basename(file)} prints what CPython prints`, () => {
      const { output, stopped } = evaluate(text, BUDGET);
      assert.equal(stopped, undefined);
      assertPrinted(output, expected);
    });

    it(`${path.basename(file)}: adjoint, tangent and differences agree wherever there is a derivative`, () => {
      const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
      for (const traceable of pythonFrontEnd.find(analysis)) {
        const outcome = pythonFrontEnd.record(analysis, traceable, {}, BUDGET, NO_WORKSPACE);
        if (outcome.kind !== 'recorded' || workOf(outcome.trace) > MAX_WORK) continue;
        const check = checkGradient(outcome.trace);
        // Quotients of differences are differentiated here as well: their own differences keep few digits.
        const isFar = (i: (typeof check.inputs)[number]) =>
          Math.abs((i.adjoint ?? 0) - (i.centreDifference ?? 0)) > 1e-4 * Math.max(1, Math.abs(i.adjoint ?? 0));
        const failed = check.inputs.filter((i) => i.verdict === 'error' || (i.verdict === 'fail' && isFar(i)));
        assert.deepEqual(
          failed.map((i) => `${traceable.id} by ${printNamePath(i.input.name)}: ${i.message}`),
          [],
        );
      }
    });
  }
});
