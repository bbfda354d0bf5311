/**
 * Backward passes that are written from their forward passes: each passes the check, and gives what PyTorch gives
 * (`test/oracles/skeletons.py`). `WENGERT_WRITE=1` writes the finished file anew.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { DEFAULT_BUDGET, type Remedy } from '../../../../src/languages/frontEnd';
import { analyse } from '../../../../src/languages/python/analysis';
import { pairRemedies, pythonPairs } from '../../../../src/languages/python/check/pairs';
import { evaluate, NO_WORKSPACE } from '../evaluate';
import { checkPairs } from './support/checkPairs';

const FOLDER = path.join(__dirname, 'skeletons');
const UNFINISHED = readFileSync(path.join(FOLDER, 'unfinished.py'), 'utf8');
const WRITTEN = path.join(FOLDER, 'written.py');
const FIXTURE = path.join(__dirname, '..', '..', '..', 'oracles', 'fixtures', 'skeletons.json');

interface Case {
  readonly name: string;
  /** Python that leaves a list of arrays in `gradients`. */
  readonly code: string;
  readonly gradients: readonly (readonly number[])[];
}

const analysisOf = (text: string) => analyse({ uri: 'file:///a.py', languageId: 'python', version: 1, text });

function remediesAt(text: string, offset: number): readonly Remedy[] {
  return pairRemedies(analysisOf(text), offset, DEFAULT_BUDGET, NO_WORKSPACE);
}

const applied = (text: string, { at, to, text: added }: Remedy) => text.slice(0, at) + added + text.slice(to ?? at);

describe('a backward pass that is written from its forward pass', function () {
  this.timeout(240_000);
  const names = pythonPairs.find(analysisOf(UNFINISHED)).map(({ name }) => name);
  let finished = UNFINISHED;

  for (const name of names) {
    it(name, () => {
      const pair = pythonPairs.find(analysisOf(finished)).find((p) => p.name === name);
      assert.ok(pair);
      const [remedy, ...others] = remediesAt(finished, pair.span.from + 4);
      assert.deepEqual(others, []);
      assert.match(remedy?.title ?? '', /^Write the backward pass for \S+ \((\d+,? ?)*\)/);
      assert.ok(remedy);
      finished = applied(finished, remedy);
      assert.doesNotMatch(remedy.text, /NotImplementedError/);
    });
  }

  it('is what was committed, and passes the check with all others in one file', () => {
    if (process.env['WENGERT_WRITE']) writeFileSync(WRITTEN, finished);
    assert.equal(finished, readFileSync(WRITTEN, 'utf8'));
    const checks = checkPairs(finished);
    assert.ok(checks.length >= 16, `${checks.length} pairs`);
    for (const { pair, check } of checks) assert.equal(check.verdict, 'pass', `${pair.name}: ${check.message}`);
  });

  it('gives the gradients of PyTorch', () => {
    const written = readFileSync(WRITTEN, 'utf8');
    const cases = JSON.parse(readFileSync(FIXTURE, 'utf8')) as readonly Case[];
    assert.deepEqual(cases.map((c) => c.name).sort(), [...names].sort());
    for (const { name, code, gradients } of cases) {
      const { output } = evaluate(
        `${written}\nprint("begin")\n${code}\nfor g in gradients:\n    print(np.ravel(g).tolist())\n`,
      );
      const [, lines = ''] = output.split('begin\n');
      const found = lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as number[]);
      assert.deepEqual(
        found.map((g) => g.length),
        gradients.map((g) => g.length),
        `${name}: ${output}`,
      );
      found.forEach((g, i) =>
        g.forEach((x, k) => {
          const expected = gradients[i]?.[k] as number;
          assert.ok(Math.abs(x - expected) <= 1e-9 * (1 + Math.abs(expected)), `${name} ${i} ${k}: ${x}, ${expected}`);
        }),
      );
    }
  });
});

describe('what of a backward pass can not be written', () => {
  const HEAD = 'import numpy as np\n\n';

  it('is left as a line that raises: the result is unknown, and never passes', () => {
    for (const [text, line] of [
      [
        'def f_forward(x, w):\n    s = np.cumsum(x * w, axis=0)\n    out = np.tanh(s)\n    return out, (x, w)\n\ndef f_backward(dout, cache):\n    pass\n',
        /raise NotImplementedError\('dx, dw from ds: np\.cumsum\(x \* w, axis=0\) \(line 4\)'\)/,
      ],
      [
        'class Layer:\n    def forward(self, x):\n        return np.sum(x ** 3, axis=1)\n\n    def backward(self, dout):\n        pass\n',
        /raise NotImplementedError\('the forward pass does not keep x'\)/,
      ],
    ] as const) {
      const [remedy] = remediesAt(HEAD + text, HEAD.length + text.indexOf('backward'));
      assert.match(remedy?.title ?? '', /^Write a skeleton of the backward pass for x .*; 1 to be filled in$/);
      assert.match(remedy?.text ?? '', line);
      const [after] = checkPairs(applied(HEAD + text, remedy as Remedy));
      assert.equal(after?.check.verdict, 'unknown');
      assert.equal(after.check.code, 'not-written');
    }
  });

  it('is nothing where the forward pass branches or repeats', () => {
    for (const body of ['    for i in range(3):\n        x = x * w\n', '    if np.sum(x) > 0:\n        x = x * w\n']) {
      const text = `${HEAD}def f_forward(x, w):\n${body}    return np.sum(x), (x, w)\n\ndef f_backward(dout, cache):\n    pass\n`;
      assert.deepEqual(remediesAt(text, text.indexOf('f_backward') + 2), []);
    }
  });
});
