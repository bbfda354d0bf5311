/** Values, exceptions and printed text of snippets against the real NumPy and SciPy (`test/oracles/numpy_conformance.py`). */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { evaluate } from '../evaluate';
import { PyArray } from '../../../../src/languages/python/numpy/array';
import { PyDType } from '../../../../src/languages/python/numpy/dtypes';
import {
  FloatKind,
  PyDict,
  PyFloat,
  PyList,
  PyTuple,
  PyUnknown,
  type PyValue,
} from '../../../../src/languages/python/values/object';

type Leaf = number | boolean | string;
type Encoded =
  | { readonly array: string; readonly shape: readonly number[]; readonly values: readonly Leaf[] }
  | { readonly scalar: string; readonly value: Leaf }
  | { readonly plain: number | boolean | string | null }
  | { readonly float: Leaf }
  | { readonly dtype: string }
  | { readonly list: readonly Encoded[] }
  | { readonly tuple: readonly Encoded[] }
  | { readonly dict: readonly (readonly [Encoded, Encoded])[] }
  | { readonly other: string };

interface Expected {
  readonly program: string;
  readonly value?: Encoded;
  readonly error?: { readonly type: string; readonly message: string };
  readonly printed?: string;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../../oracles/fixtures/numpy_conformance.json', import.meta.url), 'utf8'),
) as {
  readonly numpy: string;
  readonly scipy: string;
  readonly libraries: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Expected>>>>>>;
};

const RELATIVE = 1e-12;
/** Where sums cancel, what is left is noise of the last bit of one. */
const ABSOLUTE = 1e-15;

function closeNumbers(here: number, there: Leaf): boolean {
  const expected = Number(there);
  if (typeof there === 'string') return Object.is(here, expected);
  return here === expected || Math.abs(here - expected) <= Math.max(RELATIVE * Math.abs(expected), ABSOLUTE);
}

/** A number of NumPy's float32 is compared as such. */
function closeOfType(dtype: string, here: number, there: Leaf): boolean {
  if (dtype !== 'float32' || typeof there === 'string') return closeNumbers(here, there);
  return Math.abs(here - Number(there)) <= 1.2e-7 * Math.abs(Number(there));
}

/** Whether a value of the evaluator is the one that the real library gave. Integers have one type here. */
function same(here: PyValue | undefined, there: Encoded): boolean {
  if (here === undefined) return false;
  if ('array' in there) {
    if (!(here instanceof PyArray) || here.nd.dtype !== there.array) return false;
    const values = [...here.nd.elements()];
    return (
      here.nd.shape.join() === there.shape.join() &&
      values.every((v, i) => closeOfType(there.array, v, there.values[i] as Leaf))
    );
  }
  if ('scalar' in there) {
    if (there.scalar === 'bool') return here === there.value;
    if (here instanceof PyFloat) {
      const kind = there.scalar === 'float32' ? FloatKind.Float32 : FloatKind.Float64;
      return there.scalar.startsWith('float') && here.kind === kind && closeOfType(there.scalar, here.v, there.value);
    }
    // An integer of fewer than 64 bits is an array without axes.
    if (here instanceof PyArray)
      return here.nd.ndim === 0 && here.nd.dtype === there.scalar && here.nd.item() === there.value;
    return there.scalar === 'int64' && Number(here) === there.value && typeof here !== 'boolean';
  }
  if ('float' in there)
    return here instanceof PyFloat && here.kind === FloatKind.Python && closeNumbers(here.v, there.float);
  if ('plain' in there) return here === there.plain || (typeof here === 'bigint' && Number(here) === there.plain);
  if ('dtype' in there) return here instanceof PyDType && here.dtype === there.dtype;
  if ('list' in there)
    return (
      here instanceof PyList &&
      here.items.length === there.list.length &&
      here.items.every((x, i) => same(x, there.list[i] as Encoded))
    );
  if ('tuple' in there)
    return (
      here instanceof PyTuple &&
      here.items.length === there.tuple.length &&
      here.items.every((x, i) => same(x, there.tuple[i] as Encoded))
    );
  if ('dict' in there) {
    const entries = here instanceof PyDict ? [...here.entries.values()] : [];
    return (
      entries.length === there.dict.length &&
      entries.every(({ key, value }, i) => {
        const [k, v] = there.dict[i] as readonly [Encoded, Encoded];
        return same(key, k) && same(value, v);
      })
    );
  }
  return false;
}

function describeValue(value: PyValue | undefined): string {
  if (value instanceof PyArray)
    return `${value.nd.dtype} ${value.nd.shape.join('×')}: ${[...value.nd.elements()].join(' ')}`;
  if (value instanceof PyFloat) return `float(${value.v}, kind ${value.kind})`;
  if (value instanceof PyTuple || value instanceof PyList) return `(${value.items.map(describeValue).join(', ')})`;
  return String(value);
}

type Outcome = 'equal' | { readonly unknown: string } | { readonly wrong: string };

/** A program that an exception ended is not one whose value is unknown. */
const hasRaised = (reason: string | undefined) => /^line \d+ raises/.test(reason ?? '');

function judge({ program, value, error, printed }: Expected): Outcome {
  const { scope, rt, output } = evaluate(program);
  const here = scope.get('r');
  const unknown = rt.lastUnknown?.unknown;
  const isUnknown = rt.unknownEvents > 0;
  const reason = (): Outcome => ({ unknown: unknown?.reason ?? 'nothing said' });
  if (error) {
    const expected = `!${error.type}${error.message === '' ? '' : `: ${error.message}`}\n`;
    if (output.endsWith(expected)) return 'equal';
    return isUnknown && !hasRaised(unknown?.reason)
      ? reason()
      : { wrong: `${expected}--- here\n${output}${describeValue(here)}` };
  }
  if (isUnknown && hasRaised(unknown?.reason)) return { wrong: `no exception\n--- here\n${output}` };
  if (printed !== undefined && output !== printed)
    return isUnknown ? reason() : { wrong: `printed\n${printed}--- here\n${output}` };
  if (value === undefined) return 'equal';
  if (same(here, value)) return 'equal';
  if (here instanceof PyUnknown || (isUnknown && here === undefined)) return reason();
  return { wrong: `${JSON.stringify(value)}\n--- here\n${describeValue(here)} ${output}` };
}

for (const [name, categories] of Object.entries(fixture.libraries)) {
  const folder = new URL(`../${name}/conformance/`, import.meta.url);
  describe(`${name} conformance (against NumPy ${fixture.numpy}, SciPy ${fixture.scipy})`, () => {
    let total = 0;
    const files = readdirSync(folder).filter((f) => f.endsWith('.txt'));
    for (const file of files.sort()) {
      const category = file.replace('.txt', '');
      it(category, () => {
        const lines = readFileSync(new URL(file, folder), 'utf8')
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('#'));
        const results = categories[category] as Readonly<Record<string, Expected>>;
        assert.deepEqual(
          Object.keys(results).sort(),
          [...new Set(lines)].sort(),
          'the fixture is older than the snippets',
        );
        const wrong: string[] = [];
        const unknown: string[] = [];
        for (const [snippet, expected] of Object.entries(results)) {
          total++;
          const outcome = judge(expected);
          if (outcome === 'equal') continue;
          if ('wrong' in outcome) wrong.push(`${snippet}\n--- real\n${outcome.wrong}`);
          else unknown.push(`${snippet}: ${outcome.unknown}`);
        }
        assert.equal(wrong.join('\n\n'), '');
        assert.ok(unknown.length <= 0.05 * Object.keys(results).length, `unknown:\n${unknown.join('\n')}`);
      });
    }
    it('has at least 400 snippets of NumPy, 60 of SciPy', () =>
      assert.ok(total >= (name === 'numpy' ? 400 : 60), String(total)));
  });
}
