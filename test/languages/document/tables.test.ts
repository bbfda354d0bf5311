import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Notes } from './support';

const table = (...rows: string[]) =>
  [rows[0], (rows[0] as string).replace(/[^|]+/g, '---'), ...rows.slice(1)].map((r) => `|${r}|`).join('\n');

const LOGISTIC = 'For $X = \\{3\\}$, $y = 1$ and $W = 3$:\n\n';
const logistic = (...cells: readonly [string, string, string, string, string][]) =>
  LOGISTIC +
  table(
    'Variables | derivatives | Value of the variable | Value of the partial derivative | $\\frac{\\partial \\xi_n}{\\partial W}$',
    ...cells.map((row) => row.join(' | ')),
  );

const ROWS: readonly [string, string, string, string, string][] = [
  ['$\\xi_1 = -W^T X$', '$\\frac{\\partial \\xi_1}{\\partial W} = -X$', '-9', '-3', '-3'],
  [
    '$\\xi_2 = e^{\\xi_1}$',
    '$\\frac{\\partial \\xi_2}{\\partial \\xi_1} = e^{\\xi_1}$',
    'e^{-9}',
    'e^{-9}',
    '$-3e^{-9}$',
  ],
  ['$\\xi_3 = 1 + \\xi_2$', '$\\frac{\\partial \\xi_3}{\\partial \\xi_2} = 1$', '1+e^{-9}', '1', '$-3e^{-9}$'],
  [
    '$\\xi_4 = \\frac{1}{\\xi_3} = p$',
    '$\\frac{\\partial \\xi_4}{\\partial \\xi_3} = -\\frac{1}{\\xi_3^2}$',
    '$\\frac{1}{1 + e^{-9}}$',
    '$-\\left(\\frac{1}{1 + e^{-9}}\\right)^2$',
    '$3e^{-9} \\left(\\frac{1}{1 + e^{-9}}\\right)^2$',
  ],
  [
    '$L = -y \\log \\xi_4$',
    '$\\frac{\\partial L}{\\partial \\xi_4} = -\\frac{y}{\\xi_4}$',
    '1.234e-4',
    '$-(1 + e^{-9})$',
    '-0.00037018',
  ],
];

/** The table with one cell replaced. */
const damaged = (row: number, column: number, text: string) =>
  logistic(
    ...ROWS.map((r, i) => (i === row ? r.map((c, j) => (j === column ? text : c)) : r) as (typeof ROWS)[number]),
  );

/** A table with its own verdicts: those of the equations in its cells are left out. */
const verdicts = (text: string) => {
  const notes = new Notes(text);
  return notes.claims.filter((c) => !text.slice(c.span.from - 4, c.span.from).includes('=')).map((c) => c.verdict);
};

describe('tables that are right', () => {
  const tables: Readonly<Record<string, string>> = {
    'variables with values and derivatives': logistic(...ROWS),
    'a function and its derivative at points': `$f(x) = x^2 + 1$\n\n${table("$x$ | $f(x)$ | $f'(x)$", '0 | 1 | 0', '1 | 2 | 2', '−2 | 5 | −4', '0.5 | 1.25 | 1.0')}`,
    'headings without the marks of formulas': `$f(x) = x^2$\n\n${table("x | f(x) | f'(x)", '1 | 1 | 2', '3 | 9 | 6')}`,
    'values of the sigmoid': table(
      '$x$ | $\\sigma(x)$ | $\\sigma(x)(1 - \\sigma(x))$',
      '0 | 0.5 | 0.25',
      '2 | 0.8808 | 0.105',
      '-2 | 0.1192 | 0.105',
    ),
    'functions and derivatives in words': table(
      'Function | Derivative',
      '$x^n$ | $n x^{n-1}$',
      '$\\sin x$ | $\\cos x$',
      '$\\ln x$ | $\\frac{1}{x}$',
      '$a^x$ | $a^x \\ln a$',
      '$\\frac{1}{1 + e^{-x}}$ | $\\sigma(x)(1 - \\sigma(x))$',
    ),
    'functions and derivatives in signs': table(
      "Name | $f(x)$ | $f'(x)$",
      'tanh | $\\tanh x$ | $1 - \\tanh^2 x$',
      'softplus | $\\ln(1 + e^x)$ | $\\frac{1}{1 + e^{-x}}$',
    ),
    'rounded points': `$f(x) = x^3$\n\n${table('$x$ | $f(x)$', '1.26 | 2.0', '1.33 | 2.36')}`,
    'two inputs': `$f(x, y) = x y$\n\n${table('$x$ | $y$ | $f(x, y)$ | $\\frac{\\partial f}{\\partial x}$', '1 | 2 | 2 | 2', '3 | 4 | 12 | 4')}`,
    'adjoints of rows': `$a = 2$, $b = 3$ \n\n${table(
      'Variable | Value | $\\frac{\\partial v_4}{\\partial v_i}$',
      '$v_1 = a$ | 2 | 6',
      '$v_2 = b$ | 3 | 4',
      '$v_3 = v_1 v_2$ | 6 | 2',
      '$v_4 = 2 v_3$ | 12 | 1',
    )}`,
  };
  for (const [title, text] of Object.entries(tables))
    it(title, () => {
      assert.deepEqual([...new Set(verdicts(text))], ['pass'], JSON.stringify(new Notes(text).claims, undefined, 1));
    });

  it('in TeX', () => {
    const notes = new Notes(
      "$f(x) = x^2$\n\\begin{tabular}{|c|c|c|}\n\\hline $x$ & $f(x)$ & $f'(x)$ \\\\ \\hline\n1 & 1 & 2 \\\\ % one\n3 & 9 & \\textbf{6} \\\\ \\hline\n\\end{tabular}",
      'latex',
    );
    assert.deepEqual(notes.verdicts, ['pass', 'pass', 'pass', 'pass']);
  });
});

describe('cells that are wrong', () => {
  const tables: readonly (readonly [string, string, string, string])[] = [
    ['a value', damaged(0, 2, '-6'), '-6', '-9'],
    [
      'a lost minus of a local derivative',
      damaged(3, 3, '$\\left(\\frac{1}{1 + e^{-9}}\\right)^2$'),
      '\\left(\\frac{1}{1 + e^{-9}}\\right)^2',
      '-\\left(\\frac{1}{1 + e^{-9}}\\right)^2',
    ],
    [
      'a derivative along the rows',
      damaged(3, 4, '$-3e^{-9} \\left(\\frac{1}{1 + e^{-9}}\\right)^2$'),
      '-3e^{-9} \\left(\\frac{1}{1 + e^{-9}}\\right)^2',
      '3e^{-9} \\left(\\frac{1}{1 + e^{-9}}\\right)^2',
    ],
    ['a printed number', damaged(4, 4, '0.00037018'), '0.00037018', '-0.00037018'],
    [
      'a derivative at a point',
      `$f(x) = x^2 + 1$\n\n${table("$x$ | $f(x)$ | $f'(x)$", '0 | 1 | 0', '1 | 2 | 2', '2 | 5 | 5')}`,
      '5',
      '4',
    ],
    [
      'the derivative of a function',
      table('Function | Derivative', '$\\sin x$ | $\\cos x$', '$\\cos x$ | $\\sin x$'),
      '\\sin x',
      '-\\sin x',
    ],
    [
      'an adjoint',
      `$a = 2$, $b = 3$ \n\n${table(
        'Variable | Value | $\\frac{\\partial v_4}{\\partial v_i}$',
        '$v_1 = a$ | 2 | 6',
        '$v_2 = b$ | 3 | 6',
        '$v_3 = v_1 v_2$ | 6 | 2',
        '$v_4 = 2 v_3$ | 12 | 1',
      )}`,
      '6',
      '4',
    ],
  ];
  for (const [title, text, wrong, expected] of tables)
    it(title, () => assert.deepEqual(new Notes(text).failures, [{ wrong, expected }]));

  it('a cell in TeX', () => {
    const text = "$f(x) = x^2$\n\\begin{tabular}{cc}\n$x$ & $f'(x)$ \\\\\n1 & 2 \\\\\n3 & 5 \\\\\n\\end{tabular}";
    assert.deepEqual(new Notes(text, 'latex').failures, [{ wrong: '5', expected: '6' }]);
  });
});

describe('cells that are not called wrong', () => {
  const tables: Readonly<Record<string, string>> = {
    'a column of which nothing agrees': `$f(x) = x^2$\n\n${table("$x$ | $f'(x)$", '1 | 3', '2 | 5', '3 | 7')}`,
    'epochs and losses': `$L = (w - 3)^2$\n\n${table('epoch | $w$ | loss', '1 | 0.5 | 0.9', '2 | 0.7 | 0.8')}`,
    'a loss that depends on more than the row says': `$L = (w x - y)^2$, $x = 1$, $y = 2$\n\n${table('$w$ | $L$', '0.5 | 1.1', '0.7 | 0.9')}`,
    'steps of differences': `$f(x) = x^2$\n\n${table('$h$ | $\\frac{f(2 + h) - f(2)}{h}$', '1e-1 | 4.1', '1e-15 | 3.1')}`,
    'a quotation': `$f(x) = x^2$\n\n${table("$x$ | $f'(x)$", '1 | 2', '2 | 5')}`.replace(/^\|/gm, '> |'),
    words: table('Function | Derivative', 'linear | constant', '$x$ | one'),
    integrals: table('Derivative | Function', '$x$ | $\\frac{x^2}{2}$'),
  };
  for (const [title, text] of Object.entries(tables)) it(title, () => assert.deepEqual(new Notes(text).failures, []));
});
