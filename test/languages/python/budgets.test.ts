/** What costs too much is priced before it is done: no program hangs the evaluation or takes all memory. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { DEFAULT_BUDGET, type Recorded } from '../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { PyUnknown } from '../../../src/languages/python/values/object';
import { evaluate, NO_WORKSPACE } from './evaluate';

const BUDGET = { ...DEFAULT_BUDGET, operations: 300_000 };

/** How an expression ends: `unknown`, `stopped`, an exception, or with a value. */
function end(expression: string): string {
  const { scope, stopped } = evaluate(
    `import math, itertools, random\nimport numpy as np\nx = ${expression}\n`,
    BUDGET,
  );
  if (stopped) return 'stopped';
  const x = scope.get('x');
  if (x instanceof PyUnknown) return 'unknown';
  const reason = scope.failure?.unknown.reason;
  return reason === undefined ? 'value' : (/raises (\w+)/.exec(reason)?.[1] ?? reason);
}

const PRICED: Readonly<Record<string, string>> = {
  '10 ** 10 ** 10': 'unknown',
  "'a' * 10 ** 12": 'unknown',
  'np.zeros((10**6, 10**6))': 'unknown',
  '[0] * 10**10': 'unknown',
  '(1, 2) * 10**10': 'unknown',
  "b'a' * 10**10": 'unknown',
  "'%1000000000d' % 3": 'unknown',
  "f'{3:1000000000d}'": 'unknown',
  "'ab'.center(10**10)": 'unknown',
  "','.join(['a' * 10**6] * 10**4)": 'unknown',
  '1 << 10**10': 'unknown',
  'pow(3, 10**8)': 'unknown',
  "int('9' * 10**6)": 'ValueError',
  'np.arange(10**9)': 'unknown',
  'np.random.randn(10**5, 10**5)': 'unknown',
  'np.repeat(np.ones(10**4), 10**6)': 'unknown',
  'np.ones((10**5, 1)) * np.ones(10**5)': 'unknown',
  'list(range(10**10))': 'stopped',
  'sum(range(10**10))': 'stopped',
  'sum(1 for _ in itertools.count())': 'stopped',
  'list(itertools.product(range(1000), repeat=5))': 'stopped',
  '10**10 in range(10**11)': 'value',
};

describe('budgets', () => {
  for (const [expression, expected] of Object.entries(PRICED)) {
    it(expression, () => assert.equal(end(expression), expected));
  }

  it('a training loop of 10,000 steps is evaluated as far as the budget goes, and that is said', () => {
    const text = `import numpy as np
rng = np.random.RandomState(0)
X = rng.randn(50, 4)
t = X @ np.array([1.0, -2.0, 0.5, 3.0])
w = np.zeros(4)
for step in range(10000):
    r = X @ w - t
    loss = np.mean(r ** 2)
    for k in range(50):
        w[k % 4] = w[k % 4] - 0.001 * r[k] * X[k, k % 4]
`;
    const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
    const traceable = pythonFrontEnd.find(analysis).find((t) => t.id === 'loss');
    assert.ok(traceable);
    const budget = { ...BUDGET, operations: 40_000 };
    const outcome = pythonFrontEnd.record(analysis, traceable, { of: 'w' }, budget, NO_WORKSPACE);
    assert.equal(outcome.kind, 'recorded', outcome.kind === 'unknown' ? outcome.reason : '');
    const { complete, stopped, trace } = outcome as Recorded;
    assert.deepEqual([complete, stopped], [false, 'operations']);
    assert.ok(trace.tape.array(trace.output).elements().every(Number.isFinite));
    // The loss is that of the first turn, which is reached.
    const loss = pythonFrontEnd.record(analysis, traceable, {}, budget, NO_WORKSPACE) as Recorded;
    assert.equal(loss.complete, true);
    assert.ok(Number.isFinite(loss.trace.tape.value[loss.trace.output] as number));
  });

  it('functions behind a loop without an end are there, at a point of their own', () => {
    const text = 'import math\ndef f(x):\n    return math.exp(x) * x\nwhile True:\n    pass\ny = f(2.0)\n';
    const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
    const traceable = pythonFrontEnd.find(analysis).find((t) => t.id === 'f');
    assert.ok(traceable);
    const outcome = pythonFrontEnd.record(analysis, traceable, {}, BUDGET, NO_WORKSPACE);
    assert.equal(outcome.kind, 'recorded');
    assert.equal((outcome as Recorded).trace.inputs[0]?.origin.kind, 'assumed');
  });
});
