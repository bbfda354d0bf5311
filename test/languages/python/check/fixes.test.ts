/** Every edit that a failed check offers makes it pass; so does what is written for a function without a derivative. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Fix } from '../../../../src/languages/frontEnd';
import { DEFAULT_BUDGET } from '../../../../src/languages/frontEnd';
import { analyse } from '../../../../src/languages/python/analysis';
import { pairRemedies } from '../../../../src/languages/python/check/pairs';
import { NO_WORKSPACE } from '../evaluate';
import { checkPairs } from './support/checkPairs';

/** Wrong derivatives, and a piece of the edit that writes them anew. */
const WRONG: Readonly<Record<string, readonly [text: string, edit: RegExp]>> = {
  'a function of one argument': [
    `def swish(x):
    return x / (1 + np.exp(-x))

def swish_derivative(x):
    return 1 / (1 + np.exp(-x)) ** 3
`,
    /^1 \/ \(1 \+ np\.exp\(-x\)\)/,
  ],
  'names of its own': [
    `def softsign(x, k):
    return x / (k + np.abs(x))

def softsign_grad(z, k):
    den = k + np.abs(z)
    grad = 1 / den
    return grad
`,
    /np\.sign\(z\)/,
  ],
  'what flows in, and a cache': [
    `def soft_forward(z):
    return z * np.log(1 + np.exp(z)), z

def soft_backward(dout, cache):
    v = cache
    dz = dout * np.exp(v)
    return dz
`,
    /^dout \* /,
  ],
  'fields of a layer': [
    `class Cubic:
    def forward(self, x):
        self.x = x
        return x ** 3 - x

    def backward(self, dout):
        return dout * np.cosh(self.x)
`,
    /self\.x/,
  ],
  'a comparison': [
    `def leaky(x):
    return np.maximum(0.1 * x, x)

def leaky_derivative(x):
    return np.where(x > 0.5, 1, x)
`,
    /x/,
  ],
};

function applied(text: string, { edits }: Fix): string {
  let changed = text;
  for (const { span, text: added } of [...edits].sort((a, b) => b.span.from - a.span.from)) {
    changed = changed.slice(0, span.from) + added + changed.slice(span.to);
  }
  return changed;
}

describe('edits of wrong derivatives', () => {
  for (const [title, [body, edit]] of Object.entries(WRONG)) {
    it(title, () => {
      const text = `import numpy as np\n\n${body}`;
      const [wrong] = checkPairs(text);
      assert.equal(wrong?.check.verdict, 'fail', wrong?.check.message);
      const { fixes } = wrong.check;
      for (const fix of fixes) {
        const [again] = checkPairs(applied(text, fix));
        assert.equal(again?.check.verdict, 'pass', `${fix.title}: ${again?.check.message}`);
      }
      if (title !== 'a comparison') assert.match(fixes.at(-1)?.edits[0]?.text ?? '', edit);
    });
  }

  it('use no module that the document does not import', () => {
    const [wrong] = checkPairs(
      'from math import exp\n\ndef f(x):\n    return x * exp(x)\n\ndef df(x):\n    return x + x\n',
    );
    assert.equal(wrong?.check.verdict, 'unknown', wrong?.check.message);
    const [declared] = checkPairs(
      'from math import exp\n\n# wengert: checks f = df\ndef f(x):\n    return x * exp(x)\n\ndef df(x):\n    return x + x\n',
    );
    assert.equal(declared?.check.verdict, 'fail', declared?.check.message);
    for (const { edits } of declared.check.fixes) assert.doesNotMatch(edits[0]?.text ?? '', /math\./);
  });
});

function remediesAt(text: string, place: string) {
  const analysis = analyse({ uri: 'file:///a.py', languageId: 'python', version: 1, text });
  return pairRemedies(analysis, text.indexOf(place), DEFAULT_BUDGET, NO_WORKSPACE);
}

describe('what is written for a pair', () => {
  it('the derivative in place of an exercise that is not filled in, which then passes', () => {
    for (const stub of ['raise NotImplementedError', 'pass', '# TODO\n    return None']) {
      const text = `import numpy as np\n\ndef bump(x):\n    return np.exp(-x ** 2)\n\ndef bump_derivative(x):\n    """Slope."""\n    ${stub}\n`;
      const [remedy, ...others] = remediesAt(text, 'bump_derivative');
      assert.ok(remedy && others.length === 0, stub);
      assert.match(remedy.text, /^return .*np\.exp\(-x \*\* 2\)/);
      const changed = text.slice(0, remedy.at) + remedy.text + text.slice(remedy.to ?? remedy.at);
      assert.deepEqual(
        checkPairs(changed).map(({ check }) => check.verdict),
        ['pass'],
      );
    }
  });

  it('the backward pass of a layer that keeps what it needs', () => {
    const text = `import numpy as np\n\nclass Sigmoid:\n    def forward(self, x):\n        self.x = x\n        return 1 / (1 + np.exp(-x))\n\n    def backward(self, dout):\n        pass\n`;
    const [remedy] = remediesAt(text, 'backward');
    assert.ok(remedy);
    const changed = text.slice(0, remedy.at) + remedy.text + text.slice(remedy.to ?? remedy.at);
    assert.deepEqual(
      checkPairs(changed).map(({ check }) => check.verdict),
      ['pass'],
    );
  });

  it('a comparison with differences, which is left alone', () => {
    const text = `import numpy as np\n\ndef bump(x, k):\n    return np.exp(-k * x ** 2)\n\ndef bump_derivative(x, k):\n    return -2 * k * x * bump(x, k)\n`;
    const [remedy] = remediesAt(text, 'bump_derivative');
    assert.match(remedy?.text ?? '', /numerical = \(bump\(x \+ h, k\) - bump\(x - h, k\)\) \/ \(2 \* h\)/);
    const changed = text.slice(0, remedy?.at) + (remedy?.text ?? '') + text.slice(remedy?.at);
    assert.deepEqual(
      checkPairs(changed).map(({ pair, check }) => [pair.name, check.verdict]),
      [['bump_derivative', 'pass']],
    );
    assert.deepEqual(remediesAt(changed, 'bump_derivative'), []);
  });
});
