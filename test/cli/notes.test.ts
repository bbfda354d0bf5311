/** The lecture notes among the examples, traced and checked by the command line. Figures are worked out here. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { CheckOutput, type TraceJson, TraceOutput } from '../../src/protocol';

const root = path.join(__dirname, '..', '..');

function wengert(...args: string[]): unknown {
  const all = ['--import=tsx', path.join(root, 'src', 'cli', 'main.ts'), ...args, '--json'];
  return JSON.parse(execFileSync(process.execPath, all, { cwd: root, encoding: 'utf8' }));
}

function trace(file: string, ...options: string[]): TraceJson {
  const { traceables } = v.parse(TraceOutput, wengert('trace', `examples/${file}`, ...options));
  assert.equal(traceables.length, 1);
  return traceables[0] as TraceJson;
}

/** Texts and verdicts of the claims of a document. */
function claims(file: string): (readonly [string, string, string | undefined])[] {
  const { checks } = v.parse(CheckOutput, wengert('check', `examples/${file}`));
  return checks.filter((c) => c.kind === 'claim').map((c) => [c.text ?? '', c.verdict, c.strength]);
}

function close(actual: unknown, expected: unknown): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual), JSON.stringify(actual));
    assert.equal(actual.length, expected.length);
    expected.forEach((e, i) => close(actual[i], e));
    return;
  }
  const [a, e] = [Number(actual), Number(expected)];
  assert.ok(Math.abs(a - e) <= 1e-13 * Math.max(1, Math.abs(e)), `${a} is not ${e}`);
}

describe('lecture notes through the command line', function () {
  this.timeout(60_000);

  it('shared-product.md: seven steps, the product once; both traces', () => {
    const t = trace('shared-product.md', '--name', 'f');
    const [a, b] = [0.5, 2];
    const e = Math.exp(a * b);
    assert.deepEqual(
      t.steps?.map((s) => [s.name, s.op]),
      [
        ['v1', 'input'],
        ['v2', 'input'],
        ['v3', 'mul'],
        ['v4', 'exp'],
        ['v5', 'add'],
        ['v6', 'sin'],
        ['v7', 'sub'],
      ],
    );
    close(
      t.steps?.map((s) => s.value),
      [a, b, a * b, e, a * b + e, Math.sin(b), a * b + e - Math.sin(b)],
    );
    // By x_1.
    close(
      t.steps?.map((s) => s.tangent),
      [1, 0, b, b * e, b + b * e, 0, b + b * e],
    );
    close(
      t.steps?.map((s) => s.adjoint),
      [b + b * e, a + a * e - Math.cos(b), 1 + e, 1, 1, -1, 1],
    );
    assert.deepEqual(
      claims('shared-product.md').map(([, ...verdict]) => verdict),
      [
        ['pass', 'proved'],
        ['pass', 'proved'],
      ],
    );
  });

  it('jacobian.md: one forward sweep a column, one reverse sweep a row', () => {
    const jacobian = [
      [2, 1],
      [Math.cos(1), 4],
      [Math.E, 0],
    ];
    for (const [column, name] of ['x_1', 'x_2'].entries()) {
      const t = trace('jacobian.md', '--name', '\\mathbf{f}', '--tangent', name);
      close(
        t.steps?.at(-1)?.tangent,
        jacobian.map((row) => row[column]),
      );
      assert.deepEqual([t.cost?.forwardSweeps, t.cost?.reverseSweeps], [2, 3]);
    }
    for (const [row, slopes] of jacobian.entries()) {
      const upstream = JSON.stringify([0, 1, 2].map((i) => (i === row ? 1 : 0)));
      const { gradient } = trace('jacobian.md', '--name', '\\mathbf{f}', '--upstream', upstream);
      close([gradient?.['x_1'], gradient?.['x_2']], slopes);
    }
  });

  it('graph-nodes.md: adding, multiplying, one after another: ∂z/∂x = 2(x + y)', () => {
    const t = trace('graph-nodes.md', '--name', 'z');
    assert.equal(t.output?.value, 12.25);
    assert.deepEqual(t.gradient, { x: 7, y: 7 });
    assert.deepEqual(trace('graph-nodes.md', '--name', 's').gradient, { a: 1, b: 1 });
    assert.deepEqual(trace('graph-nodes.md', '--name', 'm').gradient, { a: 3, b: 2 });
    assert.ok(claims('graph-nodes.md').every(([, verdict, strength]) => verdict === 'pass' && strength === 'proved'));
  });

  it('logistic-loss.md: ∂L/∂p, ∂p/∂h, ∂h/∂β, and their product', () => {
    const p = 1 / (1 + Math.exp(-1.5));
    const t = trace('logistic-loss.md', '--name', 'L');
    close(t.output?.value, -Math.log(p));
    close(t.gradient?.['\\beta'], (p - 1) * 2);
    close(trace('logistic-loss.md', '--name', 'L', '--wrt', 'p').gradient?.['p'], -1 / p);
    close(trace('logistic-loss.md', '--name', 'p', '--wrt', 'h').gradient?.['h'], p * (1 - p));
    assert.equal(trace('logistic-loss.md', '--name', 'h').gradient?.['\\beta'], 2);
    assert.ok(claims('logistic-loss.md').every(([, verdict]) => verdict === 'pass'));
  });

  it('table-of-variables.md: every line, forward and backward', () => {
    const t = trace('table-of-variables.md', '--name', 'L');
    const small = Math.exp(-9);
    const value = (label: string) => trace('table-of-variables.md', '--name', label).output?.value;
    for (const [label, expected] of [
      ['\\xi_0', 9],
      ['\\xi_1', -9],
      ['\\xi_2', small],
      ['\\xi_3', 1 + small],
      ['\\xi_4', 1 / (1 + small)],
      ['\\xi_5', -Math.log1p(small)],
    ] as const)
      close(value(label), expected);
    close(t.gradient?.['W'], -0.00037018372795869517);
    const verdicts = claims('table-of-variables.md');
    assert.ok(verdicts.length >= 10);
    assert.ok(verdicts.every(([, verdict]) => verdict === 'pass'));
  });

  it('four-ways.md: the symbolic way swells, the steps do not', () => {
    const written: number[] = [];
    const operations: number[] = [];
    for (const name of ['l_1', 'l_2', 'l_3']) {
      const t = trace('four-ways.md', '--name', name);
      written.push(t.symbolic?.['x']?.written ?? 0);
      operations.push(t.cost?.operations ?? 0);
    }
    assert.deepEqual(operations, [3, 6, 9]);
    assert.ok(
      (written[2] ?? 0) > 3 * (written[1] ?? 0) * 0.9 && (written[1] ?? 0) > 3 * (written[0] ?? 0),
      `${written}`,
    );
    const [l1, l2] = [0.64, 0.9216];
    const t = trace('four-ways.md', '--name', 'l_3');
    close(t.gradient?.['x'], 4 * (1 - 2 * l2) * 4 * (1 - 2 * l1) * 4 * (1 - 0.4));
    assert.equal(trace('four-ways.md', '--name', 'l_1').symbolic?.['x']?.formula, '4 - 8 x');
    assert.deepEqual(
      claims('four-ways.md').map(([, verdict, strength]) => [verdict, strength]),
      [['pass', 'proved']],
    );
  });

  it('matrix-form.md: the error carried back through a layer, and the slopes by its weights', () => {
    // By PyTorch.
    const byZ = [2.7755575615628914e-17, 0.0055086828182468, -0.32942523330432405];
    const byA = [-0.03404425989408175, 0.13617703957632707];
    const byW = [byZ, byZ.map((d) => -2 * d)];
    const t = trace('matrix-form.md', '--name', 'E');
    close(t.output?.value, 0.10857635184300898);
    close(t.gradient?.['W'], byW);
    close(t.gradient?.['\\mathbf{a}'], byA);
    close(trace('matrix-form.md', '--name', '\\boldsymbol{\\delta}').output?.value, byZ);
    close(trace('matrix-form.md', '--name', '\\boldsymbol{\\epsilon}').output?.value, byA);
    close(trace('matrix-form.md', '--name', 'G').output?.value, byW);
    assert.deepEqual(
      trace('matrix-form.md', '--name', '\\mathbf{y}').steps?.map((s) => s.op),
      ['input', 'input', 'input', 'transpose', 'matmul', 'add', 'tanh'],
    );
  });
});
