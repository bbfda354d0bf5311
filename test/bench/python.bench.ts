/**
 * Evaluating Python: a script of 300 lines with 20,000 scalar operations, a million operations, and what a keystroke costs in
 * a long file. Times are of the processor, not of the clock, so that a busy machine does not count.
 * Run: npm run bench -- python
 */
import { DEFAULT_BUDGET, type Workspace } from '../../src/languages/frontEnd';
import { analyse, type PythonAnalysis } from '../../src/languages/python/analysis';
import { pythonFrontEnd } from '../../src/languages/python/frontEnd';
import { ModuleScope } from '../../src/languages/python/frame';
import { runModule } from '../../src/languages/python/run';
import { Runtime } from '../../src/languages/python/runtime';
import { median } from './harness';

const NO_FILES: Workspace = { text: () => null, bytes: () => null, roots: [] };

/** Milliseconds of processor time that a call takes. */
function timed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function evaluate(analysis: PythonAnalysis, text: string): void {
  const { code } = analysis;
  const rt = new Runtime({ budget: DEFAULT_BUDGET, workspace: NO_FILES, spans: (site) => code.spans(site) });
  const scope = new ModuleScope(code, '__main__', 'file:///bench.py', true);
  rt.scopes.set('__main__', scope);
  runModule(rt, code, scope, text);
  if (scope.failure) throw new Error(scope.failure.unknown.reason);
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

// Each turn of the loop does about 50 elementary operations.
const small = script(300, 400);
const smallTimes: number[] = [];
for (let round = 0; round < 40; round++) {
  smallTimes.push(timed(() => evaluate(open(small), small)));
}
console.log(
  `${small.split('\n').length} lines, 20,000 operations, parsed, compiled and run: ${median(smallTimes.slice(15)).toFixed(1)} ms warm (goal 60), ${(smallTimes[0] as number).toFixed(0)} ms cold`,
);

const LOOP = `total = 0.0
i = 0
while i < 200000:
    total = total + i * 0.5
    i = i + 1
`;
const loopTimes: number[] = [];
const loop = open(LOOP);
for (let round = 0; round < 8; round++) loopTimes.push(timed(() => evaluate(loop, LOOP)));
console.log(`1,000,000 operations in a loop: ${(median(loopTimes.slice(3)) / 1000).toFixed(2)} s (goal 2)`);

const calls = script(300, 20_000);
const callTimes: number[] = [];
const callAnalysis = open(calls);
for (let round = 0; round < 6; round++) callTimes.push(timed(() => evaluate(callAnalysis, calls)));
console.log(`1,000,000 operations in functions: ${(median(callTimes.slice(2)) / 1000).toFixed(2)} s (goal 2)`);

/** What the editor needs after each keystroke: the tree, and what can be traced. Nothing is evaluated. */
let text = script(10_000, 10);
let analysis = open(text);
pythonFrontEnd.find(analysis);
const keystrokes: number[] = [];
const compiled: number[] = [];
for (let k = 0; k < 30; k++) {
  const at = text.indexOf('Function number', Math.floor((text.length * (k + 1)) / 32));
  text = `${text.slice(0, at)}x${text.slice(at)}`;
  keystrokes.push(
    timed(() => {
      analysis = open(text, analysis);
      pythonFrontEnd.find(analysis);
    }),
  );
  compiled.push(timed(() => void analysis.code));
}
console.log(
  `a keystroke in ${text.split('\n').length} lines: ${median(keystrokes.slice(5)).toFixed(0)} ms to read and find, ${median(compiled.slice(5)).toFixed(0)} ms more to compile`,
);
