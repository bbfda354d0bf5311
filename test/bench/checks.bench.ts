/**
 * The gradient check of a two-layer network 784-50-10 by all of its 39,760 parameters: the hand-written gradient against the
 * reverse sweep, and the tracer against itself along random directions. Times are of the processor, not of the clock, so
 * that a busy machine does not count. Run: npx tsx test/bench/checks.bench.ts
 */
import assert from 'node:assert/strict';
import { Recorder } from '../../src/autodiff/recorder';
import { CheckCancelled, checkGradient } from '../../src/autodiff/gradientCheck';
import { DEFAULT_BUDGET } from '../../src/languages/frontEnd';
import { analyse } from '../../src/languages/python/analysis';
import { pythonPairs } from '../../src/languages/python/check/pairs';
import { fromValues, type NdArray } from '../../src/tensor';
import { NO_WORKSPACE } from '../languages/python/evaluate';
import { processorTime } from './harness';

const TEXT = `
import numpy as np

class TwoLayers:
    def __init__(self):
        rng = np.random.RandomState(0)
        self.params = {'W1': 0.01 * rng.randn(784, 50), 'b1': np.zeros(50), 'W2': 0.01 * rng.randn(50, 10), 'b2': np.zeros(10)}

    def loss(self, x, t):
        p = self.params
        h = np.maximum(0, x @ p['W1'] + p['b1'])
        s = h @ p['W2'] + p['b2']
        s = s - s.max(axis=1, keepdims=True)
        y = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        return -np.sum(t * np.log(y)) / len(x)

    def gradient(self, x, t):
        p = self.params
        a = x @ p['W1'] + p['b1']
        h = np.maximum(0, a)
        s = h @ p['W2'] + p['b2']
        s = s - s.max(axis=1, keepdims=True)
        y = np.exp(s) / np.exp(s).sum(axis=1, keepdims=True)
        d = (y - t) / len(x)
        grads = {'W2': h.T @ d, 'b2': d.sum(axis=0)}
        dh = (d @ p['W2'].T) * (a > 0)
        grads['W1'] = x.T @ dh
        grads['b1'] = dh.sum(axis=0)
        return grads

rng = np.random.RandomState(1)
x = rng.rand(10, 784)
t = np.eye(10)[rng.randint(0, 10, 10)]
print(TwoLayers().loss(x, t))
`;

let message = '';
let version = 0;
const byHand = processorTime(
  () => {
    const analysis = analyse({ uri: 'file:///bench.py', languageId: 'python', version: ++version, text: TEXT });
    const [pair] = pythonPairs.find(analysis);
    assert.ok(pair);
    const check = pythonPairs.check(analysis, pair, {}, DEFAULT_BUDGET, NO_WORKSPACE);
    assert.equal(check.kind, 'checked');
    message = `${check.verdict}, ${check.gradients.length} arrays`;
    assert.equal(message, 'pass, 4 arrays');
  },
  { calls: 6, warmUp: 3 },
);
console.log(`by hand against the sweep: ${byHand.toFixed(0)} ms at the median (goal 1000): ${message}`);

/** The same network as a trace. */
function network() {
  const recorder = new Recorder({ dialect: 'numpy', spans: () => [] });
  let state = 1;
  const array = (...shape: number[]): NdArray => {
    const size = shape.reduce((a, n) => a * n, 1);
    return fromValues(
      'float64',
      shape,
      Float64Array.from({ length: size }, () => (state = (state * 16807) % 2147483647) / 2147483647 - 0.5),
    );
  };
  const x = recorder.constant(array(10, 784));
  const parameters = (
    [
      ['W1', [784, 50]],
      ['b1', [50]],
      ['W2', [50, 10]],
      ['b2', [10]],
    ] as const
  ).map(([name, shape], i) => recorder.input([name], array(...shape), { kind: 'document' }, i));
  const [w1, b1, w2, b2] = parameters as [number, number, number, number];
  const h = recorder.elementwise('tanh', 1, recorder.elementwise('add', 1, recorder.tensor('matmul', [x, w1]), b1));
  const s = recorder.elementwise('add', 2, recorder.tensor('matmul', [h, w2]), b2);
  const loss = recorder.tensor('mean', [recorder.elementwise('mul', 3, s, s)]);
  return recorder.finish(loss, ['loss']);
}

const trace = network();
let evaluations = 0;
const fast = processorTime(
  () => {
    const check = checkGradient(trace, { mode: 'fast' });
    assert.equal(check.verdict, 'pass');
    ({ evaluations } = check);
  },
  { calls: 6, warmUp: 3 },
);
console.log(`tracer against itself, fast: ${fast.toFixed(0)} ms at the median (goal 1000), ${evaluations} evaluations`);

/** How far a full check gets in some directions before it is ended. */
const LOOKED_AT = 20;
let total = 0;
const some = processorTime(
  () => {
    assert.throws(
      () =>
        checkGradient(trace, {
          mode: 'full',
          progress: (done, all) => {
            total = all;
            return done < LOOKED_AT;
          },
        }),
      CheckCancelled,
    );
  },
  { calls: 3, warmUp: 1 },
);
const minutes = ((some / LOOKED_AT) * total) / 60_000;
console.log(
  `tracer against itself, full: ended after ${LOOKED_AT} of ${total} directions, ${(some / LOOKED_AT).toFixed(1)} ms each: all in ${minutes.toFixed(0)} min`,
);
