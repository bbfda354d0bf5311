/** Arguments from calls in other files. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { printNamePath } from '../../../../src/format/namePath';
import { DEFAULT_BUDGET, type Outcome, type Recorded, type Workspace } from '../../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../../src/languages/python/frontEnd';

const HOME = 'file:///w/pkg/model.py';
const MODEL = 'import math\n\ndef f(x, k=2.0, mode="sum"):\n    return math.exp(x) * k\n';

function workspace(files: Readonly<Record<string, string | undefined>>): Workspace {
  return {
    roots: ['file:///w'],
    text: (uri) => (uri in files ? files[uri] : null),
    bytes: () => null,
    near: () => Object.keys(files),
  };
}

function record(files: Workspace, text = MODEL): Outcome {
  const analysis = pythonFrontEnd.analyse({ uri: HOME, languageId: 'python', version: 1, text });
  const traceable = pythonFrontEnd.find(analysis).find((t) => t.id === 'f');
  assert.ok(traceable);
  return pythonFrontEnd.record(analysis, traceable, {}, DEFAULT_BUDGET, files);
}

/** Inputs with their values and origins: `x 1.5 from the call in run.py, line 2`. */
function inputs(run: string, uri = 'file:///w/run.py', text = MODEL): string[] {
  const outcome = record(workspace({ [uri]: run }), text);
  assert.equal(outcome.kind, 'recorded');
  const { trace } = outcome as Recorded;
  return trace.inputs.map((i) => `${printNamePath(i.name)} ${trace.tape.value[i.row]} ${i.origin.why}`);
}

describe('arguments from calls in other files', () => {
  const called = ['x 1.5 from the call in run.py, line 2', 'k 2 the default'];
  const imports: readonly (readonly [string, string])[] = [
    ['from pkg.model import f', 'f(1.5)'],
    ['from pkg.model import f as g', 'print(g(1.5))'],
    ['import pkg.model', 'y = pkg.model.f(1.5)'],
    ['import pkg.model as m', 'y = m.f(1.5)'],
    ['from pkg import model', 'y = [model.f(1.5)]'],
    ['from .pkg.model import f', 'f(1.5)'],
    ['from .pkg import model as m', 'm.f(1.5)'],
  ];
  for (const [imported, call] of imports)
    it(`${imported}; ${call}`, () => assert.deepEqual(inputs(`${imported}\n${call}\n`), called));

  it('beside the file, in a function, with names that are given numbers once', () => {
    const run = 'from model import f\nA = 0.25\ndef test_f():\n    k = -3.0\n    assert f(A, k=k, mode="sum") > 0\n';
    const why = 'from the call in test it.py, line 5';
    assert.deepEqual(inputs(run, 'file:///w/pkg/test%20it.py'), [`x 0.25 ${why}`, `k -3 ${why}`]);
  });

  it('the first whose arguments are written out, and that does not raise', () => {
    const text = MODEL.replace('return', 'if x < 0: raise ValueError(x)\n    return');
    const run = 'from pkg.model import f\nimport sys\nf(float(sys.argv[1]))\nf(-1.0)\nf(1.0, 3)\nf(2.0)\n';
    assert.deepEqual(inputs(run, undefined, text), [
      'x 1 from the call in run.py, line 5',
      'k 3 from the call in run.py, line 5',
    ]);
  });

  const other: readonly (readonly [string, string])[] = [
    ['a function of the same name from elsewhere', 'from other.model import f\nf(1.5)\n'],
    ['a name that is given several numbers', 'from pkg.model import f\na = 1.0\na = 2.0\nf(a)\n'],
    ['a name that a loop changes', 'from pkg.model import f\na = 1.0\nfor a in range(3): f(a)\n'],
    ['a parameter', 'from pkg.model import f\na = 1.0\ndef g(a): return f(a)\n'],
    ['arguments that are unpacked', 'from pkg.model import f\nf(*[1.0])\nf(**{"x": 1.0})\n'],
    ['a method of the same name', 'from pkg.model import g\ng.f(1.5)\n'],
    ['a file that does not parse there', 'from pkg.model import f\nf(1.5\n'],
  ];
  for (const [name, run] of other)
    it(`none: ${name}`, () => assert.match(inputs(run)[0] ?? '', /^x [\d.-]+ sample numbers/));

  it('a call in the file itself comes first', () => {
    const own = inputs('from pkg.model import f\nf(1.5)\n', undefined, `${MODEL}\nf(4.0)\n`);
    assert.match(own[0] ?? '', /^x 4 from the call in line 6/);
  });

  it('asks for the list, then for the texts', () => {
    assert.deepEqual(record({ ...workspace({}), near: () => undefined }), { kind: 'needs', uris: [] });
    const listed = workspace({ 'file:///w/a.py': undefined, 'file:///w/b.py': undefined });
    assert.deepEqual(record(listed), { kind: 'needs', uris: ['file:///w/a.py', 'file:///w/b.py'] });
    const { near: _, ...unlisted } = workspace({});
    assert.equal(record(unlisted).kind, 'recorded');
  });
});
