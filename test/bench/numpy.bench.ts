/**
 * NumPy in the evaluator: a numerical gradient written as a Python loop, and elementwise operations on a million elements
 * against plain loops over typed arrays. Run: npm run bench -- numpy
 */
import assert from 'node:assert/strict';
import { evaluate, NO_WORKSPACE } from '../languages/python/evaluate';
import { binary, compare, unary } from '../../src/languages/python/operators';
import { numpy } from '../../src/languages/python/numpy';
import { PyArray } from '../../src/languages/python/numpy/array';
import { Runtime } from '../../src/languages/python/runtime';
import type { PyBuiltin, PyValue } from '../../src/languages/python/values/object';
import { fromValues } from '../../src/tensor';
import { bench, type Measured } from './harness';

/** A 3-4-3 network on a batch of five: 31 parameters, two forward passes each, the parameters changed in place. */
const NUMERICAL_GRADIENT = `import numpy as np

class TwoLayers:
    def __init__(self):
        rng = np.random.RandomState(0)
        self.params = {
            'W1': 0.5 * rng.randn(3, 4), 'b1': np.zeros(4),
            'W2': 0.5 * rng.randn(4, 3), 'b2': np.zeros(3),
        }

    def loss(self, x, t):
        hidden = 1 / (1 + np.exp(-(np.dot(x, self.params['W1']) + self.params['b1'])))
        scores = np.dot(hidden, self.params['W2']) + self.params['b2']
        scores = scores - np.max(scores, axis=1, keepdims=True)
        y = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
        return -np.sum(t * np.log(y + 1e-7)) / x.shape[0]

def numerical_gradient(f, p):
    h = 1e-4
    grad = np.zeros_like(p)
    it = np.nditer(p, flags=['multi_index'], op_flags=['readwrite'])
    while not it.finished:
        i = it.multi_index
        kept = p[i]
        p[i] = kept + h
        above = f()
        p[i] = kept - h
        below = f()
        grad[i] = (above - below) / (2 * h)
        p[i] = kept
        it.iternext()
    return grad

net = TwoLayers()
x = np.random.RandomState(1).rand(5, 3)
t = np.eye(3)[[0, 1, 2, 1, 0]]
grads = {key: numerical_gradient(lambda: net.loss(x, t), net.params[key]) for key in net.params}
print(sum(np.abs(g).sum() for g in grads.values()))
`;

// The same text in CPython with NumPy prints this to all but the last digits.
assert.ok(Math.abs(Number(evaluate(NUMERICAL_GRADIENT).output) - 0.8298950298124552) < 1e-9);

const [gradient] = bench(
  'numerical gradient of a 3-4-3 network as a Python loop, parsing and all (goal: at most 100 ms)',
  { evaluate: () => evaluate(NUMERICAL_GRADIENT) },
  { rounds: 5, samples: 5 },
) as [Measured];

const COUNT = 1_000_000;
const budget = { milliseconds: 1e9, operations: 1e15, bytes: 1e15, depth: 1000 };
const runtime = () => new Runtime({ budget, workspace: NO_WORKSPACE, spans: () => [] });

const filled = (f: (i: number) => number) => Float64Array.from({ length: COUNT }, (_, i) => f(i));
const a = filled((i) => Math.sin(i));
const b = filled((i) => 1.5 + Math.cos(i));
const array = (data: Float64Array) => new PyArray(fromValues('float64', [COUNT], data));
const x = array(a);
const y = array(b);

const call = (name: string, ...args: PyValue[]) =>
  (numpy.members.get(name) as PyBuiltin).body(runtime(), args, undefined, 0);
const operator = (op: '+' | '*' | '/', p: PyValue, q: PyValue) => binary(runtime(), op, p, q, 0);

/** Each plain loop is a function of its own, as the engine compiles it best, into a new typed array. */
const CASES: readonly (readonly [string, () => Float64Array | Uint8Array, () => unknown])[] = [
  [
    'x + y',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = a[i]! + b[i]!;
      return out;
    },
    () => operator('+', x, y),
  ],
  [
    'x * 2',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = a[i]! * 2;
      return out;
    },
    () => operator('*', x, 2),
  ],
  [
    'x / y',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = a[i]! / b[i]!;
      return out;
    },
    () => operator('/', x, y),
  ],
  [
    'np.exp(x)',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = Math.exp(a[i]!);
      return out;
    },
    () => call('exp', x),
  ],
  [
    'np.tanh(x)',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = Math.tanh(a[i]!);
      return out;
    },
    () => call('tanh', x),
  ],
  [
    'np.log(y)',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = Math.log(b[i]!);
      return out;
    },
    () => call('log', y),
  ],
  [
    'np.sqrt(y)',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = Math.sqrt(b[i]!);
      return out;
    },
    () => call('sqrt', y),
  ],
  [
    'np.maximum(x, 0)',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = Math.max(a[i]!, 0);
      return out;
    },
    () => call('maximum', x, 0),
  ],
  [
    'np.square(x)',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = a[i]! * a[i]!;
      return out;
    },
    () => call('square', x),
  ],
  [
    'x > 0',
    () => {
      const out = new Uint8Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = Number(a[i]! > 0);
      return out;
    },
    () => compare(runtime(), '>', x, 0, 0),
  ],
  [
    '-x',
    () => {
      const out = new Float64Array(COUNT);
      for (let i = 0; i < COUNT; i++) out[i] = -a[i]!;
      return out;
    },
    () => unary(runtime(), '-', x, 0),
  ],
];

const slow: string[] = [];
for (const [name, plain, evaluated] of CASES) {
  const [expected, value] = [plain(), evaluated()];
  assert.ok(value instanceof PyArray, name);
  const elements = value.nd.elements();
  assert.ok(elements.length === COUNT && expected.every((z, i) => z === elements[i]), name);
  const [, ours] = bench(
    `${name} on a million elements (goal: at most 3 × the plain loop)`,
    { 'plain loop': plain, evaluator: evaluated },
    { rounds: 5, samples: 5 },
  ) as [Measured, Measured];
  if (ours.ratio > 3) slow.push(`${name}: ${ours.ratio.toFixed(1)} ×`);
}
console.log(
  `\nnumerical gradient ${gradient.median.toFixed(1)} ms of 100; ${slow.length === 0 ? 'every elementwise operation within 3 ×' : `beyond 3 ×: ${slow.join(', ')}`}`,
);
