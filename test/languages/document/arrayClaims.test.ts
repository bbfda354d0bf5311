import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Notes } from './support';

const SOFTMAX = '$p_i = \\frac{e^{z_i}}{\\sum_{k=1}^n e^{z_k}}$\n\n';
const CROSS_ENTROPY = `${SOFTMAX}$L = -\\sum_k t_k \\log p_k$\n\n`;
const RIDGE = '$L = \\|X w - y\\|^2 + \\lambda \\|w\\|^2$\n\n';
const LAYER = '$\\mathbf{z} = W \\mathbf{x} + \\mathbf{b}$, $L = \\frac12 \\|\\mathbf{z} - \\mathbf{y}\\|^2$\n\n';
const SQUARES = '$E = \\frac12 \\sum_k (y_k - t_k)^2$, $y_k = \\sum_i w_{ki} x_i$\n\n';
const GAUSS =
  '$$\\ell = -\\frac{n}{2} \\log(2 \\pi \\sigma^2) - \\frac{1}{2 \\sigma^2} \\sum_{i=1}^n (x_i - \\mu)^2$$\n\n';
const FORM = '$f(x) = x^T A x$\n\n';

const verdictOf = (text: string) => new Notes(text).verdicts.join();

describe('equalities of vectors, matrices and indices', () => {
  const right: readonly (readonly [string, string, string])[] = [
    ['the Jacobian of softmax', SOFTMAX, '\\frac{\\partial p_i}{\\partial z_j} = p_i (\\delta_{ij} - p_j)'],
    ['its diagonal', SOFTMAX, '\\frac{\\partial p_k}{\\partial z_k} = p_k - p_k^2'],
    ['the derivative by a probability', CROSS_ENTROPY, '\\frac{\\partial L}{\\partial p_k} = -\\frac{t_k}{p_k}'],
    [
      'the chain rule over all probabilities',
      CROSS_ENTROPY,
      '\\frac{\\partial L}{\\partial z_k} = \\sum_j -\\frac{t_j}{p_j} \\frac{\\partial p_j}{\\partial z_k}',
    ],
    ['ridge regression', RIDGE, '\\nabla_w L = 2 X^T (X w - y) + 2 \\lambda w'],
    ['a layer, by its weights', LAYER, '\\frac{\\partial L}{\\partial W} = (\\mathbf{z} - \\mathbf{y}) \\mathbf{x}^T'],
    ['the other layout', LAYER, '\\frac{\\partial L}{\\partial W} = \\mathbf{x} (\\mathbf{z} - \\mathbf{y})^T'],
    ['by its input', LAYER, '\\frac{\\partial L}{\\partial \\mathbf{x}} = W^\\top (\\mathbf{z} - \\mathbf{y})'],
    ['a weight of a sum of squares', SQUARES, '\\frac{\\partial E}{\\partial w_{ji}} = (y_j - t_j) x_i'],
    [
      'a Gaussian likelihood by its mean',
      GAUSS,
      '\\frac{\\partial \\ell}{\\partial \\mu} = \\frac{1}{\\sigma^2} \\sum_{i=1}^n (x_i - \\mu)',
    ],
    [
      'and by its deviation',
      GAUSS,
      '\\frac{\\partial \\ell}{\\partial \\sigma} = -\\frac{n}{\\sigma} + \\frac{1}{\\sigma^3} \\sum_{i=1}^n (x_i - \\mu)^2',
    ],
    ['a quadratic form', FORM, '\\nabla f(x) = (A + A^T) x'],
    [
      'numbers',
      '$W = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$, $x = \\begin{pmatrix} 1 \\\\ 1 \\end{pmatrix}$\n\n',
      'W x = \\begin{pmatrix} 3 \\\\ 7 \\end{pmatrix}',
    ],
    ['sums', '', '\\sum_{i=1}^n (a x_i + b) = a \\sum_{i=1}^n x_i + n b'],
  ];
  for (const [title, given, claim] of right)
    it(`pass: ${title}`, () => assert.equal(verdictOf(`${given}$$${claim}$$\n`), 'pass'));

  const wrong: readonly (readonly [string, string, string, string, string | undefined])[] = [
    [
      'a sign in the Jacobian of softmax',
      SOFTMAX,
      '\\frac{\\partial p_i}{\\partial z_j}',
      'p_i (\\delta_{ij} + p_j)',
      'p_i (\\delta_{ij} - p_j)',
    ],
    ['a factor', RIDGE, '\\nabla_w L', '2 X^T (X w - y) + \\lambda w', '2 X^T (X w - y) + 2 \\lambda w'],
    ['a lost transpose', RIDGE, '\\nabla_w L', '2 X (X w - y) + 2 \\lambda w', undefined],
    [
      'a sign',
      LAYER,
      '\\frac{\\partial L}{\\partial \\mathbf{b}}',
      '\\mathbf{z} + \\mathbf{y}',
      '\\mathbf{z} - \\mathbf{y}',
    ],
    ['swapped indices', SQUARES, '\\frac{\\partial E}{\\partial w_{ji}}', '(y_i - t_i) x_j', undefined],
    [
      'a power',
      GAUSS,
      '\\frac{\\partial \\ell}{\\partial \\mu}',
      '\\frac{1}{\\sigma} \\sum_{i=1}^n (x_i - \\mu)',
      undefined,
    ],
    [
      'a sum that leaves one out',
      CROSS_ENTROPY,
      '\\frac{\\partial L}{\\partial z_k}',
      '-t_k + \\sum_{j \\neq k} t_j p_k',
      undefined,
    ],
  ];
  for (const [title, given, left, stated, expected] of wrong)
    it(`fail: ${title}`, () => {
      const [failure, ...others] = new Notes(`${given}$$${left} = ${stated}$$\n`).failures;
      assert.deepEqual(others, []);
      assert.equal(failure?.wrong, stated);
      if (expected !== undefined) assert.equal(failure.expected, expected);
    });

  const open: readonly (readonly [string, string, string])[] = [
    ['labels that add up to one', CROSS_ENTROPY, '\\frac{\\partial L}{\\partial z_k} = p_k - t_k'],
    ['a symmetric matrix', FORM, '\\nabla f(x) = 2 A x'],
    ['different indices only', SOFTMAX, '\\frac{\\partial p_i}{\\partial z_j} = -p_i p_j'],
    [
      'a mean that is not defined',
      GAUSS,
      '\\frac{\\partial \\ell}{\\partial \\mu} = \\frac{n}{\\sigma^2} (\\bar{x} - \\mu)',
    ],
    [
      'a number of examples that is not in the loss',
      SQUARES,
      '\\frac{\\partial E}{\\partial w_{ji}} = \\frac{1}{N} (y_j - t_j) x_i',
    ],
    [
      'a system to be solved',
      '$A = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}$\n\n',
      'A x = \\begin{pmatrix} 3 \\\\ 8 \\end{pmatrix}',
    ],
    ['recursions over layers', '', "\\delta_j = h'(a_j) \\sum_k w_{kj} \\delta_k"],
  ];
  for (const [title, given, claim] of open)
    it(`undecided: ${title}`, () => assert.deepEqual(new Notes(`${given}$$${claim}$$\n`).failures, []));
});
