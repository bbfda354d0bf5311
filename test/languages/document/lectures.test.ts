import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { Notes } from './support';

/** Notes as people write them: every claim in them is right. */
const FOLDER = new URL('./lectures/', import.meta.url);

const LANGUAGES: Readonly<Record<string, string>> = { md: 'markdown', qmd: 'quarto', tex: 'latex' };

const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');
const notes = (file: string, text = read(file)) => new Notes(text, LANGUAGES[file.split('.').pop() as string]);

/** What is easily written instead of what is right. */
const SLIPS: readonly (readonly [file: string, right: string, wrong: string])[] = [
  ['backprop.md', String.raw`= (a - y) a (1 - a) x`, String.raw`= (a - y) a (1 + a) x`],
  ['backprop.md', String.raw`\frac{\partial z}{\partial w} = x`, String.raw`\frac{\partial z}{\partial w} = w`],
  ['backprop.md', String.raw`\frac{\partial L}{\partial w} = -0.25`, String.raw`\frac{\partial L}{\partial w} = 0.25`],
  ['backprop.md', String.raw`\frac{\partial L}{\partial a} = a - y`, String.raw`\frac{\partial L}{\partial a} = y - a`],
  [
    'softmax.md',
    String.raw`\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_j)`,
    String.raw`\frac{\partial p_i}{\partial z_j} = p_i (\delta_{ij} - p_i)`,
  ],
  ['softmax.md', String.raw`= -\frac{y_k}{p_k}`, String.raw`= \frac{y_k}{p_k}`],
  ['softmax.md', String.raw`\nabla_z L = p - y`, String.raw`\nabla_z L = y - p`],
  [
    'softmax.md',
    String.raw`-\frac{y}{\hat y} + \frac{1 - y}{1 - \hat y}`,
    String.raw`-\frac{y}{\hat y} - \frac{1 - y}{1 - \hat y}`,
  ],
  ['softmax.md', String.raw`\frac{d \ell}{d z} = \hat y - y`, String.raw`\frac{d \ell}{d z} = y - \hat y`],
  ['batchnorm.md', String.raw`s'(v) = -\frac12 v^{-3/2}`, String.raw`s'(v) = -\frac12 v^{-1/2}`],
  ['batchnorm.md', String.raw`s'(4) = -0.0625`, String.raw`s'(4) = -0.125`],
  ['attention.md', String.raw`\sqrt{64} = 8`, String.raw`\sqrt{64} = 6`],
  ['mle.tex', String.raw`= -\frac{x - \mu}{\sigma^2}`, String.raw`= \frac{x - \mu}{\sigma^2}`],
  [
    'regression.tex',
    String.raw`\nabla J(w) = 2 X^\top X w - 2 X^\top y`,
    String.raw`\nabla J(w) = 2 X^\top X w - X^\top y`,
  ],
  ['regression.tex', String.raw`= 2 X^\top (X w - y) \]`, String.raw`= 2 X (X w - y) \]`],
  [
    'regression.tex',
    String.raw`\frac{\partial E}{\partial a} &= 2 \sum_{i=1}^n x_i (`,
    String.raw`\frac{\partial E}{\partial a} &= 2 \sum_{i=1}^n (`,
  ],
  ['regression.tex', String.raw`2 X^\top (X w - y) + 2 \lambda w`, String.raw`2 X^\top (X w - y) + \lambda w`],
  ['svm.qmd', String.raw`h(0.3) = 0.7`, String.raw`h(0.3) = 0.8`],
  ['svm.qmd', String.raw`= -2 \gamma (x - y) k(x, y)`, String.raw`= 2 \gamma (x - y) k(x, y)`],
  [
    'vae.md',
    String.raw`\frac{\partial D}{\partial s} = e^{2s} - 1`,
    String.raw`\frac{\partial D}{\partial s} = e^{s} - 1`,
  ],
  ['kalman.md', String.raw`V'(k) = -2 h (1 - k h) p + 2 k r`, String.raw`V'(k) = 2 h (1 - k h) p + 2 k r`],
  ['kalman.md', String.raw`V(0.8) = 0.8`, String.raw`V(0.8) = 0.9`],
  ['lagrange.tex', String.raw`\pdv{L}{\theta} = -m g l \sin\theta`, String.raw`\pdv{L}{\theta} = m g l \sin\theta`],
  ['lagrange.tex', String.raw`= -A \omega \sin(`, String.raw`= -A \sin(`],
  ['lagrange.tex', String.raw`\pdv{H}{p} = \frac{p}{m}`, String.raw`\pdv{H}{p} = \frac{p}{2 m}`],
  ['lagrange.tex', String.raw`k x \, dx = \frac12 k a^2`, String.raw`k x \, dx = k a^2`],
  ['thermo.md', String.raw`= -\frac{n R T}{V^2} = `, String.raw`= \frac{n R T}{V^2} = `],
  [
    'thermo.md',
    String.raw`\left(\frac{\partial V}{\partial T}\right)_p = \frac{n R}{p}`,
    String.raw`\left(\frac{\partial V}{\partial T}\right)_p = \frac{n R}{V}`,
  ],
  ['thermo.md', String.raw`+ \frac{2 a}{v^3}`, String.raw`+ \frac{a}{v^3}`],
  ['thermo.md', String.raw`- \frac{6 a}{v^4}`, String.raw`- \frac{2 a}{v^4}`],
  ['economics.md', String.raw`= (1 - \alpha) A K^\alpha L^{-\alpha}`, String.raw`= (1 - \alpha) A K^\alpha L^{\alpha}`],
  ['economics.md', String.raw`= \alpha \frac{Y}{K}`, String.raw`= \frac{Y}{K}`],
  ['economics.md', String.raw`\pi'(q) = 8 - 2 q`, String.raw`\pi'(q) = 8 - q`],
  ['economics.md', String.raw`u''(c) = -\gamma c^{-\gamma - 1}`, String.raw`u''(c) = \gamma c^{-\gamma - 1}`],
  [
    'economics.md',
    String.raw`\frac{\partial \mathcal{L}}{\partial y} = x - 3 \lambda`,
    String.raw`\frac{\partial \mathcal{L}}{\partial y} = y - 3 \lambda`,
  ],
  ['economics.md', String.raw`\pi(4) = 11`, String.raw`\pi(4) = 12`],
  ['economics.md', String.raw`= 272.32`, String.raw`= 285.7`],
  ['economics.md', String.raw`dq = 16`, String.raw`dq = 18`],
];

describe('lecture notes', () => {
  const files = readdirSync(FOLDER);

  it('are twelve, and none of their claims is called wrong', () => {
    assert.equal(files.length, 12);
    for (const file of files) assert.deepEqual(notes(file).failures, [], file);
  });

  for (const [file, right, wrong] of SLIPS)
    it(`${file}: ${wrong} is found, and nothing else`, () => {
      const text = read(file);
      const at = text.indexOf(right);
      assert.ok(at >= 0);
      const slipped = notes(file, text.slice(0, at) + wrong + text.slice(at + right.length));
      assert.equal(slipped.failures.length, 1, JSON.stringify(slipped.failures));
    });
});
