import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { expandSource, type Macro } from '../../../src/languages/latex/macros';
import { parseFormula } from '../../../src/languages/latex/parse';
import { findMacros } from '../../../src/languages/tex/macros';
import { show, toPrefix } from './prefix';

const DEFINITIONS = String.raw`\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}} \newcommand{\sq}[1]{#1^2} \newcommand{\w}{\mathbf{w}}
  \DeclareMathOperator{\relu}{ReLU} \newcommand{\slope}[2][x]{\frac{d #2}{d #1}} \newcommand{\loop}{\loop + 1} \newcommand{\twice}[1]{\sq{#1} + \sq{#1}}`;
const macros = new Map(findMacros(DEFINITIONS).map((d): [string, Macro] => [d.macro.name, d.macro]));
const read = (text: string) => parseFormula(text, { macros });

describe('macros in formulas', () => {
  const table: readonly (readonly [string, string])[] = [
    ['\\pd{L}{w_1} = 2', '(eq (D L w_1) 2)'],
    ['\\sq{x} + \\sq y', '(add (pow x 2) (pow y 2))'],
    ['\\w^T \\w', '(mul (transpose bf:w) bf:w)'],
    ['\\relu(z)', '(call ReLU z)'],
    ['\\slope{y} + \\slope[t]{y}', '(add (D y x) (D y t))'],
    ['\\twice{x}', '(add (pow x 2) (pow x 2))'],
    ['\\pd{\\sq{x}}{x}', '(D (pow x 2) x)'],
    ['\\unknown{x}', '(call \\unknown x)'],
    ['\\pd{L}', '(D L (error))'],
  ];
  for (const [text, tree] of table) it(text, () => assert.equal(show(toPrefix(read(text).root)), tree));

  it('a macro that calls itself ends', () => assert.ok(read('\\loop').root));

  it('are written out as text that reads the same', () => {
    for (const [text] of [...table, ['a + \\pd{\\slope[t]{y}}{w} - \\w x', ''] as const]) {
      if (text === '\\pd{L}') continue;
      const written = expandSource(text, macros);
      assert.doesNotMatch(written, /\\(?:pd|sq|w|relu|slope|twice)(?![a-z])/);
      assert.equal(show(toPrefix(parseFormula(written).root)), show(toPrefix(read(text).root)), written);
    }
    assert.equal(expandSource('\\w x', macros), '\\mathbf{w} x');
    assert.ok(expandSource('\\loop', macros).length < 1_000);
  });

  it('keep the range of an argument, and put the rest at the call', () => {
    const text = '3 \\pd{L}{w_1}';
    const { root } = read(text);
    assert.ok(root.kind === 'binary' && root.right.kind === 'derivative');
    const at = (n: { from: number; to: number }) => text.slice(n.from, n.to);
    assert.equal(at(root.right), '\\pd{L}{w_1}');
    assert.equal(at(root.right.operand), 'L');
    assert.equal(at(root.right.variables[0] as never), 'w_1');
  });

  it('cover the call where an argument begins the body', () => {
    const text = '\\sq{ab}';
    const { root } = read(text);
    assert.equal(text.slice(root.from, root.to), '\\sq{ab}');
  });
});
