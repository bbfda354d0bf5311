import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import katex from 'katex';
import { copyAs, type Table } from '../../../webview/state/copy';
import { recorded } from '../../../webview/state/values';
import { loop, twoVariables } from '../fixtures/recordings';

const table = (trace = twoVariables()): Table => ({
  trace,
  steps: trace.rows,
  value: recorded,
  tangent: trace.tangent,
});

describe('copies of a trace', () => {
  it('in Markdown are a table with one line a step', () => {
    const lines = copyAs('Markdown', table()).trimEnd().split('\n');
    assert.equal(lines.length, 9);
    assert.equal(lines[3], '| $v_{2}$ | $x_2$ | 5 | 0 | 1.716 |');
    for (const line of lines) assert.equal(line.replace(/\\\|/g, '').split('|').length, 7, line);
  });

  it('in CSV and JSON keep every digit', () => {
    const trace = twoVariables();
    const rows = copyAs('CSV', table()).trimEnd().split('\n').slice(1);
    rows.forEach((row, i) => {
      const numbers = row.split(',').slice(-3).map(Number);
      assert.deepEqual(numbers, [trace.rows[i]!.value, trace.rows[i]!.tangent, trace.rows[i]!.adjoint]);
    });
    const json = JSON.parse(copyAs('JSON', table())) as { steps: { adjoint: number }[] };
    assert.equal(json.steps[1]!.adjoint, trace.rows[1]!.adjoint);
  });

  it('in LaTeX hold formulas that can be typeset', () => {
    const text = copyAs('LaTeX', table(loop(3)));
    const formulas = [...text.matchAll(/\$([^$]+)\$/g)].map((m) => m[1] as string);
    assert.ok(formulas.length > 50);
    for (const formula of formulas) katex.renderToString(formula, { strict: 'ignore' });
    for (const line of text.split('\n').filter((l) => l.endsWith('\\\\') && !l.includes('multicolumn')))
      assert.equal(line.split('&').length, 7, line);
  });
});
