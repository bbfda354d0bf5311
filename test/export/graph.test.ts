import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import katex from 'katex';
import { foldedInGraph, groupsOf, OPEN_NODES } from '../../src/export/graph/groups';
import { graphPicture } from '../../src/export/graph/picture';
import { graphSvg } from '../../src/export/graph/svg';
import { graphTikz } from '../../src/export/graph/tikz';
import { asRecorded } from '../../src/export/trace';
import { network } from '../webview/fixtures/arrays';
import { loop, twoVariables, units } from '../webview/fixtures/recordings';

describe('the graph as a drawing', () => {
  it('shows the numbers of the textbook example', () => {
    const trace = twoVariables();
    const svg = graphSvg(trace, trace.rows);
    for (const number of ['0.6931', '10.69', '−0.9589', '11.65', '0.5000', '×5', '= 5.500', '= 1.716'])
      assert.ok(svg.includes(`${number}<`), number);
    assert.equal(svg.match(/class="line"/g)?.length, 9);
  });

  it('is well-formed, loads nothing and holds no script', () => {
    for (const trace of [twoVariables(), loop(), units(), network()]) {
      const svg = graphSvg({ ...trace, title: '<script>alert(1)</script>&' }, trace.rows);
      const open: string[] = [];
      for (const [, close, name, selfClosing] of svg.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
        if (close) assert.equal(open.pop(), name);
        else if (!selfClosing) open.push(name as string);
      }
      assert.deepEqual(open, []);
      assert.ok(!/<script|href|url\(|NaN/.test(svg));
    }
  });

  it('as TikZ has a node a step, and formulas that can be typeset', () => {
    for (const trace of [twoVariables(), network()]) {
      const tikz = graphTikz(trace, trace.rows);
      const picture = graphPicture(trace, trace.rows, asRecorded(trace));
      assert.equal(tikz.match(/\\node\[(operation|leaf|group)/g)?.length, picture.nodes.length);
      assert.equal(tikz.match(/\\draw\[edge\]/g)?.length, picture.edges.length);
      for (const [, formula = ''] of tikz.matchAll(/\$([^$]*)\$/g))
        katex.renderToString(formula.replace(/\\textcolor\{adjoint\}/g, ''), { strict: 'ignore' });
      assert.equal(tikz.split('{').length, tikz.split('}').length);
    }
  });

  it('draws a loop as one node, and no more nodes than can be read', () => {
    const trace = loop();
    const groups = groupsOf(trace.scopes);
    const folded = foldedInGraph(groups, trace.steps);
    assert.equal(folded.size, 1);
    const { nodes } = graphPicture(trace, trace.rows, asRecorded(trace));
    assert.ok(nodes.length <= OPEN_NODES, String(nodes.length));
    assert.ok(nodes.some(({ node }) => node.kind === 'group' && node.name.includes('×100')));
  });
});
