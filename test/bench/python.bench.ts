/**
 * Evaluating Python: a script of 300 lines with 20,000 scalar operations, a million operations, and what a keystroke costs in
 * a long file. Times are of the processor, not of the clock, so that a busy machine does not count.
 * Run: npm run bench -- python
 */
import assert from 'node:assert/strict';
import { DEFAULT_BUDGET, type Workspace } from '../../src/languages/frontEnd';
import { analyse, type PythonAnalysis } from '../../src/languages/python/analysis';
import { pythonFrontEnd } from '../../src/languages/python/frontEnd';
import { ModuleScope } from '../../src/languages/python/frame';
import { runModule } from '../../src/languages/python/run';
import { PyFloat, type PyValue } from '../../src/languages/python/values/object';
import { Runtime } from '../../src/languages/python/runtime';
import { processorTime } from './harness';

const NO_FILES: Workspace = { text: () => null, bytes: () => null, roots: [] };

/** Runs a script, and gives its `total`. */
function evaluate(analysis: PythonAnalysis, text: string): PyValue | undefined {
  const { code } = analysis;
  const rt = new Runtime({ budget: DEFAULT_BUDGET, workspace: NO_FILES, spans: (site) => code.spans(site) });
  const scope = new ModuleScope(code, '__main__', 'file:///bench.py', true);
  rt.scopes.set('__main__', scope);
  runModule(rt, code, scope, { text });
  if (scope.failure) throw new Error(scope.failure.unknown.reason);
  return scope.get('total');
}

let version = 0;
const open = (text: string, previous?: PythonAnalysis) =>
  analyse({ uri: 'file:///bench.py', languageId: 'python', version: ++version, text }, previous);

/** A script as students write them: functions of a few lines, loops, classes, a training loop. */
function script(lines: number, turns: number): string {
  const parts = ['import math', ''];
  let i = 0;
  while (parts.join('\n').split('\n').length < lines - 12) {
    i++;
    parts.push(
      `def f${i}(x, y):
    """Function number ${i}."""
    a = x * y + ${i}.5
    b = a * a - x / (1.0 + y * y)
    if b > 0:
        b = b - 0.5 * a
    return b * 0.01 + a`,
      `class Layer${i}:
    def __init__(self, w):
        self.w = w
    def forward(self, x):
        self.x = x
        return math.tanh(self.w * x + f${i}(x, self.w))
`,
    );
  }
  parts.push(
    'total = 0.0',
    `for k in range(${turns}):`,
    '    x = k * 0.001',
    ...Array.from({ length: 4 }, (_, k) => `    total += f${(k % i) + 1}(x, 0.5) * 0.1`),
    'layer = Layer1(0.5)',
    'y = layer.forward(total)',
  );
  return parts.join('\n') + '\n';
}

/** What the scripts add up, by CPython. */
const TOTALS = { small: 510.60369340000017, calls: 68924.38866999983 };

// Each turn of the loop does about 50 elementary operations.
const small = script(300, 400);
const start = performance.now();
assert.deepEqual(evaluate(open(small), small), new PyFloat(TOTALS.small));
const cold = performance.now() - start;
const warm = processorTime(() => evaluate(open(small), small), { calls: 25, warmUp: 15 });
console.log(
  `${small.split('\n').length} lines, 20,000 operations, parsed, compiled and run: ${warm.toFixed(1)} ms warm (goal 60), ${cold.toFixed(0)} ms cold`,
);

const LOOP = `total = 0.0
i = 0
while i < 200000:
    total = total + i * 0.5
    i = i + 1
`;
const loop = open(LOOP);
assert.deepEqual(evaluate(loop, LOOP), new PyFloat(0.5 * 199_999 * 100_000));
const looping = processorTime(() => evaluate(loop, LOOP), { calls: 5, warmUp: 2 });
console.log(`1,000,000 operations in a loop: ${(looping / 1000).toFixed(2)} s (goal 2)`);

const calls = script(300, 20_000);
const callAnalysis = open(calls);
assert.deepEqual(evaluate(callAnalysis, calls), new PyFloat(TOTALS.calls));
const calling = processorTime(() => evaluate(callAnalysis, calls), { calls: 4, warmUp: 1 });
console.log(`1,000,000 operations in functions: ${(calling / 1000).toFixed(2)} s (goal 2)`);

/** What the editor needs after each keystroke: the tree, and what can be traced. Nothing is evaluated. */
let text = script(10_000, 10);
let analysis = open(text);
const traceables = pythonFrontEnd.find(analysis).length;
let k = 0;
const write = () => {
  const at = text.indexOf('Function number', Math.floor((text.length * (++k % 30)) / 32));
  text = `${text.slice(0, at)}x${text.slice(at)}`;
  analysis = open(text, analysis);
  assert.equal(pythonFrontEnd.find(analysis).length, traceables);
};
const keystroke = processorTime(write, { calls: 25, warmUp: 5 });
const compiled = processorTime(() => (write(), analysis.code), { calls: 25, warmUp: 5 });
console.log(
  `a keystroke in ${text.split('\n').length} lines: ${keystroke.toFixed(0)} ms to read and find, ${compiled.toFixed(0)} ms with compiling`,
);
