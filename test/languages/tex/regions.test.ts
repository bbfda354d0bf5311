import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readTex } from '../../../src/languages/tex/regions';

const formulas = (text: string) =>
  readTex(text).math.map((m) => m.content.map((c) => text.slice(c.from, c.to)).join('·'));

describe('formulas in TeX', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['dollars, an escaped one, a comment', 'a $x$ b \\$5 % $no$\n $$y$$', ['x', 'y']],
    [
      'environment with a comment',
      '\\begin{align}a&=b % $c$\n\\end{align} $w$',
      ['\\begin{align}a&=b % $c$\n\\end{align}', 'w'],
    ],
    ['verb', '\\verb|$z$| $w$ \\verb*+$+ $v$', ['w', 'v']],
    ['verbatim', '\\begin{verbatim}$x$\\end{verbatim}\\(q\\)', ['q']],
    ['a line break is no bracket', 'line \\\\[2pt] next \\[ e=1 \\]', [' e=1 ']],
    ['unclosed in a line', '$a$ unclosed $b\n\n$c$', ['a', 'c']],
    ['unclosed display', '$$ a = b\n\ntext $c$', [' a = b', 'c']],
    ['unclosed environment', '\\begin{align} a &= b\n\ntext $c$', ['\\begin{align} a &= b', 'c']],
    [
      'unclosed environment before another',
      '\\begin{align} a\n\n\\begin{align} b \\end{align}',
      ['\\begin{align} a', '\\begin{align} b \\end{align}'],
    ],
    ['starred environment', '\\begin{equation*}L=1\\end{equation*}', ['\\begin{equation*}L=1\\end{equation*}']],
    ['percent sign', 'cost 5\\% and $p=5\\%$', ['p=5\\%']],
    ['a comment hides the closing dollar', '$a % $\n b$', ['a % $\n b']],
    ['a definition inside a formula', '$\\newcommand{\\r}{\\rho} \\r$', [' \\r']],
  ];
  for (const [title, text, expected] of table) it(title, () => assert.deepEqual(formulas(text), expected));

  it('in quotations are marked as quoted', () => {
    const { math } = readTex('\\begin{quote}$a$\\end{quote}$b$');
    assert.deepEqual(
      math.map((m) => m.quoted),
      [true, false],
    );
  });
});

describe('macros', () => {
  const macros = (text: string) => readTex(text).macros.map((m) => m.macro);

  it('of all kinds', () => {
    assert.deepEqual(
      macros(
        String.raw`\newcommand{\R}{\mathbb{R}} \newcommand\vect[1]{\mathbf{#1}} \renewcommand*{\d}[2][x]{\frac{d #2}{d #1}}` +
          String.raw`\def\half{\frac{1}{2}} \def\pd#1#2{\frac{\partial #1}{\partial #2}} \DeclareMathOperator{\relu}{ReLU}` +
          String.raw`\DeclareMathOperator*{\argmin}{argmin} \NewDocumentCommand{\sq}{O{2} m}{#2^{#1}} \DeclarePairedDelimiter{\size}{\lvert}{\rvert} \newcommand\eps\varepsilon`,
      ),
      [
        { name: 'R', parameters: 0, body: '\\mathbb{R}' },
        { name: 'vect', parameters: 1, body: '\\mathbf{#1}' },
        { name: 'd', parameters: 2, body: '\\frac{d #2}{d #1}', optional: 'x' },
        { name: 'half', parameters: 0, body: '\\frac{1}{2}' },
        { name: 'pd', parameters: 2, body: '\\frac{\\partial #1}{\\partial #2}' },
        { name: 'relu', parameters: 0, body: '\\operatorname{ReLU}' },
        { name: 'argmin', parameters: 0, body: '\\operatorname*{argmin}' },
        { name: 'sq', parameters: 2, optional: '2', body: '#2^{#1}' },
        { name: 'size', parameters: 1, body: '\\left\\lvert #1 \\right\\rvert' },
        { name: 'eps', parameters: 0, body: '\\varepsilon' },
      ],
    );
  });

  it('in comments do not count; a damaged one is left out', () => {
    assert.deepEqual(macros('% \\newcommand{\\a}{b}\n\\newcommand{\\c}{d'), []);
  });
});

describe('other regions of TeX', () => {
  it('files that are read', () => {
    const { inclusions } = readTex('\\input{macros} \\usepackage[draft]{amsmath, local} \\include{ch/one}');
    assert.deepEqual(
      inclusions.map((i) => [i.kind, i.path]),
      [
        ['input', 'macros'],
        ['package', 'amsmath'],
        ['package', 'local'],
        ['input', 'ch/one'],
      ],
    );
  });

  it('listings with their language', () => {
    const text =
      '\\begin{minted}{python}\nx = 1\n\\end{minted}\\begin{lstlisting}[language=Python]\ny = 2\n\\end{lstlisting}';
    assert.deepEqual(
      readTex(text).code.map((c) => [c.language, text.slice(c.content[0]?.from, c.content[0]?.to)]),
      [
        ['python', '\nx = 1\n'],
        ['python', '\ny = 2\n'],
      ],
    );
  });

  it('comments', () => {
    const text = 'a % wengert: at x=1\nb \\% c';
    assert.deepEqual(
      readTex(text).comments.map((c) => text.slice(c.content.from, c.content.to)),
      [' wengert: at x=1'],
    );
  });

  it('stay inside the document, whatever it holds', () => {
    const pieces = [
      '$',
      '$$',
      '\\',
      '\\(',
      '\\[',
      '\\]',
      '\\begin{align}',
      '\\end{align}',
      '\\begin{verbatim}',
      '\\verb|',
      '%',
      '\n',
      '\n\n',
      '\\newcommand',
      '{',
      '}',
      '\\def',
      '\\a',
      '#1',
      'x',
      '\\input{',
      '\\begin{quote}',
      '\\end{quote}',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const { math, code, comments, macros, inclusions } = readTex(text);
        const spans = [
          ...math.flatMap((m) => [m, ...m.content]),
          ...code.flatMap((c) => [c, ...c.content]),
          ...comments,
          ...inclusions,
          ...macros.map((m) => m.span),
        ];
        for (const s of spans) assert.ok(0 <= s.from && s.from <= s.to && s.to <= text.length, JSON.stringify(text));
      }),
      { numRuns: 1000 },
    );
  });
});
