import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import katex from 'katex';
import { csv, dot, latex, markdown, text } from '../../src/export/formats';
import { quoteCsv } from '../../src/export/table';
import { exportTrace } from '../../src/export/trace';
import type { TraceView } from '../../src/protocol';
import { network } from '../webview/fixtures/arrays';
import { loop, twoVariables, units } from '../webview/fixtures/recordings';

const file = (trace: TraceView = twoVariables()) => ({
  file: 'notes.md',
  traceables: [exportTrace(trace, trace.rows)],
});

/** A trace whose source texts try to break out of every format. */
function hostile(): TraceView {
  const trace = twoVariables();
  const label = 'a|b `c` "d", </script>\n=1+1 \\end{tabular} $x$ _y_';
  return { ...trace, title: '<b>"x"</b>', rows: trace.rows.map((step) => ({ ...step, label })) };
}

describe('a trace as text', () => {
  it('in Markdown is a table with one line a step', () => {
    const lines = markdown(file()).trimEnd().split('\n');
    assert.equal(lines.length, 4 + 7);
    assert.equal(
      lines[6 + 1],
      '| `x_1 x_2` | $v_{4} = v_{1} v_{2}$ | 10 | $\\dot{v}_{4} = \\dot{v}_{1} v_{2} + v_{1} \\dot{v}_{2}$ | 5 | $\\bar{v}_{4} = \\bar{v}_{5}$ | 1 |',
    );
  });

  it('in CSV keeps every digit', () => {
    const trace = twoVariables();
    csv(file(trace))
      .trimEnd()
      .split('\n')
      .slice(1)
      .forEach((row, i) => {
        const numbers = row.split(',').slice(-3).map(Number);
        assert.deepEqual(numbers, [trace.rows[i]!.value, trace.rows[i]!.tangent, trace.rows[i]!.adjoint]);
      });
  });

  it('in LaTeX holds formulas that can be typeset, and as many cells in each line', () => {
    for (const trace of [loop(3), units(), network()]) {
      const table = latex(file(trace));
      const formulas = [...table.matchAll(/\$([^$]+)\$/g)].map((m) => m[1] as string);
      assert.ok(formulas.length > 20);
      for (const formula of formulas) katex.renderToString(formula, { strict: 'ignore' });
      for (const line of table.split('\n').filter((l) => l.endsWith('\\\\')))
        assert.equal(line.split(' & ').length, 7, line);
    }
  });

  it('names arrays by their shape where a table has room for one number', () => {
    assert.match(markdown(file(network())), / 5×2 \|/);
    assert.match(text(file(network())), /\[5×2\]/);
  });

  it('in DOT has one node a step and one arrow a use', () => {
    const graph = dot(file());
    assert.equal(graph.match(/\[label=/g)?.length, 7);
    assert.equal(graph.match(/->/g)?.length, 8);
  });

  it('is not broken by what the source holds', () => {
    const given = file(hostile());
    for (const line of markdown(given).trimEnd().split('\n').slice(2))
      assert.equal(line.replace(/\\\|/g, '').split('|').length, 9, line);
    const rows = latex(given)
      .split('\n')
      .filter((l) => l.startsWith('  \\texttt'));
    assert.equal(rows.length, 7);
    for (const row of rows) assert.ok(!row.includes('\\end{tabular}'), row);
    assert.equal(quoteCsv('=1+1'), "'=1+1");
    assert.equal(quoteCsv('-0.5'), '-0.5');
    assert.equal(csv(given).match(/"a\|b `c` ""d"", <\/script>/g)?.length, 7);
    for (const line of dot(given)
      .split('\n')
      .filter((l) => l.includes('label=')))
      assert.match(line, /^ {2}v\d+ \[label=".*"\];$/);
  });
});
