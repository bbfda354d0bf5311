/** The examples, traced by the command line as other programs call it. Figures were computed by other means. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as v from 'valibot';
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
});
const W1 = [
  [0.0132533282, 0.0967050898, -0.1227232601, -0.0271229291],
  [-0.1148863731, -0.108363043, 0.1141855147, 0.0095561112],
];
const B1 = [-0.0216769334, 0.0183670483, -0.0344490516, -0.0215938076];
const W2 = [[0.2988554581], [-0.0860407593], [0.0066071392], [0.294383549]];
const B2 = [0.0920339125];
