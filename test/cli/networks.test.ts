/** Networks of the examples through the command line, against the real NumPy (`test/oracles/example_networks.py`). */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { CheckOutput, type TraceJson, TraceOutput } from '../../src/protocol';
import { evaluate } from '../languages/python/evaluate';

const root = path.join(__dirname, '..', '..');

interface Digest {
  readonly shape: readonly number[];
  readonly weighted: number;
  readonly largest: number;
  readonly first: readonly [number, number];
}

interface Network {
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Digest>>;
}

const fixture = JSON.parse(
  readFileSync(path.join(root, 'test', 'oracles', 'fixtures', 'example_networks.json'), 'utf8'),
) as {
  readonly 'layers.py': Network;
  readonly 'digit_network.py': Network;
  readonly 'numerical_gradient.py': readonly number[];
};

function run(command: string, ...args: string[]): unknown {
  const all = ['--import=tsx', path.join(root, 'src', 'cli', 'main.ts'), command, ...args, '--json'];
  return JSON.parse(
    execFileSync(process.execPath, all, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 }),
  ) as unknown;
}

function trace(file: string, name: string): TraceJson {
  const { traceables } = v.parse(TraceOutput, run('trace', `examples/${file}`, '--name', name));
  assert.equal(traceables.length, 1);
  return traceables[0] as TraceJson;
}

function close(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${actual} is not ${expected}`);
}

function compare(t: TraceJson, { loss, gradients }: Network): void {
  close(Number(t.output?.value), loss, 1e-12);
  for (const [name, digest] of Object.entries(gradients)) {
    const given = t.gradient?.[name];
    assert.ok(Array.isArray(given), `no gradient by ${name}`);
    assert.deepEqual(t.inputs?.find((i) => i.name === name)?.shape, digest.shape);
    const flat = (given as unknown[]).flat(Infinity) as number[];
    const [place, value] = digest.first;
    close(flat[place] as number, value, 1e-12);
    close(Math.max(...flat.map(Math.abs)), digest.largest, 1e-12);
    close(
      flat.reduce((sum, x, i) => sum + x * Math.cos(i + 1), 0),
      digest.weighted,
      1e-12,
    );
  }
}

describe('networks of the examples', function () {
  this.timeout(60_000);

  it('numerical_gradient.py: in place, the updated parameters to eight digits, and the count of forward passes', () => {
    const { output } = evaluate(readFileSync(path.join(root, 'examples', 'numerical_gradient.py'), 'utf8'));
    const printed = (output.match(/\d+\.\d+/g) ?? []).map(Number);
    const expected = fixture['numerical_gradient.py'];
    assert.equal(printed.length, 5);
    printed.forEach((x, i) => close(x, expected[i] as number, 1e-8));
    assert.equal(Number(output.trim().split(' ').pop()), expected.at(-1));
    assert.equal(expected.at(-1), 10);
    // What automatic differentiation gives after one step.
    [0.5218911749557101, ...new Array<number>(4).fill(0.510945587477855)].forEach((x, i) =>
      close(printed[i] as number, x, 1e-8),
    );
  });

  it('layers.py: the trace of the loss has the gradients of the backward pass written by hand', () => {
    compare(trace('layers.py', 'Network.loss'), fixture['layers.py']);
  });

  it('digit_network.py: 784-50-10, parameters in a dict, layers in an OrderedDict', () => {
    compare(trace('digit_network.py', 'DigitNetwork.loss'), fixture['digit_network.py']);
  });

  it('function_pairs.py: each pair is checked, and by which argument is said', () => {
    const { checks } = v.parse(CheckOutput, run('check', 'examples/function_pairs.py'));
    const pairs = checks.filter((c) => c.kind === 'backward');
    assert.deepEqual(
      pairs.map((c) => [c.name, c.verdict, c.parameters.map((p) => p.name)]),
      [
        ['negative_product_derivative', 'pass', ['w']],
        ['exponential_derivative', 'pass', ['z']],
        ['plus_one_derivative', 'pass', ['z']],
        ['inverse_derivative', 'pass', ['z']],
        ['logarithm_derivative', 'pass', ['z']],
      ],
    );
    for (const c of pairs) assert.match(c.message, /by `[wz]`/);
  });
});
