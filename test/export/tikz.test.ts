/** The drawing for LaTeX against a grammar of what it may hold: nothing else reaches a typesetter. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import katex from 'katex';
import { graphTikz } from '../../src/export/graph/tikz';
import type { TraceView } from '../../src/protocol';
import { type DocumentName, documents, record } from '../webview/fixtures/documents';
import { network } from '../webview/fixtures/arrays';
import { loop, twoVariables, units } from '../webview/fixtures/recordings';

const POINT = String.raw`\(-?\d+\.\d\d, -?\d+\.\d\d\)`;
const STYLES = ['edge', 'value', 'adjoint', 'partial', 'operation', 'group', 'leaf'];
/** Keys of TikZ that the styles and nodes use. */
const KEYS = new Set([
  ...STYLES,
  ...['draw', 'font', 'inner sep', 'text', 'fill', 'circle', 'rectangle', 'double', 'minimum size', 'minimum height'],
  ...['label', 'align', 'above', 'below', 'left', 'right'],
]);
const LINES: readonly RegExp[] = [
  /^% needs [a-z, ]+$/,
  /^\\definecolor\{adjoint\}\{HTML\}\{[0-9A-F]{6}\}$/,
  /^\\begin\{tikzpicture\}\[$/,
  new RegExp(`^ {2}(${STYLES.join('|')})/\\.style=\\{([^{}]*)\\},$`),
  /^\]$/,
  new RegExp(`^ {2}\\\\draw\\[edge\\] ${POINT}( \\.\\. controls ${POINT} and ${POINT} \\.\\. ${POINT})+;$`),
  new RegExp(`^ {2}\\\\node\\[.+\\] at ${POINT} \\{.*\\};$`),
  /^\\end\{tikzpicture\}$/,
  /^$/,
];
/** Commands outside of formulas. */
const COMMANDS =
  /\\(?:definecolor|begin|end|draw|node|small|scriptsize|tiny|ttfamily|textbackslash|textbar)(?![A-Za-z])|\\[{}$&#_%^~\\]/g;

function check(tikz: string): void {
  for (const line of tikz.split('\n'))
    assert.ok(
      LINES.some((pattern) => pattern.test(line)),
      line,
    );
  let depth = 0;
  for (const [sign] of tikz.matchAll(/\\[^]|[{}]/g)) {
    depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
    assert.ok(depth >= 0);
  }
  assert.equal(depth, 0, 'braces');
  const formulas: string[] = [];
  const text = tikz
    .replace(/^%.*$/gm, '')
    .replace(/\\\\/g, ' ')
    .replace(/(?<!\\)\$((?:\\.|[^$])*)\$/g, (_, formula: string) => (formulas.push(formula), ''));
  for (const formula of formulas)
    katex.renderToString(formula.replace(/\\textcolor\{adjoint\}/g, ''), { strict: 'ignore' });
  assert.ok(formulas.length > 0);
  // What is left holds only commands that are known, and no character that TeX acts on.
  assert.doesNotMatch(text.replace(COMMANDS, ''), /[\\$&#_%^~]/);
  for (const [, options = ''] of text.matchAll(/\\node\[(.+?)\] at/g))
    for (const key of options.replace(/\{[^]*\}/g, '').split(','))
      assert.ok(KEYS.has(key.split('=')[0]?.trim() ?? ''), `${key} in ${options}`);
}

describe('the graph as TikZ keeps to its grammar', () => {
  const traces: Record<string, TraceView> = {
    'two variables': twoVariables(),
    loop: loop(),
    units: units(),
    arrays: network(),
  };
  for (const [name, trace] of Object.entries(traces)) it(name, () => check(graphTikz(trace, trace.rows)));

  for (const name of Object.keys(documents) as DocumentName[])
    it(name, async function () {
      this.timeout(60_000);
      const { answer } = await record(name);
      assert.ok(answer.state === 'data');
      check(graphTikz(answer.trace, answer.trace.rows));
    });

  it('whatever groups and operations are called', () => {
    const trace = units();
    const name = '50% of $x_1$ & {y} #1 ~ a^b \\end{tikzpicture} | −×→∂';
    check(graphTikz({ ...trace, scopes: trace.scopes.map((scope) => ({ ...scope, name })) }, trace.rows));
    check(
      graphTikz(
        trace,
        trace.rows.map((step) => ({ ...step, op: name })),
        { isFolded: () => false },
      ),
    );
  });
});
