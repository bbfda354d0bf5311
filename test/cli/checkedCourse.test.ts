/** The checks of the course through the command line: by hand, by differences, in symbols and by a sweep. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { COMMANDS } from '../../src/cli/commands';
import { type CheckJson, CheckOutput, type TraceJson, TraceOutput } from '../../src/protocol';
import { type ExpressionSize, expressionSwell } from '../../src/symbolic';
import { type Expr, mul, num, sub, sym } from '../../src/symbolic/expr';

const root = path.join(__dirname, '..', '..');

async function output(command: 'check' | 'trace', file: string, ...options: string[]): Promise<unknown> {
  const { write } = process.stdout;
  let written = '';
  process.stdout.write = (text: string | Uint8Array) => {
    written += String(text);
    return true;
  };
  try {
    await COMMANDS[command]?.run([path.join(root, 'examples', file), '--json', '--root', root, ...options]);
  } finally {
    process.stdout.write = write;
  }
  return JSON.parse(written);
}

async function checks(file: string, kind: CheckJson['kind']): Promise<CheckJson[]> {
  return v.parse(CheckOutput, await output('check', file)).checks.filter((c) => c.kind === kind);
}

async function trace(file: string, name: string): Promise<TraceJson> {
  const { traceables } = v.parse(TraceOutput, await output('trace', file, '--name', name));
  const [only, ...others] = traceables;
  assert.ok(only && others.length === 0);
  return only;
}

describe('the checks of the course', function () {
  this.timeout(120_000);

  it('numerical_gradient.py: gradients by differences in the program itself are left alone', async () => {
    assert.deepEqual(await checks('numerical_gradient.py', 'backward'), []);
    for (const c of await checks('numerical_gradient.py', 'gradient')) assert.equal(c.verdict, 'pass', c.message);
  });

  it('differences.py: the sweeps agree with differences at the point of the course', async () => {
    const [surface] = await checks('differences.py', 'gradient');
    assert.equal(surface?.verdict, 'pass');
    assert.equal(surface.strength, 'numerical');
  });

  it('a gradient by differences costs two passes a number, a sweep costs one: counted', async () => {
    const { cost, inputs } = await trace('two_layer_network.py', 'loss');
    const numbers = (inputs ?? []).reduce((sum, { shape }) => sum + shape.reduce((a, n) => a * n, 1), 0);
    assert.ok(numbers > 20, `${numbers} numbers`);
    assert.equal(cost?.['reverseSweeps'], 1);
    assert.equal(cost['forwardSweeps'], numbers);
    assert.equal(cost['centreDifferenceEvaluations'], 2 * numbers);
  });

  it('four-ways.md: by hand is proved, the sweep gives the same number, and symbols swell', async () => {
    const [claim, ...others] = await checks('four-ways.md', 'claim');
    assert.deepEqual(others, []);
    assert.equal(claim?.verdict, 'pass');
    assert.equal(claim.strength, 'proved');
    const { gradient, cost } = await trace('four-ways.md', 'l_3');
    // 4 (1 − 2·0.9216) · 4 (1 − 2·0.64) · 4 (1 − 2·0.2)
    assert.ok(Math.abs(Number(gradient?.['x']) - 9.0660864) < 1e-12);
    assert.equal(cost?.['operations'], 9);

    // The map once, twice, three times: how large the derivative is when it is written out, and when it is shared.
    let map: Expr = sym('x');
    const sizes = [1, 2, 3, 4].map(() => {
      map = mul(mul(num(4), map), sub(num(1), map));
      return expressionSwell(map, 'x').derivative;
    });
    for (let i = 1; i < sizes.length; i++) {
      const [before, after] = [sizes[i - 1], sizes[i]] as [ExpressionSize, ExpressionSize];
      assert.ok(after.written > 2 * before.written, sizes.map((s) => s.written).join());
      assert.ok(after.shared < 2 * before.shared + 10, sizes.map((s) => s.shared).join());
    }
  });

  it('nodes.py and layers.py: every layer of the course, by each of its inputs', async () => {
    const byHand = [...(await checks('nodes.py', 'backward')), ...(await checks('layers.py', 'backward'))];
    assert.deepEqual(
      byHand.map((c) => [c.name, c.verdict, c.parameters.map((p) => p.name).join()]),
      [
        ['Add.backward', 'pass', 'left,right'],
        ['Multiply.backward', 'pass', 'left,right'],
        ['Dense.backward', 'pass', 'inputs,self.weights,self.bias'],
        ['Rectifier.backward', 'pass', 'inputs'],
        ['SoftmaxCrossEntropy.backward', 'pass', 'scores'],
        ['Network.gradients', 'pass', 'self.hidden.weights,self.hidden.bias,self.output.weights,self.output.bias'],
      ],
    );
  });

  it('digit_network.py: 784-50-10, all 39,760 parameters of the dict by hand', async () => {
    const network = (await checks('digit_network.py', 'backward')).find((c) => c.name === 'DigitNetwork.gradient');
    assert.equal(network?.verdict, 'pass');
    assert.deepEqual(
      network.parameters.map((p) => [p.name, p.verdict]),
      ['W1', 'b1', 'W2', 'b2'].map((name) => [`self.params['${name}']`, 'pass']),
    );
    const elements = network.parameters
      .map((p) => [network.point[p.name]].flat(2).length)
      .reduce((sum, n) => sum + n, 0);
    assert.equal(elements, 39_760);
    for (const { relativeError } of network.parameters) assert.ok(Number(relativeError) < 1e-9);
  });

  it('function_pairs.py and which_argument.py: by which argument is said', async () => {
    const pairs = [
      ...(await checks('function_pairs.py', 'backward')),
      ...(await checks('which_argument.py', 'backward')),
    ];
    assert.deepEqual(
      pairs.map((c) => [c.name, c.verdict, /by `(\w+)` \(/.exec(c.message)?.[1]]),
      [
        ['negative_product_derivative', 'pass', 'w'],
        ['exponential_derivative', 'pass', 'z'],
        ['plus_one_derivative', 'pass', 'z'],
        ['inverse_derivative', 'pass', 'z'],
        ['logarithm_derivative', 'pass', 'z'],
        ['d_slope_times', 'pass', 'position'],
        ['d_stretch', 'pass', 'width'],
        ['d_itself', 'pass', 'position'],
      ],
    );
  });

  it('are all of examples that exist in the course', () => {
    const course = readFileSync(path.join(root, 'examples', 'README.md'), 'utf8');
    for (const file of ['numerical_gradient.py', 'differences.py', 'four-ways.md', 'nodes.py', 'layers.py'])
      assert.ok(course.includes(`(${file})`), file);
    for (const file of ['digit_network.py', 'function_pairs.py', 'which_argument.py'])
      assert.ok(course.includes(`(${file})`), file);
  });
});
