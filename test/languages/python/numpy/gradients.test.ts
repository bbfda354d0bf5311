/** Gradients of NumPy and SciPy snippets against differences of the real libraries (`test/oracles/numpy_gradients.py`). */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { NO_WORKSPACE } from '../evaluate';
import { adjoints } from '../../../../src/autodiff/sweeps';
import { printNamePath } from '../../../../src/format/namePath';
import { DEFAULT_BUDGET } from '../../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../../src/languages/python/frontEnd';

interface Expected {
  readonly program: string;
  readonly loss: number;
  /** By input, row-major. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../../oracles/fixtures/numpy_gradients.json', import.meta.url), 'utf8'),
) as {
  readonly numpy: string;
  readonly scipy: string;
  readonly libraries: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Expected>>>>>>;
};

const TOLERANCE = 1e-9;

const close = (here: number, there: number) => Math.abs(here - there) <= TOLERANCE * Math.max(1, Math.abs(there));

/** What is wrong or unknown; nothing where the gradient is right. */
function judge({ program, loss, gradients }: Expected): { wrong?: string; unknown?: string } {
  const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text: program });
  const script = pythonFrontEnd.find(analysis).find((t) => t.kind === 'script');
  if (script?.name !== 'loss') return { unknown: `the script found is ${script?.name ?? 'none'}` };
  const outcome = pythonFrontEnd.record(analysis, script, {}, DEFAULT_BUDGET, NO_WORKSPACE);
  if (outcome.kind !== 'recorded') return { unknown: outcome.kind === 'unknown' ? outcome.reason : outcome.kind };
  const { tape, inputs, output } = outcome.trace;
  const value = tape.isArray(output) ? NaN : (tape.value[output] as number);
  if (!close(value, loss)) return { wrong: `loss ${value}, ${loss} there` };
  const sweep = adjoints(tape, new Map([[output, 1]]));
  const found = new Map(
    inputs.map(({ row, name }) => [
      printNamePath(name),
      tape.isArray(row)
        ? Array.from(sweep.arrays.get(row)?.elements() ?? new Array<number>(tape.array(row).size).fill(0))
        : [sweep.scalars[row] as number],
    ]),
  );
  for (const [name, slopes] of Object.entries(gradients)) {
    // An input that does not reach the loss has no row.
    const own = found.get(name) ?? slopes.map(() => 0);
    if (own.length !== slopes.length || !slopes.every((slope, i) => close(own[i] as number, slope)))
      return { wrong: `by ${name}: ${own.join(', ')}; differences say ${slopes.join(', ')}` };
  }
  return {};
}

for (const [name, categories] of Object.entries(fixture.libraries)) {
  const folder = new URL(`../${name}/gradients/`, import.meta.url);
  describe(`gradients of ${name} (against differences of NumPy ${fixture.numpy}, SciPy ${fixture.scipy})`, () => {
    for (const file of readdirSync(folder)
      .filter((f) => f.endsWith('.txt'))
      .sort()) {
      it(file.replace('.txt', ''), () => {
        const lines = readFileSync(new URL(file, folder), 'utf8')
          .split('\n')
          .filter((line) => line !== '');
        const results = categories[file.replace('.txt', '')] as Readonly<Record<string, Expected>>;
        assert.deepEqual(
          Object.keys(results).sort(),
          [...new Set(lines)].sort(),
          'the fixture is older than the snippets',
        );
        const failures: string[] = [];
        for (const [snippet, expected] of Object.entries(results)) {
          const { wrong, unknown } = judge(expected);
          if (wrong !== undefined) failures.push(`${snippet}\n    ${wrong}`);
          if (unknown !== undefined) failures.push(`${snippet}\n    unknown: ${unknown}`);
        }
        assert.equal(failures.join('\n'), '');
      });
    }
  });
}
