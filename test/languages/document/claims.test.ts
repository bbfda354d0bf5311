import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { generator, mutate } from './mutate';
import { Notes } from './support';

interface DerivativeClaim {
  readonly function: string;
  readonly variable: string;
  readonly derivative: string;
}

const CLAIMS = JSON.parse(readFileSync(new URL('./claims.fixture.json', import.meta.url), 'utf8')) as DerivativeClaim[];
const document = (c: DerivativeClaim, derivative = c.derivative) =>
  `$$f = ${c.function}$$\n\n$$\\frac{\\partial f}{\\partial ${c.variable}} = ${derivative}$$\n`;

describe('claims that are right', () => {
  const table: readonly (readonly [string, string])[] = [
    ['a derivative', '$f = x^3 + 2x$, $\\frac{df}{dx} = 3x^2 + 2$'],
    ['a value to the digits printed', '$$L = \\frac12 (0.25 - 1)^2 = 0.2813$$'],
    ['a value cut off after the last digit', '$$c = \\frac{2}{3} \\cdot 1 = 0.666$$'],
    [
      'a chain',
      '$z = t^2$, $t = x + y$ $$\\frac{\\partial z}{\\partial x} = \\frac{\\partial z}{\\partial t} \\frac{\\partial t}{\\partial x} = 2t \\cdot 1 = 2(x + y)$$',
    ],
    [
      'a derivative at the point',
      '$y = \\log x_1 + x_1 x_2$, $(x_1, x_2) = (2, 5)$, $\\frac{\\partial y}{\\partial x_1} = \\frac{1}{x_1} + x_2 = 5.5$',
    ],
    ['calculating on with rounded numbers', '$c = 2 - 0.2837 = 1.7163$'],
    ['a derivative of a named function', "$\\sigma'(z) = \\sigma(z)(1 - \\sigma(z))$"],
    [
      'a partial derivative that holds an intermediate fixed',
      '$u = 2x$, $f = u x$, $\\frac{\\partial f}{\\partial x} = u$',
    ],
    ['a total derivative', '$u = 2x$, $f = u x$, $\\frac{df}{dx} = 4x$'],
    ['in terms of the output', '$s = \\frac{1}{1 + e^{-z}}$, $\\frac{ds}{dz} = s(1 - s)$'],
    [
      'cases',
      '$$y = \\begin{cases} x & x > 0 \\\\ 0 & x \\le 0 \\end{cases}$$ $$\\frac{dy}{dx} = \\begin{cases} 1 & x > 0 \\\\ 0 & x \\le 0 \\end{cases}$$',
    ],
    [
      'a row of aligned equations',
      '\\begin{align} f &= x^2 y \\\\ \\frac{\\partial f}{\\partial x} &= 2 x y \\\\ \\frac{\\partial f}{\\partial y} &= x^2 \\end{align}',
    ],
    [
      'an unknown derivative on both sides',
      '$y = x^3$ $$\\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial x} = 3 x^2 \\frac{\\partial L}{\\partial y}$$',
    ],
    ['a label', '$t \\in \\{-1, 1\\}$, $f = t^2 x$, $\\frac{\\partial f}{\\partial x} = 1$'],
    ['powers of ten', '$0.2^5 = 3.2 \\times 10^{-4}$'],
  ];
  for (const [title, text] of table)
    it(title, () => {
      const { verdicts } = new Notes(text);
      assert.ok(verdicts.length > 0, 'nothing is claimed');
      assert.deepEqual([...new Set(verdicts)], ['pass'], JSON.stringify(new Notes(text).claims));
    });

  it('a hundred derivatives by SymPy', () => {
    assert.equal(CLAIMS.length, 100);
    const flagged = CLAIMS.filter((c) => new Notes(document(c)).verdicts.join() !== 'pass');
    assert.deepEqual(
      flagged.map((c) => document(c)),
      [],
    );
  });
});

describe('claims that are wrong', () => {
  const table: readonly (readonly [string, string, string, string])[] = [
    ['a derivative', '$f = x^3 + 2x$, $\\frac{df}{dx} = 3x^2 - 2$', '3x^2 - 2', '3x^2 + 2'],
    ['a value', '$$L = \\frac12 (0.25 - 1)^2 = 0.2913$$', '0.2913', '0.2813'],
    [
      'a link of a chain, and only that',
      '$z = t^2$, $t = x + y$ $$\\frac{\\partial z}{\\partial x} = 3t \\cdot 1 = 2(x + y)$$',
      '3t \\cdot 1',
      '2t \\cdot 1',
    ],
    [
      'the wrong variable',
      '$z = x w$ $$\\frac{\\partial z}{\\partial x} = \\frac{\\partial (x w)}{\\partial w} = w$$',
      '\\frac{\\partial (x w)}{\\partial w}',
      '\\frac{\\partial (x w)}{\\partial x}',
    ],
    ['a derivative at the point', '$y = x^2$, $x = 3$, $\\frac{dy}{dx} = 5$', '5', '6'],
    ['an approximation that is far off', '$y = x^2$, $x = 3$, $\\frac{dy}{dx} \\approx 5.1$', '5.1', '6.0'],
    [
      'the loss of one example without its index',
      '$\\mathcal{L}_i = -y \\log p$, $\\frac{\\partial \\mathcal{L}}{\\partial p} = \\frac{y}{p}$',
      '\\frac{y}{p}',
      '-\\frac{y}{p}',
    ],
    [
      'a factor of an unknown derivative',
      '$y = x^3$ $$\\frac{\\partial L}{\\partial y} \\frac{\\partial y}{\\partial x} = \\frac{\\partial L}{\\partial y} 3 x$$',
      '\\frac{\\partial L}{\\partial y} 3 x',
      '3 \\frac{\\partial L}{\\partial y} x^2',
    ],
    [
      'a product with derivatives that are given above',
      '$L = p^2$, $\\frac{\\partial p}{\\partial h} = 5 h$ $$\\frac{\\partial L}{\\partial p} \\frac{\\partial p}{\\partial h} = 10 p$$',
      '10 p',
      '10 h p',
    ],
    [
      'a row of an adjoint trace',
      '$v_1 = x_1$, $v_2 = x_2$, $v_3 = v_1 v_2$, $v_4 = \\sin v_2$, $v_5 = v_3 - v_4$, $\\bar{v}_5 = 1$, $\\bar{v}_3 = \\bar{v}_5$, $\\bar{v}_4 = \\bar{v}_5$',
      '\\bar{v}_5',
      '-\\bar{v}_5',
    ],
    [
      'a row of a tangent trace',
      '$v_3 = v_1 v_2$, $\\dot{v}_1 = 1$, $\\dot{v}_2 = 0$, $\\dot{v}_3 = \\dot{v}_1 v_1 + \\dot{v}_2 v_2$',
      '\\dot{v}_1 v_1 + \\dot{v}_2 v_2',
      'v_2 \\dot{v}_1 + v_1 \\dot{v}_2',
    ],
  ];
  for (const [title, text, wrong, expected] of table)
    it(title, () => assert.deepEqual(new Notes(text).failures, [{ wrong, expected }]));

  it('at least 95 of a hundred damaged derivatives are flagged', function () {
    const random = generator(20_231_107);
    const missed: string[] = [];
    for (const c of CLAIMS) {
      const damaged = mutate(c.derivative, random);
      if (!new Notes(document(c, damaged)).verdicts.includes('fail'))
        missed.push(`∂(${c.function})/∂${c.variable}: ${c.derivative} → ${damaged}`);
    }
    this.test!.title += ` — ${CLAIMS.length - missed.length} are`;
    assert.ok(missed.length <= 5, missed.join('\n'));
  });
});

describe('what is not called wrong', () => {
  const table: readonly (readonly [string, string])[] = [
    ['an equation to be solved', '$x^2 - 1 = 0$, $2x + 3 = y + x$'],
    ['a definition', '$x = 1$, $f = x^2$'],
    ['a new value', '$w = 0.5$ and later $w = 0.4$'],
    ['an update', '$w \\leftarrow w - 0.1 g$'],
    ['an update with an equals sign', '$\\theta = \\theta - \\eta \\frac{\\partial L}{\\partial \\theta}$'],
    ['an approximation', '$f = x^2$, $\\frac{df}{dx} \\approx \\frac{f}{x}$'],
    ['a question', '$f = x^2$, $\\frac{df}{dx} \\overset{?}{=} 3x$'],
    ['a value at a point that the document does not give', '$f = x^2$, $\\frac{df}{dx} = 5$'],
    ['a value for numbers given before', '$x = 3$, $x = 4$, $f = x^2$, $\\frac{df}{dx} = 6$'],
    ['a derivative by a name that nothing leads to', '$L = 3 u$, $\\frac{\\partial L}{\\partial w} = 2 u$'],
    ['a derivative of something undefined', '$\\frac{\\partial L}{\\partial w} = 2 w$'],
    ['vectors', '$L = \\mathbf{w}^T \\mathbf{x}$, $\\frac{\\partial L}{\\partial \\mathbf{w}} = \\mathbf{x}^T$'],
    ['quotations', '> $f = x^2$, $\\frac{df}{dx} = 3x$'],
    ['what a directive silences', '$f = x^2$\n\n<!-- wengert: ignore -->\n\n$\\frac{df}{dx} = 3x$'],
    ['a condition', '$f = |x|$, $\\frac{df}{dx} = 1 \\quad (x > 0)$'],
    ['a half-typed formula', '$f = x^2$, $\\frac{df}{dx} = $'],
    ['a derivative set to zero', '$w = 0.5$, $L = (w - 3)^2$, $\\frac{dL}{dw} = 2 (w - 3) = 0$'],
    [
      'a number that comes out of printed values',
      '$z = 0.27$, $a = \\frac{1}{1 + e^{-z}} = 0.57$, $L = -\\log a$, $L = -\\log(a) = 0.56$',
    ],
    ['an equation that holds for positive numbers', '$f = \\sqrt{x^2}$, $\\frac{df}{dx} = 1$, $\\sqrt{x^2} = x$'],
    [
      'an equation that holds for labels',
      '$L = -y \\log p - (1 - y) \\log(1 - p)$, $\\frac{\\partial L}{\\partial p} = \\frac{y^2 - 1}{1 - p} + \\frac{y}{p} - 2 \\frac{y}{p} + (1 - y)^2 \\frac{2}{1 - p}$',
    ],
    [
      'a multiplier that nothing says more of',
      '$f = x^2 y$, $g = x + y$, $\\frac{\\partial f}{\\partial x} = \\lambda \\frac{\\partial g}{\\partial x}$',
    ],
    ['a name that nothing defines', '$L = -y \\log(\\sigma(w x))$, $\\frac{\\partial L}{\\partial w} = (a - 1) y x$'],
    ['a rough approximation', '$f = e^x$, $x = 1$, $f \\approx 3$, $\\frac{df}{dx} \\approx 2.7$'],
    [
      'a derivative that is given',
      '$\\frac{\\partial p}{\\partial h} = 3 h$, $\\frac{\\partial p}{\\partial h} = 2 h$',
    ],
    [
      'a chain rule with unknown factors',
      '$\\frac{\\partial L}{\\partial x} = \\frac{\\partial L}{\\partial u} \\frac{\\partial u}{\\partial x}$',
    ],
    ['an expression under a later heading', '# A\n$z = 2 x + q$, $\\frac{dz}{dx} = 2$\n# B\n$q = x^2$'],
  ];
  for (const [title, text] of table) it(title, () => assert.deepEqual(new Notes(text).failures, []));
});

describe('the lecture notes, proofread', () => {
  const folder = new URL('../../../../shared/seeds/', import.meta.url);

  it('only false claims are called false, where the notes are at hand', function () {
    if (!existsSync(folder)) {
      this.test!.title += ' — not at hand, nothing read';
      return;
    }
    const failures = readdirSync(folder)
      .filter((f) => f.endsWith('.txt'))
      .sort()
      .flatMap((f) => new Notes(readFileSync(new URL(f, folder), 'utf8')).failures.map((x) => x.wrong));
    this.test!.title += ` — ${failures.length} found`;
    assert.deepEqual(failures, [
      '\\frac{\\partial (x_2 w_2 + b_2)}{\\partial w_2}',
      '\\bar{v}_2 v_1 + \\bar{v}_4 \\cos(v_2)',
      "a_5 \\cdot \\tanh'(z_5) \\cdot \\delta_5",
      '-t_{k} + \\sum_{j \\neq k} t_{j} y_{k}',
      ...Array<string>(3).fill('-y \\frac{1}{p} - (1 - y) \\frac{1}{1 - p}'),
      '-X\\sigma(h)(1 - \\sigma(h)) \\left[y \\frac{1}{p} + (1 - y) \\frac{1}{1 - p} \\right]',
      ...[0, 1].flatMap(() => [
        '\\left(\\frac{1}{1 + e^{-9}}\\right)^2',
        '-3e^{-9} \\left(\\frac{1}{1 + e^{-9}}\\right)^2',
        '-3e^{-9} \\left(\\frac{1}{1 + e^{-9}}\\right)',
        '3e^{-9} \\left(\\frac{1}{1 + e^{-9}}\\right)',
      ]),
      ...Array<string>(2).fill('\\left(\\frac{1}{1 + e^{-9}}\\right)^2'),
    ]);
  });
});
