/** What is said of wrong derivatives, of unfinished ones, and of what only looks like one. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import type { PairCheck } from '../../../../src/languages/frontEnd';
import { checkPairs } from './support/checkPairs';

function only(text: string): PairCheck {
  const checks = checkPairs(`import numpy as np\n\n${text}`);
  assert.equal(checks.length, 1, checks.map((c) => c.pair.id).join(', '));
  return (checks[0] as (typeof checks)[number]).check;
}

const NETWORK = `
class Net:
    def __init__(self):
        self.W1 = np.array([[0.3, -0.2, 0.5], [0.1, 0.8, -0.4]])
        self.W2 = np.array([[0.7], [-0.6], [0.2]])

    def forward(self, x):
        self.x = x
        self.Z1 = x @ self.W1
        self.A1 = np.tanh(self.Z1)
        return self.A1 @ self.W2

    def backward(self, dout):
        self.dW2 = self.A1.T @ dout
        dA1 = dout @ self.W2.T
        dZ1 = dA1 * (1 - self.A1)
        self.dW1 = self.x.T @ dZ1
        return dZ1 @ self.W1.T
`;

describe('causes of wrong derivatives', () => {
  it('a softmax over the whole batch: the axis is missing in the forward pass', () => {
    const check = only(`
def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.sum(e)

class SoftmaxWithLoss:
    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        return -np.sum(t * np.log(self.y)) / x.shape[0]

    def backward(self, dout=1):
        return (self.y - self.t) / self.t.shape[0]
`);
    assert.equal(check.verdict, 'fail');
    assert.equal(check.cause?.code, 'missing-axis');
    assert.match(check.message, /np\.sum\(e\)/);
    assert.match(check.fixes[0]?.title ?? '', /axis=-1, keepdims=True/);
  });

  it('the first wrong line of a backward pass; what follows inherits its error', () => {
    const check = only(NETWORK);
    assert.equal(check.verdict, 'fail');
    assert.match(check.message, /the first wrong value is `dZ1` in line 18/);
    assert.deepEqual(
      check.related.map((r) => r.message),
      ['`self.dW1` inherits the error of line 18'],
    );
    assert.deepEqual(
      check.gradients.map((g) => [g.name, g.verdict]),
      [
        ['x', 'fail'],
        ['self.W2', 'pass'],
        ['self.W1', 'fail'],
      ],
    );
  });

  it('an ignored upstream gradient passes with ones, and is caught', () => {
    const check = only(`
class Square:
    def forward(self, x):
        self.x = x
        return x ** 2

    def backward(self, dout):
        return 2 * self.x
`);
    assert.equal(check.verdict, 'fail');
    assert.equal(check.cause?.code, 'upstream-ignored');
  });

  it('a mean taken for a sum is named by the batch size', () => {
    const check = only(`
class MeanSquares:
    def forward(self, y, t):
        self.y, self.t = y, t
        return np.sum((y - t) ** 2) / y.shape[0]

    def backward(self):
        return 2 * (self.y - self.t)

layer = MeanSquares()
layer.forward(np.linspace(0.1, 0.9, 15).reshape(5, 3), np.linspace(0.3, 0.4, 15).reshape(5, 3))
`);
    assert.equal(check.verdict, 'fail');
    assert.equal(check.cause?.code, 'constant-factor');
    assert.match(check.cause?.text ?? '', /the batch size/);
  });

  it('regularisation that is left out', () => {
    const check = only(`
def ridge_loss(w, X, y):
    r = X @ w - y
    return np.mean(r ** 2) + 0.1 * np.sum(w ** 2)

def ridge_loss_gradient(w, X, y):
    return 2 * X.T @ (X @ w - y) / len(y)
`);
    assert.equal(check.verdict, 'fail');
    assert.equal(check.cause?.code, 'regularisation');
  });

  it('swapped gradients of a product', () => {
    const check = only(`
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dout):
        dx = dout * self.x
        dy = dout * self.y
        return dx, dy
`);
    assert.equal(check.verdict, 'fail');
    assert.equal(check.cause?.code, 'swapped');
  });

  it('a cache that is never renewed', () => {
    const check = only(`
class Cube:
    def __init__(self):
        self.x = None

    def forward(self, x):
        if self.x is None:
            self.x = x
        return x ** 3

    def backward(self, dout):
        return dout * 3 * self.x ** 2
`);
    assert.equal(check.verdict, 'fail');
    assert.equal(check.cause?.code, 'stale-cache');
  });

  it('a correction is offered as an edit', () => {
    const check = only(`
def swish(x):
    return x / (1 + np.exp(-x))

def swish_derivative(x):
    s = 1 / (1 + np.exp(-x))
    return s + x * s * (1 + s)
`);
    assert.equal(check.cause?.code, 'sign');
    assert.deepEqual(
      check.fixes[0]?.edits.map((e) => e.text),
      ['1 - s'],
    );
  });

  it('an epsilon inside the forward pass is allowed for, a larger one is not', () => {
    const text = (epsilon: string) => `
def log_loss(p, t):
    return -np.sum(t * np.log(p + ${epsilon}))

def log_loss_gradient(p, t):
    return -t / p
`;
    const small = only(text('1e-5'));
    assert.equal(small.verdict, 'pass', small.message);
    assert.ok(small.notes.some((n) => n.includes('1e-5')));
    assert.equal(only(text('8e-4')).verdict, 'fail');
  });

  it('what is not written yet is unknown', () => {
    for (const body of [
      'pass',
      'raise NotImplementedError()',
      'return None',
      '# TODO\n    dx = None\n    return dx',
      '...',
    ]) {
      const check = only(`
def cube(x):
    return x ** 3

def cube_derivative(x):
    ${body}
`);
      assert.equal(check.verdict, 'unknown', body);
      assert.equal(check.code, 'not-written', body);
    }
  });

  it('names alone make no failure: the losses of two players', () => {
    const check = only(`
def loss(real, fake):
    return np.mean(np.log(real)) + np.mean(np.log(1 - fake))

def d_loss(real, fake):
    return -np.mean(np.log(real)) - np.mean(np.log(fake)) ** 2
`);
    assert.equal(check.verdict, 'unknown');
    assert.equal(check.code, 'names-alone');
  });

  it('a directive makes a pair of any two functions', () => {
    const check = only(`
# wengert: checks height = climb
def height(x):
    return x ** 3

def climb(x):
    return 3 * x
`);
    assert.equal(check.verdict, 'fail');
  });

  it("a reader's own numerical gradient is left alone", () => {
    const checks = checkPairs(`
def f(x):
    return x ** 2

def numerical_gradient(f, x, h=1e-4):
    return (f(x + h) - f(x - h)) / (2 * h)

def numerical_grad_f(x):
    return numerical_gradient(f, x)
`);
    assert.deepEqual(checks, []);
  });

  it('says by which argument a pair was checked, also where the derivative lacks a variable', () => {
    const checks = checkPairs(`
import numpy as np

def x1(a, x): return -a*x

def derx1(a, x): return -a

def x0(x): return x

def derx0(): return 1

def L(y, x): return -y*x

def derL(y): return -y
`);
    assert.deepEqual(
      checks.map(({ pair, check }) => [pair.name, check.verdict, check.gradients.map((g) => g.name)]),
      [
        ['derx1', 'pass', ['x']],
        ['derx0', 'pass', ['x']],
        ['derL', 'pass', ['x']],
      ],
    );
  });

  it('an exception of the backward pass is an error with its own message', () => {
    const check = only(`
class Affine:
    def __init__(self, W):
        self.W = W

    def forward(self, x):
        return x @ self.W

    def backward(self, dout):
        dx = dout @ self.W.T
        self.dW = self.x.T @ dout
        return dx
`);
    assert.equal(check.verdict, 'error');
    assert.match(check.message, /AttributeError: 'Affine' object has no attribute 'x'/);
  });

  it('a Jacobian and a Hessian are judged entry by entry', () => {
    const solver = (slope: string, bend: string) => `
from scipy.optimize import minimize, root

def f(x):
    return [x[0] ** 2 * x[1], 5 * x[0] + np.sin(x[1])]

def f_jac(x):
    return [[2 * x[0] * x[1], ${slope}], [5, np.cos(x[1])]]

root(f, [1.2, 0.7], jac=f_jac)

def hill(x):
    return x[0] ** 3 + x[0] * x[1] ** 2

def hill_slopes(x):
    return np.array([3 * x[0] ** 2 + x[1] ** 2, 2 * x[0] * x[1]])

def hill_bend(x):
    return np.array([[6 * x[0], ${bend}], [2 * x[1], 2 * x[0]]])

minimize(hill, [0.4, 0.9], method='Newton-CG', jac=hill_slopes, hess=hill_bend)
`;
    const verdicts = (text: string) => checkPairs(`import numpy as np\n${text}`).map(({ check }) => check.verdict);
    assert.deepEqual(verdicts(solver('x[0] ** 2', '2 * x[1]')), ['pass', 'pass', 'pass']);
    assert.deepEqual(verdicts(solver('x[0] ** 2', '2 * x[0]')), ['pass', 'pass', 'fail']);
    const [jacobian] = checkPairs(`import numpy as np\n${solver('np.exp(x[0])', '2 * x[1]')}`);
    assert.equal(jacobian?.check.verdict, 'fail');
    assert.deepEqual(jacobian.check.gradients[0]?.worst?.index, [0, 1]);
    assert.match(jacobian.check.cause?.text ?? '', /only the entry \[0, 1\]/);
  });

  it('a dict of gradients that holds itself ends', () => {
    const check = only(`
def loss_and_grads(w, x, y):
    r = x @ w - y
    loss = np.sum(r ** 2)
    grads = {}
    grads['w'] = 2 * x.T @ r
    grads['all'] = grads
    return loss, grads
`);
    assert.equal(check.verdict, 'pass');
  });

  it('nothing passes at a point without numbers', () => {
    // The sum from the second element on suggests a vector of one element, and from it one of none.
    const { check } = checkPairs(`import numpy as np

def inner(a, M, t, k):
    s = M.dot(a)
    value = sum((s - t) ** 2) / len(t) + k * sum(a ** 2)
    slope = 2 / len(t) * sum((s - t)[:, None] * M)
    slope[1:-1] = slope[1:-1] + 2 * k * a[1:-1]
    return value, slope

def costfunc(a, M, t, k):
    return inner(a, M, t, k)[0]

def gradfunc(a, M, t, k):
    return inner(a, M, t, k)[1]
`).find(({ pair }) => pair.id.includes('gradfunc'))!;
    assert.equal(check.verdict, 'fail', check.message);
    assert.notDeepEqual(check.point['a'], []);
  });

  it('zeros are no agreement where the argument is open', () => {
    const text = readFileSync(path.join(__dirname, 'harmless', 'vanishing.py'), 'utf8');
    const [only] = checkPairs(text);
    assert.equal(only?.check.verdict, 'unknown');
    assert.match(only.check.message, /vanishes/);
  });

  it('names alone make no pair where nothing is differentiated', () => {
    const text = readFileSync(path.join(__dirname, 'harmless', 'ordinary.py'), 'utf8');
    assert.deepEqual(checkPairs(text), []);
  });

  it('partial derivatives in one array are told apart', () => {
    const check = only(`
def hill(u, v):
    return u ** 2 * v + np.sin(v)

def hill_grad(u, v):
    du = 2 * u * v
    dv = u ** 2 - np.cos(v)
    return np.array([du, dv])
`);
    assert.equal(check.verdict, 'fail');
    assert.deepEqual(
      check.gradients.map((g) => [g.name, g.claim, g.verdict]),
      [
        ['u', 'du', 'pass'],
        ['v', 'dv', 'fail'],
      ],
    );
  });

  it('a loss that has kept an axis is a loss', () => {
    const text = (sign: string) => `
class Net:
    def __init__(self):
        self.W = np.array([[0.3, 0.5, -0.4], [-0.2, 0.1, 0.6]])
        self.out = None

    def forward(self, X):
        self.h = np.tanh(X @ self.W)
        return self.h @ np.array([[1.0], [-2.0], [0.5]])

    def cost_function(self, X, y):
        self.out = self.forward(X)
        return 0.5 * sum((y - self.out) ** 2)

    def cost_function_prime(self, X, y):
        self.out = self.forward(X)
        dJdW = X.T @ (${sign}(y - self.out) @ np.array([[1.0, -2.0, 0.5]]) * (1 - self.h ** 2))
        return dJdW

net = Net()
net.cost_function(np.array([[0.1, 0.9], [0.7, -0.4], [0.2, 0.3]]), np.array([[1.0], [0.0], [0.5]]))
`;
    assert.equal(only(text('-')).verdict, 'pass');
    assert.equal(only(text('')).verdict, 'fail');
  });

  it('harmless rewrites pass', () => {
    for (const derivative of [
      's - s ** 2',
      'np.exp(-x) * s ** 2',
      '1 / (2 + np.exp(x) + np.exp(-x))',
      '0.25 / np.cosh(x / 2) ** 2',
    ]) {
      const check = only(`
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    s = sigmoid(x)
    return ${derivative}
`);
      assert.equal(check.verdict, 'pass', derivative);
    }
  });

  it('a bias that the constructor makes is in the shape that it is meant to have', () => {
    const check = only(`
class Linear:
    def __init__(self, n, m):
        self.W = np.random.randn(n, m) * 0.1
        self.b = np.zeros(m)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout
        return dout @ self.W.T
`);
    assert.equal(check.verdict, 'fail');
    assert.match(check.message, /`self\.db` is not summed over the batch/);
    assert.equal(check.fixes[0]?.title, 'Replace `dout` by `dout.sum(axis=0)`');
  });

  it('part of a file, without its imports', () => {
    const [first] = checkPairs(`
def compute_cost(X, y, theta):
    h = X.dot(theta)
    return ((h - y) ** 2).sum() / (2 * len(y))

def compute_gradient(X, y, theta):
    return X.T.dot(X.dot(theta) - y)
`);
    assert.equal(first?.check.verdict, 'fail');
    assert.match(first.check.fixes[0]?.title ?? '', / by `X\.T\.dot\(X\.dot\(theta\) - y\) \/ len\(y\)`$/);
  });

  it('a whole overrules only the parts that it comes through', () => {
    const checks = checkPairs(`
import numpy as np

class Scale:
    def __init__(self):
        self.w = np.array([0.5, -1.5])

    def forward(self, x):
        self.x = x
        return x * self.w

    def backward(self, dout):
        self.dw = np.sum(dout * self.x, axis=0)
        return dout * self.w

class Unused:
    def forward(self, x):
        self.x = x
        return np.sin(x)

    def backward(self, dout):
        return 2 * dout * np.cos(self.x)

rate = 0.1
layer = Scale()
x = np.array([[1.0, 2.0], [0.3, -0.7], [1.1, 0.4]])
for turn in range(3):
    y = layer.forward(x)
    loss = 0.5 * np.sum(y ** 2)
    layer.backward(y)
    layer.w -= rate * layer.dw
`);
    const verdicts = Object.fromEntries(checks.map(({ pair, check }) => [pair.name, check.verdict]));
    assert.deepEqual(verdicts, { 'Scale.backward': 'pass', 'Unused.backward': 'fail', 'step of layer.w': 'pass' });
  });

  it('an argument of a backward pass that no name and no call explains makes no failure', () => {
    const loss = `
class Loss:
    def forward(self, scores, labels):
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        self.output = e / e.sum(axis=1, keepdims=True)
        return -np.log(self.output[np.arange(len(labels)), labels]).mean()

    def backward(self, dvalues, labels):
        self.dscores = dvalues.copy()
        self.dscores[np.arange(len(labels)), labels] -= 1
        self.dscores = self.dscores / len(labels)
`;
    assert.equal(only(loss).verdict, 'unknown');
    const used = `${loss}
labels = np.array([0, 2, 1, 1])
loss = Loss()
value = loss.forward(np.array([[0.1, 0.4, -0.2], [1.0, 0.2, 0.3], [0.5, -0.5, 0.1], [0.2, 0.9, 0.4]]), labels)
loss.backward(loss.output, labels)
`;
    assert.equal(only(used).verdict, 'pass');
    assert.equal(only(used.replace('-= 1', '-= 2')).verdict, 'fail');
  });

  it('the first wrong value of several layers that name their gradients alike', () => {
    const text = readFileSync(path.join(__dirname, 'pairs', 'results_in_fields.py'), 'utf8');
    const damaged = text.replace('self.dsignal[self.signal <= 0]', 'self.dsignal[dvalues <= 0]');
    const loop = checkPairs(damaged).find(({ pair }) => pair.name.startsWith('step of'));
    const line = damaged.slice(0, damaged.indexOf('[dvalues <= 0]')).split('\n').length;
    assert.equal(loop?.check.verdict, 'fail');
    assert.match(loop.check.message, new RegExp(`the first wrong value is \`self\\.dsignal\` in line ${line}$`));
  });
});
