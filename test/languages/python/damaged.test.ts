/** Code as it is found in scans and half-typed files: what is intact works, and only what depends on the damage is unknown. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { adjoints } from '../../../src/autodiff/sweeps';
import { printNamePath } from '../../../src/format/namePath';
import { DEFAULT_BUDGET, type Outcome, type Recorded } from '../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { evaluate, NO_WORKSPACE } from './evaluate';

function outcomes(text: string): Record<string, Outcome> {
  const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
  return Object.fromEntries(
    pythonFrontEnd
      .find(analysis)
      .map((t) => [t.id, pythonFrontEnd.record(analysis, t, {}, DEFAULT_BUDGET, NO_WORKSPACE)]),
  );
}

function recorded(outcome: Outcome | undefined): Recorded {
  assert.equal(outcome?.kind, 'recorded', outcome?.kind === 'unknown' ? outcome.reason : outcome?.kind);
  return outcome as Recorded;
}

const reason = (outcome: Outcome | undefined) => (outcome?.kind === 'unknown' ? outcome.reason : outcome?.kind);

const valueOf = ({ trace }: Recorded) => trace.tape.value[trace.output] as number;

function gradientOf({ trace }: Recorded): Record<string, number> {
  const { scalars } = adjoints(trace.tape, new Map([[trace.output, 1]]));
  return Object.fromEntries(trace.inputs.map((i) => [printNamePath(i.name), scalars[i.row] as number]));
}

describe('damaged Python', () => {
  it('a function that does not parse is unknown by itself', () => {
    const all = outcomes(
      'import math\ndef bad(x):\n    return -x * math.log(x) - \\\n        (1 - x) * math.log(1 - x))\ndef good(x):\n    return math.exp(x) * x\ny = good(2.0)\n',
    );
    assert.equal(reason(all['bad']), 'this does not parse as Python');
    assert.ok(Math.abs((gradientOf(recorded(all['good']))['x'] as number) - 3 * Math.exp(2)) < 1e-12);
  });

  it('a name that is nowhere defined takes only its statement with it', () => {
    const text =
      'import math\nscale = unit * 2\ndef f(x):\n    return math.sin(x) * x\nclass Layer:\n    def __init__(self):\n        self.x = None\n    self.y = None\ny = f(2.0)\nz = f(scale)\n';
    const all = outcomes(text);
    assert.equal(valueOf(recorded(all['f'])), Math.sin(2) * 2);
    const { scope } = evaluate(text);
    assert.match(JSON.stringify(scope.get('z')), /name 'unit' is not defined/);
    assert.match(JSON.stringify(scope.get('Layer')), /name 'self' is not defined/);
  });

  it('any other exception ends the program, as Python does', () => {
    const { scope, output } = evaluate('x = 1\ny = [1][3]\nz = 2\nprint("never")\n');
    assert.equal(scope.get('x'), 1);
    assert.equal(scope.get('z'), undefined);
    assert.equal(output, '!IndexError: list index out of range\n');
    assert.equal(evaluate('import sys\nprint(1)\nsys.exit()\nprint(2)\n').output.split('\n')[0], '1');
  });

  it('printed results between the lines change nothing', () => {
    const text =
      'import numpy as np\nw = np.array([[0.5], [0.25]])\nprint(w)\n[[0.5]\n [0.25]]\ndef f(w):\n    return np.sum(w ** 2)\nloss = f(w)\n';
    assert.equal(valueOf(recorded(outcomes(text)['f'])), 0.3125);
  });

  it('the sign of a folded cell before a definition', () => {
    const text = '▼ def softplus(x):\n    return math.log(1 + math.exp(x))\n\n▼ import math\ny = softplus(0.0)\n';
    assert.equal(valueOf(recorded(outcomes(text)['softplus'])), Math.log(2));
  });

  it('NumPy by its usual name without an import, and the reader is told', () => {
    const text = 'def softmax(x):\n    x = x - np.max(x)\n    return np.exp(x) / np.sum(np.exp(x))\n';
    const result = recorded(outcomes(text)['softmax']);
    assert.deepEqual(
      result.readings?.map((r) => [text.slice(r.span.from, r.span.to), r.text]),
      [['np', '`np` is not imported: read as `import numpy as np`']],
    );
    // Bound in any way, the name is the document's.
    for (const line of ['np = load()', 'from tools import np', 'from tools import *', 'def g(np):\n    return np']) {
      const other = outcomes(`${line}\n${text}`)['softmax'];
      assert.ok(other === undefined || other.kind !== 'recorded' || !other.readings, line);
    }
  });

  it('a layer that only masks, and methods that have lost their class', () => {
    const text = `class Relu:
    def __init__(self):
        self.mask = None
    def forward(self, x):
        self.mask = (x <= 0)
        out = x.copy()
        out[self.mask] = 0
        return out
    def backward(self, dout):
        dout[self.mask] = 0
        return dout

class Sigmoid:
    def __init__(self):
        self.out = None

def forward(self, x):
    out = logistic(x)
    self.out = out
    return out * 2.0

def backward(self, dout):
    dx = dout * (1.0 - self.out) * self.out
    return np.sum(dx)
`;
    const all = outcomes(text);
    recorded(all['Relu.forward']);
    assert.match(reason(all['forward']) ?? '', /name 'logistic' is not defined/);
    assert.deepEqual(
      recorded(all['backward']).trace.inputs.map((i) => [printNamePath(i.name), i.origin.kind]),
      [
        ['self.out', 'assumed'],
        ['dout', 'assumed'],
      ],
    );
  });

  it('a NumPy function that is not supported leaves its arguments alone, but for the one that it writes to', () => {
    const { output } = evaluate(
      'import numpy as np\nx = np.array([1.0, 2.0])\ny = np.no_such_function(x)\nprint(x.sum())\nprint(y)\n' +
        'np.no_such_function(x, out=x)\nprint(x.sum())\n',
    );
    assert.equal(output, '3.0\n<unknown>\n<unknown>\n');
  });

  it('Python 2: prints, exec, backticks', () => {
    const text =
      'import math\ndef f(x):\n    return math.exp(x) ** 2\nprint "at", f(0.5)\nprint >>log, "x"\nexec "y = 1"\nfor i in xrange(3):\n    print i\nt = f(1.5)\n';
    const all = outcomes(text);
    const { trace } = recorded(all['f']);
    assert.equal(trace.tape.value[trace.inputs[0]?.row as number], 1.5);
  });

  it('every truncation of a program is answered, and what is above the cut stays', () => {
    const text =
      'import math\ndef f(x):\n    return math.exp(x) * x\ny = f(2.0)\nclass A:\n    def g(self, x):\n        return [math.sin(x), {"a": x ** 2}]\nz = A().g(1.0)\n';
    const start = text.indexOf('class');
    for (let n = 0; n <= text.length; n++) {
      const all = outcomes(text.slice(0, n));
      if (n >= start) assert.equal(valueOf(recorded(all['f'])), Math.exp(2) * 2, `cut at ${n}`);
    }
  });
});
