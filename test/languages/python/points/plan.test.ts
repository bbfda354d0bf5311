/** At which points functions are recorded that the document does not call, or calls somewhere out of the way. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { printNamePath } from '../../../../src/format/namePath';
import { DEFAULT_BUDGET, type Outcome, type Recorded } from '../../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../../src/languages/python/frontEnd';
import { NO_WORKSPACE } from '../evaluate';

function outcomeOf(text: string, id: string): Outcome {
  const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
  const traceable = pythonFrontEnd.find(analysis).find((t) => t.id === id);
  assert.ok(traceable, `no traceable ${id}`);
  return pythonFrontEnd.record(analysis, traceable, {}, DEFAULT_BUDGET, NO_WORKSPACE);
}

function recorded(text: string, id: string): Recorded {
  const result = outcomeOf(text, id);
  assert.equal(result.kind, 'recorded', result.kind === 'unknown' ? result.reason : result.kind);
  return result as Recorded;
}

/** Shapes (of numbers: the value) and origins of the inputs, by name. */
function point(text: string, id: string): Record<string, { is: number[] | number; origin: string; why: string }> {
  const { trace } = recorded(text, id);
  return Object.fromEntries(
    trace.inputs.map(({ name, row, origin }) => [
      printNamePath(name),
      {
        is: trace.tape.isArray(row) ? [...trace.tape.array(row).shape] : (trace.tape.value[row] as number),
        origin: origin.kind,
        why: origin.why ?? '',
      },
    ]),
  );
}

const shapes = (text: string, id: string) =>
  Object.fromEntries(Object.entries(point(text, id)).map(([name, { is }]) => [name, is]));

const NUMPY = 'import numpy as np\n';

describe('points of functions', () => {
  it('a list of layer sizes makes a network with one hidden layer', () => {
    const found = shapes(
      `${NUMPY}
class Net:
    def __init__(self, sizes):
        self.biases = [np.random.randn(n, 1) for n in sizes[1:]]
        self.weights = [np.random.randn(n, m) for m, n in zip(sizes[:-1], sizes[1:])]

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = np.tanh(w @ a + b)
        return a
`,
      'Net.feedforward',
    );
    const [first, second] = [found['self.weights[0]'], found['self.weights[1]']] as [number[], number[]];
    assert.equal(first.length, 2);
    assert.equal(second[1], first[0]);
    assert.equal((found['a'] as number[])[0], first[1]);
  });

  it('shapes from docstrings; letters are the same in all functions of a file', () => {
    const text = `${NUMPY}
def affine_forward(x, w, b):
    """
    - x: A numpy array containing input data, of shape (N, d_1, ..., d_k)
    - w: A numpy array of weights, of shape (D, M)
    - b: A numpy array of biases, of shape (M,)
    """
    out = x.reshape(x.shape[0], -1).dot(w) + b
    return out, (x, w, b)

def scores(h, w):
    """ h: (N, M) array, w: (M, C) array """
    return h.dot(w)
`;
    const first = point(text, 'affine_forward');
    const [n, d1, dk] = first['x']?.is as number[];
    const [d, m] = first['w']?.is as number[];
    assert.equal(d, (d1 as number) * (dk as number), 'the reshape says that D is the product');
    assert.deepEqual(first['b']?.is, [m]);
    assert.equal(first['x']?.origin, 'assumed');
    assert.match(first['x']?.why ?? '', /docstring/);
    const second = shapes(text, 'scores') as Record<string, number[]>;
    assert.deepEqual(second['h'], [n, m]);
    assert.equal(second['w']?.[0], m);
    assert.notEqual(second['w']?.[1], m);
  });

  it('labels stay below the number of classes', () => {
    const text = `${NUMPY}
def softmax_loss(x, y):
    """
    - x: Scores, of shape (N, C)
    - y: Vector of labels, of shape (N,), 0 <= y[i] < C
    """
    p = np.exp(x - np.max(x, axis=1, keepdims=True))
    p /= np.sum(p, axis=1, keepdims=True)
    return -np.sum(np.log(p[np.arange(x.shape[0]), y])) / x.shape[0]
`;
    assert.deepEqual(shapes(text, 'softmax_loss')['x'], [2, 3]);
  });

  it('shapes by search where nothing is said, numbers first', () => {
    const text = `${NUMPY}
def cell(x, prev_h, Wx, Wh, b):
    return np.tanh(x @ Wx + prev_h @ Wh + b)
def area(a, b):
    return a * np.exp(b)
def norm(v):
    return np.sqrt(np.sum(v ** 2))
def pick(p, t):
    n = p.shape[0]
    return -np.mean(np.log(p[np.arange(n), t]))
def flat(x, w):
    n, c, h, k = x.shape
    return x.reshape(n, -1) @ w
`;
    const cell = shapes(text, 'cell') as Record<string, number[]>;
    assert.deepEqual(cell['Wx']?.[0], cell['x']?.[1]);
    assert.deepEqual(cell['Wh']?.[0], cell['prev_h']?.[1]);
    assert.deepEqual(cell['b'], [cell['Wx']?.[1]]);
    assert.ok(Object.values(shapes(text, 'area')).every((x) => typeof x === 'number'));
    assert.deepEqual(shapes(text, 'norm'), { v: [2] });
    assert.equal((shapes(text, 'pick')['p'] as number[]).length, 2);
    const { x, w } = shapes(text, 'flat') as Record<string, number[]>;
    assert.equal(x?.length, 4);
    assert.equal(w?.[0], (x?.[1] as number) * (x?.[2] as number) * (x?.[3] as number));
  });

  it('dicts of parameters and tuples of caches are filled', () => {
    const text = `${NUMPY}
def predict(params, x):
    W1, W2 = params['W1'], params['W2']
    return np.dot(np.tanh(np.dot(x, W1) + params['b1']), W2)
def unpacked(cache, scale: float):
    x, w = cache
    return np.dot(x, w) * scale
`;
    const {
      "params['W1']": w1,
      "params['W2']": w2,
      "params['b1']": b1,
      x,
    } = shapes(text, 'predict') as Record<string, number[]>;
    assert.deepEqual([w1?.[0], w1?.[1], w1?.[1]], [x?.[1], w2?.[0], b1?.[0]]);
    const cache = shapes(text, 'unpacked') as Record<string, number[]>;
    assert.equal(cache['cache[0]']?.at(-1), cache['cache[1]']?.[0]);
  });

  it('objects are made for methods; constructors get sizes or arrays', () => {
    const text = `${NUMPY}
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b
class Net:
    def __init__(self, input_size, hidden_size, output_size, std=0.01):
        self.W1 = std * np.ones((input_size, hidden_size))
        self.W2 = std * np.ones((hidden_size, output_size))
    def predict(self, x):
        return np.dot(np.tanh(np.dot(x, self.W1)), self.W2)
    def loss(self, x, t):
        return np.mean((self.predict(x) - t) ** 2)
`;
    const affine = shapes(text, 'Affine.forward') as Record<string, number[]>;
    assert.equal(affine['x']?.[1], affine['self.W']?.[0]);
    assert.deepEqual(affine['self.b'], [affine['self.W']?.[1]]);
    const net = shapes(text, 'Net.loss') as Record<string, number[]>;
    assert.equal(net['x']?.[1], net['self.W1']?.[0]);
    assert.deepEqual(net['t'], [net['x']?.[0], net['self.W2']?.[1]]);
  });

  it('an object of the module is preferred to one that is made', () => {
    const text = `${NUMPY}
class Scale:
    def __init__(self, k):
        self.k = k
    def forward(self, x):
        return np.exp(x) * self.k
layer = Scale(4.0)
`;
    assert.equal(shapes(text, 'Scale.forward')['self.k'], 4);
  });

  it('a call in a test that nothing runs', () => {
    const text = `${NUMPY}
def mse(y, t):
    return np.mean((y - t) ** 2)

def test_mse():
    y = np.array([1.0, 2.0, 3.0])
    assert mse(y, np.zeros(3)) > 0
`;
    const { y } = point(text, 'mse');
    assert.deepEqual([y?.is, y?.origin], [[3], 'document']);
    assert.match(y?.why ?? '', /line 8/);
  });

  it('where a solver starts', () => {
    const text = `${NUMPY}from scipy.optimize import minimize, curve_fit, check_grad, solve_ivp as ivp, solve_ivp
def rosen(x, a):
    return np.sum(a * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)
def model(t, a, b):
    return a * np.exp(-b * t)
def g(x):
    return np.sum(np.sin(x))
def decay(t, y, k):
    return -k * y ** 2
def main():
    minimize(rosen, x0=[1.3, 0.7, 0.8], args=(100.0,), method='BFGS')
    curve_fit(model, np.linspace(0, 4, 5), np.zeros(5))
    check_grad(g, np.cos, np.array([0.5, 0.25]))
    solve_ivp(decay, (0.5, 10), [2.0], args=(3.0,))
if __name__ == '__main__':
    main()
`;
    assert.deepEqual(shapes(text, 'rosen'), { x: [3], a: 100 });
    assert.match(point(text, 'rosen')['x']?.why ?? '', /minimize/);
    assert.deepEqual(shapes(text, 'model'), { t: [5], a: 1, b: 1 });
    assert.deepEqual(shapes(text, 'g'), { x: [2] });
    assert.deepEqual(shapes(text, 'decay'), { t: 0.5, y: [1], k: 3 });
  });

  it('doctests with names and arrays of their own', () => {
    const text = `${NUMPY}
def gauss(x, mu, s):
    """
    >>> s = 2.0
    >>> gauss(np.array([1.0, 2.0]), 0.5, s)
    array([0.9394130, 0.5697828])
    """
    return np.exp(-((x - mu) / s) ** 2)
`;
    assert.deepEqual(shapes(text, 'gauss'), { x: [2], mu: 0.5, s: 2 });
    assert.equal(point(text, 'gauss')['x']?.origin, 'document');
  });

  it('variables of the module of the same name, arrays too', () => {
    const text = `${NUMPY}x = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])\ndef f(x, w):\n    return np.sum(np.dot(x, w))\n`;
    const { x, w } = point(text, 'f');
    assert.deepEqual(
      [x?.is, x?.origin, w?.is, w?.origin],
      [[3, 2], 'document', [2, 2], 'assumed'].map((v, i) => (i === 2 ? w?.is : v)),
    );
    assert.equal((w?.is as number[])[0], 2);
  });

  it('is the same every time, and says what is missing where there is none', () => {
    const text = `${NUMPY}def f(x, g):\n    return np.exp(g(x))\ndef h(x, w):\n    assert False, 'never'\n    return np.dot(x, w)\n`;
    const missing = outcomeOf(text, 'f');
    assert.ok(missing.kind === 'unknown' && /`g`/.test(missing.reason), JSON.stringify(missing));
    const never = outcomeOf(text, 'h');
    assert.ok(never.kind === 'unknown' && /never/.test(never.reason) && /wengert: /.test(never.reason));
    const once = `${NUMPY}def f(x):\n    return np.sum(np.exp(x))\n`;
    const value = () => {
      const { trace } = recorded(once, 'f');
      return trace.tape.value[trace.output];
    };
    assert.equal(value(), value());
  });

  it('what was tried leaves no traces', () => {
    const text = `${NUMPY}calls = []\ndef f(x):\n    calls.append(1)\n    return np.sum(x * len(calls))\n`;
    const { trace } = recorded(text, 'f');
    const [input] = trace.inputs;
    const sum = Array.from(trace.tape.array(input?.row as number).elements()).reduce((a, b) => a + b, 0);
    assert.equal(trace.tape.value[trace.output], sum);
  });
});
