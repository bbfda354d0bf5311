import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { numberSteps } from '../../../src/autodiff/numbering';
import { adjoints } from '../../../src/autodiff/sweeps';
import { rowAt } from '../../../src/autodiff/trace';
import { printNamePath } from '../../../src/format/namePath';
import {
  DEFAULT_BUDGET,
  type Outcome,
  type Recorded,
  type RecordRequest,
  type Workspace,
} from '../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { NO_WORKSPACE } from './evaluate';

const analyse = (text: string, uri = 'file:///w/a.py') =>
  pythonFrontEnd.analyse({ uri, languageId: 'python', version: 1, text });

function outcome(text: string, id: string, request: RecordRequest = {}, workspace: Workspace = NO_WORKSPACE): Outcome {
  const analysis = analyse(text);
  const traceable = pythonFrontEnd.find(analysis).find((t) => t.id === id);
  assert.ok(
    traceable,
    `no traceable ${id} among ${pythonFrontEnd
      .find(analysis)
      .map((t) => t.id)
      .join(', ')}`,
  );
  return pythonFrontEnd.record(analysis, traceable, request, DEFAULT_BUDGET, workspace);
}

function recorded(text: string, id: string, request: RecordRequest = {}, workspace?: Workspace): Recorded {
  const result = outcome(text, id, request, workspace);
  assert.equal(result.kind, 'recorded', result.kind === 'unknown' ? result.reason : result.kind);
  return result as Recorded;
}

/** Value of the output, and the gradient by name. */
function gradient({ trace }: Recorded): { value: number; by: Record<string, number | number[]> } {
  const sweep = adjoints(trace.tape, new Map([[trace.output, 1]]));
  const by: Record<string, number | number[]> = {};
  for (const { row, name } of trace.inputs) {
    by[printNamePath(name)] = trace.tape.isArray(row)
      ? Array.from(sweep.arrays.get(row)?.elements() ?? [])
      : (sweep.scalars[row] as number);
  }
  return { value: trace.tape.value[trace.output] as number, by };
}

const BAYDIN = `import numpy as np
def f(x1, x2):
    return np.log(x1) + x1 * x2 - np.sin(x2)
y = f(2, 5)
`;

describe('Python front end', () => {
  it('records a function at the call in the document, with integers', () => {
    const result = recorded(BAYDIN, 'f');
    const { trace } = result;
    const { rows } = numberSteps(trace);
    assert.deepEqual(
      rows.map((r) => trace.tape.opName(r)),
      ['input', 'input', 'log', 'mul', 'add', 'sin', 'sub'],
    );
    assert.deepEqual(
      rows.map((r) => trace.spans(trace.tape.site(r)).map((s) => BAYDIN.slice(s.from, s.to))[0]),
      ['x1', 'x2', 'np.log(x1)', 'x1 * x2', 'np.log(x1) + x1 * x2', 'np.sin(x2)', 'np.log(x1) + x1 * x2 - np.sin(x2)'],
    );
    assert.deepEqual(gradient(result), { value: 11.652071455223084, by: { x1: 5.5, x2: 1.7163378145367738 } });
    assert.equal(trace.inputs[0]?.origin.kind, 'document');
  });

  it('records a script by the numbers written in its call', () => {
    const result = recorded(BAYDIN, 'y');
    assert.deepEqual(gradient(result).by, { x1: 5.5, x2: 1.7163378145367738 });
    assert.equal(result.choice.rule, 'script');
  });

  it('finds forward and centre differences as a script', () => {
    const text = `import numpy as np
def f(x1, x2):
    return np.log(x1) + x1 * x2 - np.sin(x2)
x1 = 2.0
x2 = 5.0
h = 1e-4
dx1 = (f(x1 + h, x2) - f(x1 - h, x2)) / (2.0 * h)
dx2 = (f(x1, x2 + h) - f(x1, x2 - h)) / (2.0 * h)
`;
    assert.equal(gradient(recorded(text, 'dx2', { of: 'dx1' })).value, 5.500000000422389);
    assert.equal(gradient(recorded(text, 'dx2', { of: 'dx2' })).value, 1.716337815009794);
    const pinned = { set: { h: 1e-15 } };
    assert.equal(gradient(recorded(text, 'dx2', { ...pinned, of: 'dx1' })).value, 4.440892098500626);
    assert.equal(gradient(recorded(text, 'dx2', { ...pinned, of: 'dx2' })).value, 1.7763568394002502);
  });

  it('differentiates a script by its literal assignments, each by the version that was used', () => {
    const text = `import numpy as np
x, w1, w2, b, y, lr = 1.0, 0.5, 0.5, 0.0, 1.0, 0.1
h = max(0, x * w1 + b)
y_hat = h * w2 + b
loss = 0.5 * (y_hat - y) ** 2
w2 = w2 - lr * (y_hat - y) * h
`;
    const { value, by } = gradient(recorded(text, 'loss', { of: 'loss' }));
    assert.equal(value, 0.28125);
    assert.equal(by['w2'], -0.375);
    assert.equal(by['w1'], -0.375);
    const updated = recorded(text, 'loss', { of: 'w2' });
    assert.equal(updated.trace.tape.value[updated.trace.output], 0.5375);
  });

  it('takes the point from a directive, a default, a variable, an example, else assumes one', () => {
    const head = 'import math\n';
    const body = 'def f(a, b=3.0):\n    return math.exp(a) * b\n';
    const origins = (text: string, id = 'f') => recorded(text, id).trace.inputs.map((i) => i.origin.kind);
    const values = (text: string) => {
      const { trace } = recorded(text, 'f');
      return trace.inputs.map((i) => trace.tape.value[i.row]);
    };
    assert.deepEqual(values(`${head}# wengert: at a=2, b=4\n${body}`), [2, 4]);
    assert.deepEqual(origins(`${head}# wengert: at a=2, b=4\n${body}`), ['directive', 'directive']);
    assert.deepEqual(values(`${head}${body}a = 0.25\n`), [0.25, 3]);
    assert.deepEqual(origins(`${head}${body}`), ['assumed', 'document']);
    const doc = 'def f(a, b=3.0):\n    """\n    >>> f(1.5, 2)\n    8.9\n    """\n    return math.exp(a) * b\n';
    assert.deepEqual(values(`${head}${doc}`), [1.5, 3]);
    assert.deepEqual(
      recorded(`${head}${body}`, 'f', { set: { a: 7 } }).trace.inputs.map((i) => i.origin.kind),
      ['pinned', 'document'],
    );
  });

  it('says that a directive is malformed', () => {
    const faults = pythonFrontEnd.faults(analyse('# wengert: at x1 2\nx = 1\n'));
    assert.equal(faults.length, 1);
    assert.match(faults[0]?.message ?? '', /a directive is/);
    assert.deepEqual(pythonFrontEnd.faults(analyse('# wengert: at x1=2, x2=[1, 2]\n# wengert: of L wrt w1, w2\n')), []);
  });

  it('differentiates through functions, loops, classes and operator overloading', () => {
    const text = `class Value:
    def __init__(self, data): self.data = data
    def __add__(self, o): return Value(self.data + (o.data if isinstance(o, Value) else o))
    def __mul__(self, o): return Value(self.data * o.data)
    def __pow__(self, k): return Value(self.data ** k)
def poly(x, n):
    v = Value(x)
    total = Value(0.0)
    for i in range(n):
        total = total + v ** i
    return (total * v).data
y = poly(2.0, 4)
`;
    const { value, by } = gradient(recorded(text, 'poly'));
    // x (1 + x + x² + x³) = x + x² + x³ + x⁴
    assert.equal(value, 30);
    assert.equal(by['x'], 1 + 4 + 12 + 32);
    assert.equal(by['n'], 0);
  });

  it('differentiates by arrays, through in-place writes and views', () => {
    const text = `import numpy as np
def f(x, w):
    h = np.dot(x, w)
    h[h < 0] = 0
    row = h[0]
    row *= 2.0
    out = h.copy()
    out[0, 1] = out[0, 0] * 3
    return np.sum(out ** 2)
x = np.array([[1.0, 2.0]])
w = np.array([[0.5, -1.0], [0.25, 0.1]])
y = f(x, w)
`;
    const { value, by } = gradient(recorded(text, 'f'));
    // h = [1, −0.8] → [1, 0] → [2, 0]; out = [2, 6]: 40; d/dh₀ = 2·(2·2 + 2·6·3) = 80.
    assert.equal(value, 40);
    assert.deepEqual(by['x'], [40, 20]);
    assert.deepEqual(by['w'], [80, 0, 160, 0]);
  });

  it('keeps a gradient right when the buffer is written again afterwards', () => {
    const text = `import numpy as np
def f(x):
    y = x * x
    z = y * 3.0
    y[0] = 100.0
    x[1] = -5.0
    return np.sum(z * x)
r = f(np.array([2.0, 3.0]))
`;
    const { value, by } = gradient(recorded(text, 'f'));
    // z = 3x²; then x₁ is overwritten: 3·4·2 + 27·(−5) = −111; by x₀: 9x₀² = 36, by x₁: 6x₁·(−5) = −90.
    assert.equal(value, -111);
    assert.deepEqual(by['x'], [36, -90]);
  });

  it('leaves guards where the program looks at a traced number', () => {
    const text =
      'import math\ndef f(x):\n    n = int(x)\n    if x > 1.5:\n        return math.sin(x) * n\n    return x ** 2\ny = f(2.5)\n';
    const { trace } = recorded(text, 'f');
    assert.deepEqual(
      trace.guards.map((g) => [g.test, g.outcome]),
      [
        ['trunc', 2],
        ['gt', 1],
      ],
    );
  });

  it('says why something is unknown, and what does not depend on it still works', () => {
    const text = `import numpy as np
from somewhere import load
data = load('x')
def g(x):
    return np.exp(x) * data
def f(x):
    return np.exp(x) * 2
a = f(1.0)
b = g(1.0)
`;
    const missing = outcome(text, 'g', {}, NO_WORKSPACE);
    assert.equal(missing.kind, 'unknown');
    assert.match((missing as { reason: string }).reason, /somewhere/);
    assert.ok(Math.abs(gradient(recorded(text, 'f')).value - 2 * Math.E) < 1e-12);
  });

  it('keeps the neighbours of what does not parse', () => {
    const text =
      'import math\ndef broken(x):\n    return x +\n\ndef f(x):\n    return math.exp(x) ** 2\n\nprint "old"\ny = f(0.5)\n';
    assert.ok(Math.abs(gradient(recorded(text, 'f')).value - Math.E) < 1e-12);
  });

  it('imports modules of the workspace, asking for their texts', () => {
    const text =
      'from common.layers import *\nimport numpy as np\ndef f(x):\n    return np.sum(sigmoid(x))\ny = f(np.array([0.0, 1.0]))\n';
    const files: Record<string, string> = {
      'file:///w/common/layers.py': 'import numpy as np\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))\n',
    };
    const unseen: Workspace = { ...NO_WORKSPACE, text: () => undefined, roots: ['file:///w'] };
    const needs = outcome(text, 'f', {}, unseen);
    assert.equal(needs.kind, 'needs');
    assert.ok(needs.kind === 'needs' && needs.uris.includes('file:///w/common/layers.py'));
    const seen: Workspace = { ...unseen, text: (uri) => files[uri] ?? null };
    const result = recorded(text, 'f', {}, seen);
    assert.ok(Math.abs(gradient(result).value - (0.5 + 1 / (1 + Math.exp(-1)))) < 1e-12);
    // Steps of the other module are shown at the call that led there.
    for (const row of numberSteps(result.trace).rows) {
      const [span] = result.trace.spans(result.trace.tape.site(row));
      assert.ok(span && span.to <= text.length);
    }
  });

  it('tells what stands at an offset: names, sub-expressions, calls', () => {
    const analysis = analyse(BAYDIN);
    const at = (needle: string, shift = 0) => pythonFrontEnd.at(analysis, BAYDIN.indexOf(needle) + shift);
    const name = at('x1 * x2')[0];
    assert.deepEqual(name?.name, ['x1']);
    assert.equal(name?.traceable.id, 'f');
    const { trace } = recorded(BAYDIN, 'f');
    assert.equal(trace.tape.value[rowAt(trace, name?.site as number) as number], 2);
    const product = at('x1 * x2', 3)[0];
    assert.equal(trace.tape.value[rowAt(trace, product?.site as number) as number], 10);
    const call = at('f(2, 5)', 1).find((o) => o.traceable.id === 'y' && o.span.to - o.span.from > 1);
    const script = recorded(BAYDIN, 'y').trace;
    assert.equal(script.tape.value[rowAt(script, call?.site as number) as number], 11.652071455223084);
  });

  it('stops at its budgets and says so', () => {
    const forever = 'import math\nx = 2.0\nwhile True:\n    x = math.sin(x)\n';
    const analysis = analyse(forever);
    const [traceable] = pythonFrontEnd.find(analysis);
    assert.ok(traceable);
    const budget = { ...DEFAULT_BUDGET, operations: 20_000 };
    const result = pythonFrontEnd.record(analysis, traceable, {}, budget, NO_WORKSPACE);
    assert.equal(result.kind, 'recorded');
    assert.equal((result as Recorded).complete, false);
    assert.equal((result as Recorded).stopped, 'operations');
    const huge = recorded("import math\nt = 'a' * 10 ** 12\nn = 10 ** 10 ** 10\nx = 2.0\ny = math.sin(x)\n", 'y');
    assert.equal(huge.complete, true);
  });

  it('keeps the sites of a function where another one is edited', () => {
    const sites = (text: string) => {
      const { trace } = recorded(text, 'f');
      return numberSteps(trace).rows.map((r) => trace.tape.site(r));
    };
    const other = 'import numpy as np\ndef g(t):\n    return np.exp(t) * 2\n';
    const f = 'def f(x):\n    return np.sin(x) * x\ny = f(1.0)\n';
    assert.deepEqual(sites(other + f), sites(`${other.replace('* 2', '* 2 + t ** 3')}\n\n${f}`));
  });
});
