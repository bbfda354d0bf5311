/** Directives that give what the document does not say: samplers and files. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { printNamePath } from '../../../src/format/namePath';
import { DEFAULT_BUDGET, type Outcome, type Recorded, type Workspace } from '../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { NO_WORKSPACE } from './evaluate';

const BATCH = new Uint8Array(readFileSync(new URL('../../oracles/fixtures/data_files/batch.npz', import.meta.url)));
const FILES: Workspace = {
  roots: ['file:///w'],
  text: () => null,
  bytes: (uri) => (uri === 'file:///w/batch.npz' ? BATCH : null),
};

function outcome(text: string, id: string, workspace: Workspace = NO_WORKSPACE): Outcome {
  const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
  const traceable = pythonFrontEnd.find(analysis).find((t) => t.id === id);
  assert.ok(traceable, `no ${id}`);
  return pythonFrontEnd.record(analysis, traceable, {}, DEFAULT_BUDGET, workspace);
}

function point(text: string, id: string, workspace?: Workspace) {
  const result = outcome(text, id, workspace);
  assert.equal(result.kind, 'recorded', result.kind === 'unknown' ? result.reason : '');
  const { trace } = result as Recorded;
  return Object.fromEntries(
    trace.inputs.map(({ name, row, origin }) => [
      printNamePath(name),
      {
        value: trace.tape.isArray(row) ? trace.tape.array(row).toNested() : (trace.tape.value[row] as number),
        origin: origin.kind,
      },
    ]),
  );
}

const HEAD = 'import numpy as np\n';

describe('directives that give values', () => {
  it('a sampler for an argument: the numbers of RandomState', () => {
    const text = `${HEAD}# wengert: given x: float[2, 2] ~ normal(0, 1, seed=0)\ndef f(x, k=2.0):\n    return np.sum(np.tanh(x) * k)\n`;
    const { x } = point(text, 'f');
    // np.random.RandomState(0).normal(0, 1, (2, 2))
    assert.deepEqual(x?.value, [
      [1.764052345967664, 0.4001572083672233],
      [0.9787379841057392, 2.240893199201458],
    ]);
    assert.equal(x?.origin, 'directive');
  });

  it('numbers, whole numbers, other distributions', () => {
    const at = (given: string) =>
      point(`${HEAD}# wengert: given x: ${given}\ndef f(x):\n    return np.sum(np.exp(x))\n`, 'f')['x']?.value;
    assert.equal(at('float'), 1.764052345967664);
    assert.deepEqual(at('float[2] ~ uniform(1, 2, seed=3)'), [1.5507979025745755, 1.7081478226181048]);
    assert.deepEqual(at('float[3] ~ ones()'), [1, 1, 1]);
    const integers = outcome(
      `${HEAD}# wengert: given x: int[4] ~ randint(0, 3, seed=0)\ndef f(x, w=2.0):\n    return np.sum(x * np.exp(w))\n`,
      'f',
    );
    assert.equal(integers.kind, 'recorded');
    const none = outcome(`${HEAD}# wengert: given x: float ~ cauchyish(1)\ndef f(x):\n    return np.exp(x)\n`, 'f');
    assert.ok(none.kind === 'unknown' && /no sampler `cauchyish`/.test(none.reason));
  });

  it('in place of what a name of the module can not be known to be', () => {
    const text = `${HEAD}from data import load
# wengert: given x: float[2, 3] ~ normal(0, 1, seed=1)
# wengert: given t: int[2] ~ randint(0, 2, seed=1)
x, t = load('train')
w = np.ones(3)
x = x / 2
loss = np.mean((x @ w - t) ** 2)
def f(v):
    return np.sum(np.exp(v) * x.sum())
y = f(1.0)
`;
    const script = point(text, 'loss');
    assert.equal(script['x']?.origin, 'directive');
    assert.deepEqual((script['x']?.value as number[][])[0]?.[0], 1.6243453636632417);
    assert.equal(script['w']?.origin, 'document');
    assert.deepEqual(point(text, 'f')['v']?.value, 1);
  });

  it('an array of a file, by its name', () => {
    const text = `${HEAD}# wengert: given x from batch.npz\ndef f(x):\n    return np.sum(np.tanh(x))\n`;
    const { x } = point(text, 'f', FILES);
    assert.equal(x?.origin, 'file');
    assert.equal((x?.value as number[][]).length, 3);
    const missing = outcome(text.replace('batch', 'other'), 'f', FILES);
    assert.ok(missing.kind === 'unknown' && /other\.npz/.test(missing.reason), JSON.stringify(missing));
    const needs = outcome(text, 'f', { ...FILES, bytes: () => undefined });
    assert.equal(needs.kind, 'needs');
  });

  it('a list where the file knows no arrays', () => {
    const text =
      'import math\n# wengert: given x: float[3] ~ uniform(1, 2)\ndef f(x):\n    return sum(math.log(v) for v in x)\n';
    assert.deepEqual(Object.keys(point(text, 'f')), ['x[0]', 'x[1]', 'x[2]']);
  });
});

describe('values that a program reads from files', () => {
  const SETTINGS: Workspace = {
    ...FILES,
    bytes: (uri) =>
      uri.endsWith('start.json') ? new TextEncoder().encode('{"w": [0.5, 0.25], "b": 2.0}') : FILES.bytes(uri),
  };
  const origins = (text: string, id: string) =>
    Object.fromEntries(Object.entries(point(text, id, SETTINGS)).map(([name, { origin }]) => [name, origin]));
  const loss = 'def loss(x, w):\n    return np.sum(np.tanh(x * w))\n';

  it('say so as arguments: whole arrays, views and copies of them', () => {
    for (const x of [
      "np.load('batch.npz')['x']",
      "np.load('batch.npz')['x'][:2, 1:].T",
      "np.asarray(np.load('batch.npz')['x']).copy()",
    ])
      assert.deepEqual(origins(`${HEAD}${loss}w = 2.0\nL = loss(${x}, w)\n`, 'loss'), { x: 'file', w: 'document' }, x);
  });

  it('not where something was computed from them', () => {
    for (const x of ["np.load('batch.npz')['x'] / 2", 'changed'])
      assert.deepEqual(
        origins(`${HEAD}${loss}changed = np.load('batch.npz')['x']\nchanged /= 2\nL = loss(${x}, 2.0)\n`, 'loss'),
        { x: 'document', w: 'document' },
        x,
      );
  });

  it('say so as inputs of a script and as variables of the module', () => {
    const script = `${HEAD}x = np.load('batch.npz')['x']\nw = 2.0\nL = np.sum(np.tanh(x * w))\n`;
    assert.deepEqual(origins(script, 'L'), { x: 'file', w: 'document' });
    assert.deepEqual(origins(`${HEAD}x = np.load('batch.npz')['x']\n${loss}`, 'loss')['x'], 'file');
  });

  it('and in what JSON holds', () => {
    const text = `${HEAD}import json\nwith open('start.json') as f:\n    p = json.load(f)\ndef loss(p):\n    return np.exp(p['b'])\nL = loss(p)\n`;
    assert.equal(origins(text, 'loss')["p['b']"], 'file');
  });
});
