import assert from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Convention } from '../../../src/languages/latex/conventions';
import { type Formula, parseFormula } from '../../../src/languages/latex/parse';
import { bare, children, type Node, pathAt, walk } from '../../../src/languages/latex/tree';
import { type Case, readCases } from './cases';
import { show, toPrefix } from './prefix';

const CASES = readCases();
const prefix = (formula: Formula) => show(toPrefix(formula.root));

function nodesOf(formula: Formula): Node[] {
  const nodes: Node[] = [];
  walk(formula.root, (n) => void nodes.push(n));
  return nodes;
}

function assertInside(formula: Formula, length: number, source: string): void {
  for (const n of [...nodesOf(formula), ...formula.errors, ...formula.readings.map((r) => r.node)])
    assert.ok(
      0 <= n.from && n.from <= n.to && n.to <= length,
      `${n.kind} ${n.from}–${n.to} in ${JSON.stringify(source)}`,
    );
}

describe('parseFormula: text cases', () => {
  it('holds at least 300 formulas, each title once a file', () => {
    assert.ok(CASES.length >= 300, `${CASES.length} cases`);
    assert.strictEqual(new Set(CASES.map((c) => `${c.file} ${c.title}`)).size, CASES.length);
  });

  for (const file of new Set(CASES.map((c) => c.file)))
    describe(file, () => {
      for (const c of CASES.filter((each) => each.file === file))
        it(c.title, () => {
          const formula = parseFormula(c.formula, { declarations: c.declarations });
          assert.strictEqual(prefix(formula), c.tree);
          assert.deepStrictEqual(
            formula.errors.map((e) => `${e.from}-${e.to} ${e.code}`),
            c.errors,
          );
        });
    });
});

/** Kinds that are not formulas by themselves, or that mean something only where they stand. */
const NOT_ALONE: ReadonlySet<Node['kind']> = new Set([
  'error',
  'range',
  'case',
  'text',
  'differential',
  'continuation',
  'dots',
]);

/** Nodes that can be read again from their own text: no bound index, no condition bar, no row of an environment. */
function* standalone(c: Case): Generator<{ readonly node: Node; readonly text: string }> {
  const { root } = parseFormula(c.formula, { declarations: c.declarations });
  function* visit(node: Node): Generator<Node> {
    // Bound names and fonts reach in from outside.
    const styled = node.kind === 'group' && c.formula[node.from] === '\\';
    if (node.kind === 'big' || node.kind === 'optimum' || styled) {
      yield node;
      return;
    }
    if (!NOT_ALONE.has(node.kind)) yield node;
    // The head of a call is read with its brackets.
    const parts = node.kind === 'call' ? node.args : children(node);
    // In \sin^2 x the text of sin x is not of one piece.
    for (const child of parts) if (child.from !== node.from || child.to !== node.to) yield* visit(child);
  }
  for (const node of visit(root)) yield { node, text: c.formula.slice(node.from, node.to) };
}

describe('ranges', () => {
  const whole = CASES.filter((c) => c.file !== 'broken.txt');

  it('of every node re-parse to the same node', () => {
    let checked = 0;
    const different: string[] = [];
    for (const c of whole)
      for (const { node, text } of standalone(c)) {
        if (node.kind === 'relation' && node.signs.some((s) => s.op === 'given' || s.op === 'parallel')) continue;
        // The rows of an environment are read with its marks, names of functions with their brackets.
        if (/&|\\\\/.test(text) && !text.startsWith('\\begin') && !/\\left\b/.test(text)) continue;
        // A phrase is a value only beside a sign.
        if (node.kind === 'symbol' && node.name.includes(' ')) continue;
        const again = show(toPrefix(bare(parseFormula(text, { declarations: c.declarations }).root)));
        const first = show(toPrefix(bare(node)));
        if (again !== first) different.push(`${c.title}: ${text} is ${first}, alone ${again}`);
        checked++;
      }
    assert.deepStrictEqual(different, []);
    assert.ok(checked > 1500, `${checked} nodes`);
  });

  it('enclose those of the parts', () => {
    for (const c of whole)
      for (const node of nodesOf(parseFormula(c.formula, { declarations: c.declarations })))
        for (const child of children(node))
          assert.ok(node.from <= child.from && child.to <= node.to, `${c.title}: ${child.kind} in ${node.kind}`);
  });

  it('are offsets into the document', () => {
    const text = 'Let $x_1 + y$ be.';
    const { root } = parseFormula(text, { ranges: [{ from: 5, to: 12 }] });
    assert.deepStrictEqual([root.from, root.to], [5, 12]);
    assert.ok(root.kind === 'binary');
    assert.strictEqual(text.slice(root.left.from, root.left.to), 'x_1');
    assert.strictEqual(text.slice(root.right.from, root.right.to), 'y');
  });

  it('skip what stands between the ranges of one formula', () => {
    const text = '> $$ a +\n> b $$';
    const { root } = parseFormula(text, {
      ranges: [
        { from: 4, to: 9 },
        { from: 11, to: 13 },
      ],
    });
    assert.strictEqual(show(toPrefix(root)), '(add a b)');
  });

  it('lead from an offset to the innermost node', () => {
    const text = '\\frac{\\partial L}{\\partial w_2} + 1';
    const { root } = parseFormula(text);
    const kinds = pathAt(root, text.indexOf('w_2') + 1).map((n) => n.kind);
    assert.deepStrictEqual(kinds, ['binary', 'derivative', 'symbol']);
    assert.deepStrictEqual(pathAt(root, text.length + 1), []);
  });
});

describe('damaged formulas', () => {
  it('truncated anywhere: no throw, all ranges inside', () => {
    for (const c of CASES)
      for (let to = 0; to <= c.formula.length; to++) {
        const text = c.formula.slice(0, to);
        assertInside(parseFormula(text, { declarations: c.declarations }), text.length, text);
      }
  });

  it('with any one character deleted: no throw, all ranges inside', () => {
    for (const c of CASES)
      for (let i = 0; i < c.formula.length; i++) {
        const text = c.formula.slice(0, i) + c.formula.slice(i + 1);
        assertInside(parseFormula(text, { declarations: c.declarations }), text.length, text);
      }
  });

  it('of random pieces: no throw, all ranges inside', () => {
    const pieces = [
      '\\frac',
      '{',
      '}',
      'x',
      '_',
      '^',
      '(',
      ')',
      '|',
      '\\left',
      '\\right',
      '.',
      '\\begin{cases}',
      '\\end{cases}',
      '&',
      '\\\\',
    ];
    const more = [
      '\\sum',
      '\\partial',
      'd',
      '/',
      '=',
      '+',
      '-',
      '2',
      '\\hat',
      '\\text{if}',
      '\\{',
      "'",
      '\\|',
      ',',
      '\\quad',
      '\\',
      '#1',
      'β',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces, ...more), { maxLength: 24 }), (parts) => {
        const text = parts.join('');
        assertInside(parseFormula(text), text.length, text);
      }),
      { numRuns: 2000 },
    );
  });

  it('nested far too deeply: an error, not a stack overflow', () => {
    for (const piece of ['(', '{', '-', '\\frac{', '|', 'x^{', '\\sqrt{', '\\begin{cases}', '\\left(', '\\sum_{']) {
      const text = piece.repeat(20_000);
      const formula = parseFormula(text);
      assert.ok(formula.errors.length > 0, piece);
      assertInside(formula, text.length, piece);
    }
  });
});

describe('conventions', () => {
  const applied = (formula: string): [Convention, string][] =>
    parseFormula(formula).readings.map((r) => [r.convention, formula.slice(r.node.from, r.node.to)]);

  const table: readonly (readonly [string, Convention, string])[] = [
    ['\\sin x y + 1', 'function-argument', '\\sin x y'],
    ['\\sin^2 x', 'function-power', '\\sin^2 x'],
    ['\\sin^{-1} x', 'inverse-function', '\\sin^{-1} x'],
    ['1/2x', 'left-to-right', '1/2x'],
    ['L(w+h)', 'call-default', 'L'],
    ["u'(2x)", 'call-primed', "u'"],
    ['k(a, 2)', 'call-arguments', 'k'],
    ['u(t)', 'call-symbol', 'u'],
    ['y(1 - y)', 'product-self', 'y'],
    ['softmax(z)', 'bare-word', 'softmax'],
    ['\\sum_k t_k + b', 'sum-body', '\\sum_k t_k'],
    ['\\sum x_i', 'inferred-index', '\\sum x_i'],
    ['W^T', 'transpose', 'W^T'],
    ['x^{(j)}', 'label', 'x^{(j)}'],
    ['\\sum_j x^{(j)}', 'index-label', 'x^{(j)}'],
    ['\\sum_j x^j', 'power-of-index', 'x^j'],
    ['\\sum_i w_{ij}', 'bound-index', 'w_{ij}'],
    ['e^x', 'exponential', 'e^x'],
    ['\\log x', 'natural-logarithm', '\\log x'],
    ['\\frac{dy}{dx}', 'derivative', '\\frac{dy}{dx}'],
    ['\\partial y / \\partial x', 'derivative', '\\partial y / \\partial x'],
    ['1e-4', 'scientific-notation', '1e-4'],
    ['1{,}000', 'thousands-separator', '1{,}000'],
    ['w \\leftarrow a = b', 'update-chain', 'w \\leftarrow a = b'],
  ];
  for (const [formula, convention, text] of table)
    it(`${convention}: ${formula}`, () => {
      assert.ok(
        applied(formula).some(([c, t]) => c === convention && t === text),
        JSON.stringify(applied(formula)),
      );
    });

  it('none is noted where nothing is ambiguous', () => {
    for (const formula of ['a + b', '\\frac{a}{b}', 'x_1 x_2', '\\sin(x)', '2(a + b)', '-x^2 = 3'])
      assert.deepStrictEqual(applied(formula), [], formula);
  });
});

describe('the formulas of the lecture notes', () => {
  const file = new URL('../../../../shared/formulas/seeds.json', import.meta.url);

  it('are read as drafted, where the notes are at hand', function () {
    if (!existsSync(file)) {
      this.test!.title += ' — not at hand, nothing compared';
      return;
    }
    const seeds = JSON.parse(readFileSync(file, 'utf8')) as { latex: string; expected: never }[];
    const different = seeds.filter((s) => prefix(parseFormula(s.latex)) !== show(s.expected));
    this.test!.title += ` — ${seeds.length - different.length} of ${seeds.length}`;
    assert.ok(seeds.length > 0);
    assert.deepStrictEqual(
      different.map((s) => s.latex),
      [],
    );
  });

  it('takes no longer for phrases that are not closed', () => {
    const start = performance.now();
    for (const tex of ['\\text{'.repeat(20_000), `${'\\mathrm{\\text{'.repeat(8_000)}x`, '\\begin{'.repeat(20_000)])
      parseFormula(tex);
    assert.ok(performance.now() - start < 4_000, `${performance.now() - start} ms`);
  });
});
