/** The examples, traced by the command line as other programs call it. Figures were computed by other means. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { COMMANDS } from '../../src/cli/commands';
import { type TraceJson, TraceOutput } from '../../src/protocol';

const root = path.join(__dirname, '..', '..');

function trace(file: string, ...options: string[]): TraceJson {
  const args = [
    '--import=tsx',
    path.join(root, 'src', 'cli', 'main.ts'),
    'trace',
    `examples/${file}`,
    '--json',
    ...options,
  ];
  const output: unknown = JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
  const { traceables } = v.parse(TraceOutput, output);
  assert.equal(traceables.length, 1);
  return traceables[0] as TraceJson;
}

/** The same without a process of its own: what the command writes is taken here. */
async function command(file: string, ...options: string[]): Promise<TraceJson> {
  const { write } = process.stdout;
  let written = '';
  process.stdout.write = (text: string | Uint8Array) => {
    written += String(text);
    return true;
  };
  try {
    await COMMANDS['trace']?.run([path.join(root, 'examples', file), '--json', '--root', root, ...options]);
  } finally {
    process.stdout.write = write;
  }
  const { traceables } = v.parse(TraceOutput, JSON.parse(written));
  assert.equal(traceables.length, 1);
  return traceables[0] as TraceJson;
}

/** The value of a name, or its elements. */
async function value(file: string, name: string, of: string, ...options: string[]): Promise<unknown> {
  return (await command(file, '--name', name, '--of', of, ...options)).output?.value;
}

function close(actual: unknown, expected: unknown, tolerance = 1e-12): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual));
    assert.equal(actual.length, expected.length);
    expected.forEach((e, i) => close(actual[i], e, tolerance));
    return;
  }
  const [a, e] = [Number(actual), Number(expected)];
  assert.ok(Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e)), `${a} is not ${e}`);
}

describe('examples through the command line', function () {
  this.timeout(60_000);

  for (const [file, name, x1, x2] of [
    ['two_variables.py', 'surface', 'x1', 'x2'],
    ['two-variables.md', 'y', 'x_1', 'x_2'],
  ] as const) {
    it(`${file}: both traces of the textbook, at whole numbers`, () => {
      const t = trace(file, '--name', name);
      assert.deepEqual(t.gradient, { [x1]: 5.5, [x2]: 1.7163378145367738 });
      assert.deepEqual(
        t.steps?.map((s) => [s.name, s.tangent, s.adjoint]),
        [
          ['v1', 1, 5.5],
          ['v2', 0, 1.7163378145367738],
          ['v3', 0.5, 1],
          ['v4', 5, 1],
          ['v5', 5.5, 1],
          ['v6', 0, -1],
          ['v7', 5.5, 1],
        ],
      );
      assert.equal(t.output?.value, 11.652071455223084);
    });
  }

  it('--set, --wrt and --tangent choose point and direction', () => {
    const t = trace('two_variables.py', '--name', 'surface', '--set', 'x1=4', '--wrt', 'x2', '--tangent', 'x2');
    assert.deepEqual(Object.keys(t.gradient ?? {}), ['x2']);
    close(t.gradient?.['x2'], 4 - Math.cos(5));
    assert.equal(t.tangent, 'x2');
    assert.equal(t.inputs?.[0]?.origin, 'pinned');
  });

  it('single_path_network.py: loss and slopes along one path', () => {
    const t = trace('single_path_network.py', '--name', 'loss');
    assert.equal(t.output?.value, 0.28125);
    assert.equal(t.gradient?.['w1'], -0.375);
    assert.equal(t.gradient?.['w2'], -0.375);
  });

  it('single_path_network.py: one step of gradient descent', async () => {
    const after = (of: string) => value('single_path_network.py', 'after', of);
    close(await after('w2_new'), 0.5375);
    close(await after('w1_new'), 0.5375);
    close(await after('w1_after_w2'), 0.5403125);
    close(await after('prediction_after'), 0.29041796875);
    close(await after('after'), 0.25175332953643803);
  });

  it('differences.py: forward and centred, and a step that is too small', async () => {
    const slope = (of: string, ...options: string[]) => value('differences.py', 'slope2', of, ...options);
    assert.equal(await slope('slope1'), 5.500000000422389);
    assert.equal(await slope('slope2'), 1.716337815009794);
    assert.equal(await slope('slope1', '--set', 'h=1e-15'), 4.440892098500626);
    assert.equal(await slope('slope2', '--set', 'h=1e-15'), 1.7763568394002502);
  });

  it('numerical_gradient.py: updated weights, and the forward passes that they cost', async () => {
    const updated = (of: string) => value('numerical_gradient.py', 'kept', of);
    close(await updated('weights[0]'), [[0.5218911749557101]], 1e-8);
    close(await updated('weights[1]'), [[0.510945587477855, 0.510945587477855]], 1e-8);
    close(await updated('weights[2]'), [[0.510945587477855], [0.510945587477855]], 1e-8);
    assert.equal(await updated('passes'), 10);
  });

  it('activations.py: the steepest slopes, and what five layers leave', async () => {
    const slope = async (name: string) => (await command('activations.py', '--name', name)).gradient?.['z'];
    close(await slope('sigmoid'), 0.25);
    close(await slope('tanh'), 1);
    close(await slope('relu'), 0);
    close(await slope('leaky_relu'), 0.01);
    close(await slope('softplus'), 1 / (1 + Math.exp(2)));
    close(await value('activations.py', 'left_over', 'left_over'), 3.2e-4);
  });

  it('nodes.py: sums, products, and the square of a sum', async () => {
    assert.deepEqual((await command('nodes.py', '--name', 'square_of_sum')).gradient, { x: 14, y: 14 });
    const bill = await command('nodes.py', '--name', 'bill');
    assert.equal(bill.output?.value, 18);
    for (const [name, by] of [
      ['d_pens', 'pens'],
      ['d_pen_price', 'pen_price'],
      ['d_pads', 'pads'],
      ['d_pad_price', 'pad_price'],
      ['d_tax', 'tax'],
    ] as const) {
      close(await value('nodes.py', 'price', name), bill.gradient?.[by]);
    }
  });

  it('function_pairs.py: the table of a loss taken apart', async () => {
    const t = await command('function_pairs.py', '--name', 'loss');
    close(t.gradient?.['w'], -0.00037018372795869517, 1e-15);
    assert.equal(await value('function_pairs.py', 'loss', 'xi1'), -9);
    close(await value('function_pairs.py', 'loss', 'xi2'), Math.exp(-9));
    close(await value('function_pairs.py', 'loss', 'chain'), -0.00037018372795869517, 1e-15);
  });

  it('logistic_regression.py: the factors of the chain rule are the gradient', async () => {
    const t = await command('logistic_regression.py', '--name', 'loss');
    // Computed by NumPy.
    close(t.output?.value, 0.9130152523999526);
    close(t.gradient?.['beta0'], -0.598687660112452);
    close(t.gradient?.['beta1'], -0.898031490168678);
  });

  it('hidden_layer_by_hand.py: the formula by hand is the gradient', async () => {
    const t = await command('hidden_layer_by_hand.py', '--name', 'loss');
    close(t.output?.value, 0.6282368205776558);
    for (const [name, by] of [
      ['dL_dw1', 'w1'],
      ['dL_dw2', 'w2'],
      ['by_chain1', 'w1'],
      ['by_chain2', 'w2'],
    ] as const) {
      close(await value('hidden_layer_by_hand.py', 'L', name), t.gradient?.[by]);
    }
  });

  it('two_layer_network.py: every array has its gradient', () => {
    const t = trace('two_layer_network.py', '--name', 'loss');
    close(t.output?.value, 0.7983892721009386);
    // Centre differences by NumPy, h = 1e-6.
    close(t.gradient?.['b1'], B1, 1e-8);
    close(t.gradient?.['b2'], B2, 1e-8);
    close(t.gradient?.['W1'], W1, 1e-8);
    close(t.gradient?.['W2'], W2, 1e-8);
  });

  it('logistic-regression.ipynb: formulas and code of one point; places by cell', () => {
    for (const at of ['0:5', '2:6']) {
      const t = trace('logistic-regression.ipynb', '--at', at);
      // −log σ(0.75), and (σ(0.75) − 1) · 2.
      close(t.output?.value, 0.38687100611489994);
      close(t.gradient?.['w'], -0.641642601649214);
      assert.equal(t.range.cell, Number(at[0]));
    }
    assert.deepEqual(trace('logistic-regression.ipynb', '--name', 'loss').range.start, { line: 4, character: 0 });
  });

  it('gradient-descent.md: an update at once, and in one backward pass', () => {
    const t = trace('gradient-descent.md', '--name', 'w_1 ←');
    assert.equal(t.output?.value, 0.5375);
    const { orders = [], ...atOnce } = t.update ?? { after: NaN, name: '' };
    assert.deepEqual(atOnce, { name: 'w_1', before: 0.5, gradient: -0.375, after: 0.5375 });
    assert.equal(orders[0]?.order, 'successive');
    assert.deepEqual(orders[0]?.first, ['w_2']);
    close(orders[0]?.after, 0.5403125);
    const moved = ['--set', 'w_1=0.5403125', '--set', 'w_2=0.5375'];
    close(trace('gradient-descent.md', '--name', '\\hat{y}', ...moved).output?.value, 0.29041796875);
    close(trace('gradient-descent.md', '--name', 'L', ...moved).output?.value, 0.25175332953643803);
  });

  const { examples } = JSON.parse(
    readFileSync(path.join(root, 'test', 'oracles', 'fixtures', 'example_gradients.json'), 'utf8'),
  ) as { examples: Record<string, Record<string, { value: number; gradient: Record<string, unknown> }>> };
  for (const [file, traceables] of Object.entries(examples))
    for (const [name, { value: expected, gradient }] of Object.entries(traceables))
      it(`${file}: ${name} and its gradient are PyTorch's`, async () => {
        const t = await command(file, '--name', name);
        // Of sines of a hundredfold, a hundredfold rounding is left at every layer.
        const tolerance = name === 'wave' ? 1e-7 : 1e-12;
        close(t.output?.value, expected, tolerance);
        for (const [by, slope] of Object.entries(gradient)) close(t.gradient?.[by], slope, tolerance);
      });

  it('two_outputs.py: two paths lead to the shared weight, and their products add up', async () => {
    const byLoss = async (of: string) => (await command('two_outputs.py', '--name', 'loss', '--of', of)).gradient;
    assert.deepEqual((await byLoss('loss1'))?.['w1'], 1.5);
    assert.deepEqual((await byLoss('loss2'))?.['w1'], 0.75);
    assert.deepEqual((await byLoss('loss'))?.['w1'], 2.25);
  });

  it('linear-layer.md, general-network.md: errors and slopes', async () => {
    const e = await command('linear-layer.md', '--name', 'e');
    close(e.output?.value, 0.03125);
    close(e.gradient?.['w_1'], -0.5);
    close(e.gradient?.['w_2'], 0.25);
    // With z = tanh ½: δ = (1 − z²)(0.8 (0.8 z − 1) + 0.4 · 0.4 z).
    const z = Math.tanh(0.5);
    const [d1, d2] = [0.8 * z - 1, -0.4 * z];
    const E = await command('general-network.md', '--name', 'E');
    close(E.gradient?.['u_1'], d1 * z);
    close(E.gradient?.['u_2'], d2 * z);
    close(E.gradient?.['w'], (1 - z * z) * (0.8 * d1 - 0.4 * d2) * 0.5);
  });
});
const W1 = [
  [0.0132533282, 0.0967050898, -0.1227232601, -0.0271229291],
  [-0.1148863731, -0.108363043, 0.1141855147, 0.0095561112],
];
const B1 = [-0.0216769334, 0.0183670483, -0.0344490516, -0.0215938076];
const W2 = [[0.2988554581], [-0.0860407593], [0.0066071392], [0.294383549]];
const B2 = [0.0920339125];
