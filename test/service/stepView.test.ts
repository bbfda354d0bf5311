import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adjoints, type Ref } from '../../src/autodiff';
import { sweptTrace, stepView } from '../../src/service/stepView';
import type { OpenDocument } from '../../src/service/documents';
import { evaluateLatex } from '../autodiff/support/evaluateLatex';
import { record } from '../autodiff/support/recording';
import { scalar } from '../../src/tensor';

/** A document of which nothing is asked. */
const nowhere = { text: () => '', range: () => ({}) } as unknown as OpenDocument;

/** The step of x where `count` multiples k·x are added up. */
function manyUses(count: number) {
  const { trace, rows } = record({ x: 0.5 }, (r, x) => {
    let sum: Ref | undefined;
    for (let k = 1; k <= count; k++) {
      const term = r.scalar('mul', k, r.constant(k), x!);
      sum = sum === undefined ? term : r.scalar('add', 0, sum, term);
    }
    return sum!;
  });
  const adjoint = adjoints(trace.tape, trace.output);
  const connected = new Set(rows);
  const swept = sweptTrace({ document: nowhere, trace, tangent: undefined, direction: undefined, adjoint, connected });
  return { swept, view: stepView(swept, rows[0]!) };
}

describe('a step whose value is used many times', () => {
  it('has all terms in its formula, while they are few, and they add up to the number', () => {
    const { swept, view } = manyUses(12);
    assert.ok(!view.adjointFormula.right.includes('\\cdots'));
    const value = evaluateLatex(view.adjointFormula.right.replace(/\\bar v_(?:\{(\d+)\}|(\d))/g, '\\mathsf{a$1$2}'), {
      symbol: (name) => scalar(swept.adjoint.scalars[swept.numbering.rows[Number(name.slice(1)) - 1]!]!),
      data: () => undefined,
    });
    assert.equal(value.item(), view.adjoint);
    assert.equal(view.adjoint, 78);
    assert.deepEqual(view.notes, []);
  });

  it('has the first terms, dots and the last in its formula, and the first contributions, with their number', () => {
    const count = 10_000;
    const { swept, view } = manyUses(count);
    assert.equal(view.adjoint, (count * (count + 1)) / 2);
    const { right, numbers } = view.adjointFormula;
    const [shown, last] = right.split(' + \\cdots + ') as [string, string];
    assert.equal(shown.split(' + ').length, 11);
    // Each term that is written is what its step sends back, the last one too.
    const names = [...shown.split(' + '), last].map((term) => /^(?:(\d+) ?)?\\bar v_(?:\{(\d+)\}|(\d))$/.exec(term)!);
    const factors = names.map(([, factor]) => Number(factor ?? 1));
    assert.deepEqual(factors, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, count]);
    names.forEach(([, , long, short], i) => {
      const row = swept.numbering.rows[Number(long ?? short) - 1]!;
      assert.equal(swept.trace.tape.value[row], factors[i]! * 0.5);
    });
    assert.ok(numbers.includes('\\cdots'));
    assert.equal(view.contributions.length, 500);
    view.contributions.forEach(({ value }, k) => assert.equal(value, k + 1));
    assert.deepEqual(view.notes, [
      { code: 'many-uses', text: '10,000 operands are this value: the contributions of the first 500 are listed' },
    ]);
  });
});
