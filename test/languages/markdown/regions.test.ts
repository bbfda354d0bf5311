import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type MarkdownRegions, readMarkdown } from '../../../src/languages/markdown/regions';
import type { Regions } from '../../../src/languages/regions';

const formulas = (text: string) =>
  readMarkdown(text).math.map((m) => m.content.map((c) => text.slice(c.from, c.to)).join(''));

const plain = ({ math, code, comments, tables }: Regions) => ({ math, code, comments, tables });

describe('formulas in Markdown', () => {
  const table: readonly (readonly [string, string, readonly string[]])[] = [
    ['in a line', 'Let $x_1$ and $y = f(x)$ be.', ['x_1', 'y = f(x)']],
    ['in round brackets', 'Let \\(x_1\\) be', ['x_1']],
    ['in square brackets', '\\[ x = 1 \\]\n', ['x = 1']],
    ['display', '$$\nx = 1\n$$\n', ['x = 1']],
    ['display in one line', '$$x = 1$$\n', ['x = 1']],
    ['display before text', '$$x = 1$$ holds', ['x = 1']],
    ['display in a paragraph', 'so $$x = 1$$ holds', ['x = 1']],
    ['displays in a row', '$$z = t^2$$\n$$t = x + y$$\n', ['z = t^2', 't = x + y']],
    ['display right after text', 'so\n$$x = 1$$\nthen', ['x = 1']],
    ['environment', 'so\n\\begin{align}\na &= b\n\\end{align}\nthen', ['\\begin{align}\na &= b\n\\end{align}']],
    ['starred environment', '\\begin{equation*}a = b\\end{equation*}\n', ['\\begin{equation*}a = b\\end{equation*}']],
    ['fence', '```math\nx^2\n```\n', ['x^2']],
    ['MyST directive', '```{math}\n:label: square\nx^2\n```\n', ['x^2']],
    ['MyST directive between colons', ':::{math}\n:label: square\nx^2\n:::\n', ['x^2']],
    ['MyST role', 'so {math}`x^2` is', ['x^2']],
    ['backticks inside dollars', 'so $`x^2`$ is', ['x^2']],
    ['money', 'It costs $5 and then $10 more.', []],
    ['money and a formula', '$5 to $x$ apples', ['x']],
    ['escaped dollars', 'A \\$5 and \\$6 bill', []],
    ['a digit after the dollar', '$20,000 and $30,000', []],
    ['code span', 'Use `$x$` here and $y$', ['y']],
    ['code fence', '```python\nx = "$a$"\n```\n', []],
    ['indented code', 'text\n\n    $a$\n', []],
    ['HTML comment', 'so <!-- $a$ --> and $b$', ['b']],
    ['stars are no emphasis inside', '$a*b$ and $c*d$', ['a*b', 'c*d']],
    ['underscores are no emphasis inside', '$a_1$ b_c $d_2$', ['a_1', 'd_2']],
    ['a dollar in text inside a display', '$$y = \\text{if \\$z}$$', ['y = \\text{if \\$z}']],
    ['list item', '- item $x$\n\n  $$\n  y = 2\n  $$\n', ['x', 'y = 2']],
    ['heading', '# On $x$\n', ['x']],
    ['table', '| $a_1$ | b |\n|---|---|\n| $x$ | $y$ |\n', ['a_1', 'x', 'y']],
    ['other scripts', '값 $x$는 $y$이다', ['x', 'y']],
    ['unclosed in a line', 'a $x + \n\nnext $y$', ['y']],
    ['unclosed display ends at a blank line', '$$ x = 1\n\nprose $y$ text\n', ['x = 1', 'y']],
    ['half-typed display at the end', 'text\n\n$$\nx = \n', ['x =']],
    ['empty', '$$$$ or $ $', []],
  ];
  for (const [title, text, expected] of table)
    it(title, () =>
      assert.deepEqual(
        formulas(text).map((f) => f.trim()),
        expected,
      ),
    );

  it('in quotations leave out the marks, and are marked as quoted', () => {
    const text = '> so $x$ and\n>\n> $$\n> y = 2\n> $$\n\n$z$\n';
    const { math } = readMarkdown(text);
    assert.deepEqual(
      math.map((m) => [m.content.map((c) => text.slice(c.from, c.to).trim()).filter(Boolean), m.quoted, m.display]),
      [
        [['x'], true, false],
        [['y = 2'], true, true],
        [['z'], false, false],
      ],
    );
  });

  it('an unclosed display ends with its quotation', () => {
    assert.deepEqual(formulas('> $$\n> y = 2\ntext $z$\n').at(-1), 'z');
  });

  it('have offsets of the document', () => {
    const text = 'one $a$ two';
    assert.deepEqual(readMarkdown(text).math[0], {
      from: 4,
      to: 7,
      content: [{ from: 5, to: 6 }],
      display: false,
      quoted: false,
    });
  });
});

describe('other regions of Markdown', () => {
  const blocks = (text: string) =>
    readMarkdown(text).code.map((c) => [
      c.language,
      c.looksLikePython,
      c.content.map((s) => text.slice(s.from, s.to)).join(''),
    ]);

  it('code with its language', () => {
    assert.deepEqual(blocks('```python\nx = 1\n```\n'), [['python', false, 'x = 1']]);
    assert.deepEqual(blocks('```{python}\nx = 1\n```\n'), [['python', false, 'x = 1']]);
    assert.deepEqual(blocks('~~~ Python title="a"\nx = 1\n~~~\n'), [['python', false, 'x = 1']]);
  });

  it('code without a language that looks like Python', () => {
    for (const source of [
      'x = 1',
      'import numpy as np',
      'def f(x):\n    return x',
      'with tf.GradientTape() as t:\n    y = f(x)',
      'print(w)\nprint(v)',
      'p.assign_sub(g)\nx = 2',
    ])
      assert.deepEqual(blocks(`\`\`\`\n${source}\n\`\`\`\n`), [['', true, source]], source);
  });

  it('code without a language that does not', () => {
    for (const source of [
      '[[0.5]\n [0.5]]',
      'graph TD; A --> B',
      '$ npm install',
      'int x = 1;\nreturn x;',
      '(if h = 1e-15, dx = 4.4)',
      'a plain sentence',
      '# a comment',
    ])
      assert.deepEqual(blocks(`\`\`\`\n${source}\n\`\`\`\n`), [['', false, source]], source);
  });

  it('comments, in a line and as blocks', () => {
    const text = '<!-- wengert: at x=2 -->\n\ntext <!-- b --> more\n';
    const { comments } = readMarkdown(text);
    assert.deepEqual(
      comments.map((c) => text.slice(c.content.from, c.content.to)),
      [' wengert: at x=2 ', ' b '],
    );
  });

  const cellTexts = (text: string) =>
    readMarkdown(text).tables.map((t) =>
      [t.header, ...t.rows].map((row) => row.map((c) => [c.column, text.slice(c.from, c.to)])),
    );

  it('tables with cells', () => {
    assert.deepEqual(cellTexts('| a | b |\n|---|---|\n| 1 | $y$ |\n|  | 3 |\n'), [
      [
        [
          [0, 'a'],
          [1, 'b'],
        ],
        [
          [0, '1'],
          [1, '$y$'],
        ],
        [[1, '3']],
      ],
    ]);
  });

  it('tables with tabs', () => {
    assert.deepEqual(cellTexts('text\n\nname\tvalue\n$x$\t2\n$y$\t\t4\n\nend\n'), [
      [
        [
          [0, 'name'],
          [1, 'value'],
        ],
        [
          [0, '$x$'],
          [1, '2'],
        ],
        [
          [0, '$y$'],
          [2, '4'],
        ],
      ],
    ]);
  });
});

describe('incremental reading', () => {
  const pieces = [
    '$',
    '$$',
    '\n',
    '\n\n',
    'x',
    '```',
    '> ',
    '- ',
    '\\(',
    '\\)',
    '\\begin{align}',
    '\\end{align}',
    '<!--',
    '-->',
    '| a |',
    ' ',
    '`',
    '\\$',
    '5',
  ];

  it('gives what reading from nothing gives', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 30 }),
        fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.constantFrom(...pieces)), {
          minLength: 1,
          maxLength: 5,
        }),
        (start, edits) => {
          let text = start.join('');
          let regions: MarkdownRegions = readMarkdown(text);
          for (const [at, removed, inserted] of edits) {
            const from = text.length === 0 ? 0 : at % (text.length + 1);
            text = text.slice(0, from) + inserted + text.slice(from + removed);
            regions = readMarkdown(text, regions);
            assert.deepEqual(plain(regions), plain(readMarkdown(text)), JSON.stringify(text));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps all ranges inside the document', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        const { math, code, comments } = readMarkdown(text);
        for (const r of [...math, ...code, ...comments].flatMap((m) => [
          m,
          ...('content' in m ? [m.content].flat() : []),
        ]))
          assert.ok(0 <= r.from && r.from <= r.to && r.to <= text.length, JSON.stringify(text));
      }),
      { numRuns: 500 },
    );
  });
});

describe('the lecture notes', () => {
  const folder = new URL('../../../../shared/seeds/', import.meta.url);
  const list = new URL('../../../../shared/formulas/seeds.json', import.meta.url);

  it('have all their formulas found, where the notes are at hand', function () {
    if (!existsSync(folder) || !existsSync(list)) {
      this.test!.title += ' — not at hand, nothing read';
      return;
    }
    const seeds = JSON.parse(readFileSync(list, 'utf8')) as {
      latex: string;
      source: string;
      offset: number;
    }[];
    const found = new Map<string, Set<string>>();
    let count = 0;
    for (const file of readdirSync(folder).filter((f) => f.endsWith('.txt'))) {
      const all = formulas(readFileSync(new URL(file, folder), 'utf8')).map((f) => f.trim());
      count += all.length;
      found.set(file, new Set(all));
    }
    this.test!.title += ` — ${count} formulas`;
    assert.equal(count, 386);
    assert.deepEqual(
      seeds.filter((s) => !found.get(s.source)?.has(s.latex.trim())).map((s) => s.latex),
      [],
    );
  });
});
