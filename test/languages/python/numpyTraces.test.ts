import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { adjoints } from '../../../src/autodiff/sweeps';
import { printNamePath } from '../../../src/format/namePath';
import { DEFAULT_BUDGET, type RecordRequest } from '../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { evaluate, NO_WORKSPACE } from './evaluate';

interface Gradient {
  readonly value: number;
  readonly by: Readonly<Record<string, readonly number[]>>;
}

function gradient(text: string, id: string, request: RecordRequest = {}): Gradient {
  const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
  const traceable = pythonFrontEnd.find(analysis).find((t) => t.id === id);
  assert.ok(traceable, `no ${id}`);
  const result = pythonFrontEnd.record(analysis, traceable, request, DEFAULT_BUDGET, NO_WORKSPACE);
  assert.equal(result.kind, 'recorded', result.kind === 'unknown' ? result.reason : '');
  if (result.kind !== 'recorded') throw new Error('unreachable');
  const { trace } = result;
  const sweep = adjoints(trace.tape, new Map([[trace.output, 1]]));
  const by: Record<string, number[]> = {};
  for (const { row, name } of trace.inputs) {
    by[printNamePath(name)] = trace.tape.isArray(row)
      ? Array.from(sweep.arrays.get(row)?.elements() ?? [])
      : [sweep.scalars[row] as number];
  }
  return { value: trace.tape.value[trace.output] as number, by };
}

/** The gradient by an array input, by centre differences of whole recordings at pinned points. */
function differences(
  text: string,
  id: string,
  name: string,
  point: readonly number[],
  nest: (flat: number[]) => unknown,
): number[] {
  const h = 1e-6;
  const at = (flat: number[]) => gradient(text, id, { set: { [name]: nest(flat) as never } }).value;
  return point.map((_, i) => {
    const moved = (by: number) => point.map((x, k) => (k === i ? x + by : x));
    return (at(moved(h)) - at(moved(-h))) / (2 * h);
  });
}

function close(actual: readonly number[], expected: readonly number[], tolerance = 1e-6): void {
  assert.equal(actual.length, expected.length);
  actual.forEach((x, i) =>
    assert.ok(Math.abs(x - (expected[i] as number)) <= tolerance, `${actual.join()} ≠ ${expected.join()}`),
  );
}

const rows = (n: number) => (flat: number[]) =>
  Array.from({ length: flat.length / n }, (_, i) => flat.slice(i * n, (i + 1) * n));

/** Bodies of f(x) for a vector x = [0.5, −1.2, 2.0]: memory that is shared and written. */
const ALIASING: Readonly<Record<string, string>> = {
  'a write into a copy leaves the original alone':
    'y = x.copy()\n    y[0] = 0.0\n    return np.sum(y ** 2) + x[0] ** 3',
  'a write through a slice changes the base': 'y = x * 2\n    v = y[1:]\n    v *= 3.0\n    return np.sum(y ** 2)',
  'a view sees later writes to its base': 'y = x * 2\n    v = y[:2]\n    y[0] = y[2] ** 2\n    return np.sum(v ** 2)',
  'two views of one base':
    'y = x * 1.0\n    a = y[:2]\n    b = y[1:]\n    a[1] = 5.0 * x[0]\n    return np.sum(b ** 2)',
  'a write through a reshaped view':
    'y = np.concatenate([x, x])\n    m = y.reshape(2, 3)\n    m[1] = m[0] * m[1]\n    return np.sum(y ** 2)',
  'a write through a transposed view': 'y = np.outer(x, x)\n    t = y.T\n    t[0] = 1.0\n    return np.sum(y ** 2)',
  'in-place arithmetic on an alias': 'y = x * 1.0\n    z = y\n    z += x ** 2\n    z *= y\n    return np.sum(y)',
  'a mask that zeroes': 'y = x * 3.0\n    y[y < 0] = 0\n    return np.sum(y ** 2)',
  'subtracting one at an index':
    'e = np.exp(x)\n    p = e / np.sum(e)\n    d = p\n    d[1] -= 1\n    return np.sum(p ** 2)',
  'a swap of elements': 'y = x * 1.0\n    y[0], y[2] = y[2] * 1.0, y[0] * 1.0\n    return y[0] * 2 + y[2] ** 3',
  'an untraced buffer that is filled':
    'y = np.zeros(3)\n    for i in range(3):\n        y[i] = x[i] ** 2 * (i + 1)\n    return np.sum(y)',
  'a buffer used before and after it is overwritten':
    'y = x ** 2\n    s = np.sum(y * x)\n    y[:] = x\n    return s + np.sum(y ** 3)',
  'a running update in a loop': 'y = x * 1.0\n    for i in range(3):\n        y -= 0.1 * y ** 2\n    return np.sum(y)',
  'writes with fancy indices': 'y = x * 1.0\n    y[[0, 2]] = y[[2, 0]] * 2\n    return y[0] ** 2 + y[1] + y[2] ** 3',
  'the argument itself is overwritten': 'x[1] = x[0] * x[2]\n    return np.sum(x ** 2)',
  'a list of rows': 'r = [x * k for k in range(1, 4)]\n    m = np.array(r)\n    m[1] = 0\n    return np.sum(m ** 2)',
  'maximum, clip and where':
    'return np.sum(np.maximum(0, x) ** 2 + np.clip(x, -1, 1) * x + np.where(x > 0, x ** 3, -x))',
  'reductions and broadcasting':
    'm = x[:, None] * x[None, :] + 1.0\n    return np.log(m.sum(axis=0) ** 2 + 1).mean() + m.max() + x.std()',
};

describe('traces of NumPy code', () => {
  for (const [title, body] of Object.entries(ALIASING)) {
    it(title, () => {
      const text = `import numpy as np\ndef f(x):\n    ${body}\nr = f(np.array([0.5, -1.2, 2.0]))\n`;
      const point = [0.5, -1.2, 2.0];
      close(
        gradient(text, 'f').by['x'] as number[],
        differences(text, 'f', 'x', point, (v) => v),
        1e-5,
      );
    });
  }

  it('gives the gradients of a two-layer network by its named arrays', () => {
    const text = `import numpy as np
x = np.array([[0.5, -1.0], [1.5, 2.0], [-0.3, 0.8]])
t = np.array([[1.0], [0.0], [1.0]])
W1 = np.array([[0.1, -0.4, 0.7], [0.3, 0.2, -0.5]])
b1 = np.array([0.1, 0.0, -0.2])
W2 = np.array([[0.6], [-0.3], [0.9]])
b2 = np.array([0.05])
h = np.tanh(x @ W1 + b1)
y = 1 / (1 + np.exp(-(np.dot(h, W2) + b2)))
loss = -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))
`;
    const { by } = gradient(text, 'loss');
    close(by['W1'] as number[], differences(text, 'loss', 'W1', [0.1, -0.4, 0.7, 0.3, 0.2, -0.5], rows(3)));
    close(
      by['b1'] as number[],
      differences(text, 'loss', 'b1', [0.1, 0.0, -0.2], (v) => v),
    );
    close(by['W2'] as number[], differences(text, 'loss', 'W2', [0.6, -0.3, 0.9], rows(1)));
    close(
      by['b2'] as number[],
      differences(text, 'loss', 'b2', [0.05], (v) => v),
    );
  });
});

describe('the example programs', () => {
  const read = (name: string) => readFileSync(new URL(`../../../examples/${name}`, import.meta.url), 'utf8');

  it('function_pairs.py: the product of the derivatives is the traced one', () => {
    const text = read('function_pairs.py');
    assert.equal(gradient(text, 'loss').by['w']?.[0], -0.00037018372795869517);
    assert.equal(evaluate(text).output, '0.0001234021897233402 -0.00037018372795869517\n');
  });

  it('layers.py: the traced loss has the gradients of the hand-written backward pass', () => {
    const text = read('layers.py');
    const { by } = gradient(text, 'Network.loss');
    const check = `${text.slice(0, text.indexOf('for step'))}dw, db, dv, dc = network.gradients(inputs, labels)\nprint(dw.ravel().tolist(), db.tolist(), dv.ravel().tolist(), dc.tolist())\n`;
    const printed = evaluate(check).output.trim().split('\n').pop() as string;
    const byHand = JSON.parse(`[${printed.replace(/\] \[/g, '], [')}]`) as number[][];
    const names = ['self.hidden.weights', 'self.hidden.bias', 'self.output.weights', 'self.output.bias'];
    names.forEach((name, i) => close(by[name] as number[], byHand[i] as number[], 1e-12));
  });

  it('numerical_gradient.py: the updated weights of automatic differentiation, to eight digits', () => {
    const numbers =
      evaluate(read('numerical_gradient.py'))
        .output.match(/\d+\.\d+/g)
        ?.map(Number) ?? [];
    close(numbers, [0.52189117, 0.51094559, 0.51094559, 0.51094559, 0.51094559], 1e-8);
  });

  it('follows a loss that is made a plain number, as courses do', () => {
    for (const made of ['float(np.squeeze(c))', 'np.squeeze(c).item()', 'float(c)', 'np.squeeze(np.array(c))']) {
      const text = `import numpy as np\ndef f(x):\n    c = np.sum(x * x) / 2\n    return ${made}\nf(np.array([[0.3, 0.4]]))\n`;
      close(gradient(text, 'f').by['x'] as number[], [0.3, 0.4], 1e-15);
    }
  });
});
