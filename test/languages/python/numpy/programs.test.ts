import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { adjoints } from '../../../../src/autodiff/sweeps';
import { DEFAULT_BUDGET } from '../../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../../src/languages/python/frontEnd';
import { printNamePath } from '../../../../src/format/namePath';
import { evaluate, NO_WORKSPACE } from '../evaluate';

interface Expected {
  readonly output: string;
  readonly loss?: number;
  /** Entries of the gradient by leaf, row-major. */
  readonly gradients?: Readonly<Record<string, readonly number[]>>;
}

const FOLDER = new URL('./programs/', import.meta.url);
const FIXTURE = new URL('../../../oracles/fixtures/numpy_programs.json', import.meta.url);
const { numpy, categories } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as {
  numpy: string;
  categories: Record<string, Record<string, Expected>>;
};

/** Programs with options that may not be followed: what matters is that they are not computed without them. */
const DECLINED = 'declined';

const TOLERANCE = 1e-9;

function programs(text: string): [string, string][] {
  return text
    .split(/^#%% ?/m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return [
        part
          .slice(0, end)
          .replace(/\s*\[.*\]\s*$/, '')
          .trim(),
        part.slice(end + 1),
      ];
    });
}

const FULL_PRECISION = /-?\d*\.?\d+(?:e[+-]\d+)?/g;

/**
 * Are the texts equal? Numbers printed in full (15 digits or more) may differ by a relative 1e-12, since the order
 * of a sum and the last bit of an elementary function are the processor's choice in NumPy.
 */
function isSameText(here: string, there: string): boolean {
  if (here === there) return true;
  const isFull = (token: string) => token.replace(/e.*|\D/g, '').replace(/^0+/, '').length >= 15;
  const blank = (text: string) => text.replace(FULL_PRECISION, (token) => (isFull(token) ? '#' : token));
  const numbers = (text: string) => (text.match(FULL_PRECISION) ?? []).filter(isFull).map(Number);
  const expected = numbers(there);
  return (
    blank(here) === blank(there) &&
    numbers(here).every((x, i) => Math.abs(x - (expected[i] as number)) <= 1e-12 * Math.abs(x))
  );
}

/** What is wrong with the gradients of the program, or why they are not known; nothing when they are right. */
function judgeGradients(text: string, expected: Expected): { wrong?: string; unknown?: string } {
  const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
  const script = pythonFrontEnd.find(analysis).find((t) => t.kind === 'script');
  if (script?.name !== 'loss') return { unknown: `the script found is ${script?.name ?? 'none'}` };
  const outcome = pythonFrontEnd.record(analysis, script, {}, DEFAULT_BUDGET, NO_WORKSPACE);
  if (outcome.kind !== 'recorded') return { unknown: outcome.kind === 'unknown' ? outcome.reason : outcome.kind };
  const { tape, inputs, output, outputName } = outcome.trace;
  if (printNamePath(outputName) !== 'loss') return { unknown: `the output is ${printNamePath(outputName)}` };
  const value = tape.isArray(output) ? NaN : (tape.value[output] as number);
  if (!close(value, expected.loss as number)) return { wrong: `loss ${value}, NumPy's ${expected.loss}` };
  const sweep = adjoints(tape, new Map([[output, 1]]));
  const byName = new Map(
    inputs.map(({ row, name }) => [
      printNamePath(name),
      tape.isArray(row)
        ? Array.from(sweep.arrays.get(row)?.elements() ?? new Array<number>(tape.array(row).size).fill(0))
        : [sweep.scalars[row] as number],
    ]),
  );
  for (const [leaf, slopes] of Object.entries(expected.gradients ?? {})) {
    const found = byName.get(leaf);
    if (!found) return { unknown: `${leaf} is no input: ${[...byName.keys()].join(', ')}` };
    const same = found.length === slopes.length && slopes.every((slope, i) => close(found[i] as number, slope));
    if (!same) return { wrong: `d loss/d ${leaf} is ${found.join(', ')}, differences say ${slopes.join(', ')}` };
  }
  return {};
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(b));
}

describe(`NumPy programs (against NumPy ${numpy})`, () => {
  let total = 0;
  let right = 0;
  const unknowns: string[] = [];
  const files = readdirSync(FOLDER).filter((f) => f.endsWith('.py'));
  for (const file of files.sort()) {
    const category = file.replace(/\.py$/, '');
    it(category, () => {
      const results = categories[category] as Record<string, Expected>;
      const all = programs(readFileSync(new URL(file, FOLDER), 'utf8'));
      assert.deepEqual(
        all.map(([title]) => title).sort(),
        Object.keys(results).sort(),
        'the fixture is older than the programs, or two have the same title',
      );
      const wrong: string[] = [];
      const unknown: string[] = [];
      for (const [title, text] of all) {
        const expected = results[title] as Expected;
        const { output, rt } = evaluate(text);
        const isSame = isSameText(output, expected.output);
        if (!isSame && rt.unknownEvents === 0) {
          wrong.push(`${title}\n--- NumPy\n${expected.output}--- here\n${output}`);
        }
        const gradients = expected.gradients ? judgeGradients(text, expected) : {};
        if (gradients.wrong !== undefined) wrong.push(`${title}: ${gradients.wrong}`);
        const reason = isSame ? gradients.unknown : (rt.lastUnknown?.unknown.reason ?? 'nothing said');
        if (reason !== undefined) unknown.push(`${title}: ${reason}`);
        if (category === DECLINED) continue;
        total++;
        if (reason !== undefined) unknowns.push(`${category}: ${title}: ${reason}`);
        if (isSame && !gradients.wrong && !gradients.unknown) right++;
      }
      assert.equal(wrong.join('\n'), '');
      const bound = category === DECLINED ? all.length : 0.2 * all.length;
      assert.ok(unknown.length <= bound, `unknown: ${unknown.join('; ')}`);
    });
  }
  it('knows at least 90 % of at least 80 programs', () => {
    assert.ok(total >= 80, String(total));
    assert.ok(right >= 0.9 * total, `${right} of ${total}; unknown:\n${unknowns.join('\n')}`);
  });
});
