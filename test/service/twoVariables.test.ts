/** The smallest real thing, in both languages: y = ln x₁ + x₁x₂ − sin x₂ at (2, 5). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { ScalarTape } from '../../src/autodiff/replay';
import type { StepView, TraceView } from '../../src/protocol';
import { CURSOR, open } from '../support/service';

const example = (name: string) => readFileSync(path.join(__dirname, '..', '..', 'examples', name), 'utf8');

const EXAMPLES = [
  {
    file: 'two_variables.py',
    languageId: 'python',
    function: 'surface',
    x1: 'x1',
    x2: 'x2',
    product: 'x1 * x2',
    sine: 'sin(x2)',
  },
  {
    file: 'two-variables.md',
    languageId: 'markdown',
    function: 'y',
    x1: 'x_1',
    x2: 'x_2',
    product: 'x_1 x_2',
    sine: 'sin x_2',
  },
] as const;

/** Rows of S06 to S08: primal, tangent by x₁, adjoint. */
const ROWS: readonly (readonly [string, number, number, number])[] = [
  ['input', 2, 1, 5.5],
  ['input', 5, 0, 1.7163378145367738],
  ['log', 0.6931471805599453, 0.5, 1],
  ['mul', 10, 5, 1],
  ['add', 10.693147180559945, 5.5, 1],
  ['sin', -0.9589242746631385, 0, -1],
  ['sub', 11.652071455223084, 5.5, 1],
];

for (const example_ of EXAMPLES) {
  describe(`two variables in ${example_.file}`, () => {
    const text = example(example_.file);

    async function trace(): Promise<TraceView> {
      const { service, uri } = await open(text, example_.languageId);
      const { id } = (await service.list(uri)).find((t) => t.name === example_.function) ?? {};
      assert.ok(id !== undefined, 'is found');
      const answer = await service.openTrace({ uri, traceable: id });
      assert.equal(answer.state, 'data');
      return (answer as Extract<typeof answer, { state: 'data' }>).trace;
    }

    it('has the seven steps of the textbook, row by row', async () => {
      const { rows, steps, output } = await trace();
      assert.equal(steps, 7);
      assert.deepEqual(
        rows.map((r: StepView) => [r.op, r.value, r.tangent, r.adjoint]),
        ROWS,
      );
      assert.equal(output.value, 11.652071455223084);
    });

    it('has the formulas of the textbook', async () => {
      const { rows } = await trace();
      const equations = (key: 'primal' | 'tangentFormula' | 'adjointFormula') =>
        rows.map((r) => `${r[key].left} = ${r[key].right}`);
      assert.deepEqual(equations('primal').slice(2), [
        'v_3 = \\ln v_1',
        'v_4 = v_1 v_2',
        'v_5 = v_3 + v_4',
        'v_6 = \\sin v_2',
        'v_7 = v_5 - v_6',
      ]);
      assert.deepEqual(equations('tangentFormula'), [
        '\\dot v_1 = 1',
        '\\dot v_2 = 0',
        '\\dot v_3 = \\dot v_1 / v_1',
        '\\dot v_4 = \\dot v_1 v_2 + v_1 \\dot v_2',
        '\\dot v_5 = \\dot v_3 + \\dot v_4',
        '\\dot v_6 = \\dot v_2 \\cos v_2',
        '\\dot v_7 = \\dot v_5 - \\dot v_6',
      ]);
      assert.deepEqual(equations('adjointFormula'), [
        '\\bar v_1 = \\bar v_3 / v_1 + \\bar v_4 v_2',
        '\\bar v_2 = \\bar v_4 v_1 + \\bar v_6 \\cos v_2',
        '\\bar v_3 = \\bar v_5',
        '\\bar v_4 = \\bar v_5',
        '\\bar v_5 = \\bar v_7',
        '\\bar v_6 = -\\bar v_7',
        '\\bar v_7 = 1',
      ]);
    });

    it('differentiates by whole numbers, which come from the document', async () => {
      const { inputs } = await trace();
      assert.deepEqual(
        inputs.map((i) => [i.name, i.value, i.gradient, i.origin.kind]),
        [
          [example_.x1, 2, 5.5, 'document'],
          [example_.x2, 5, 1.7163378145367738, 'document'],
        ],
      );
    });

    it('is replayed by the page at other values', async () => {
      const { columns, inputs, output, guards } = await trace();
      assert.ok(columns);
      const tape = ScalarTape.fromColumns(columns, guards);
      tape.setInput(inputs[0]?.row as number, 3);
      assert.deepEqual(tape.replay(), { ok: true });
      assert.equal(tape.value(output.row), Math.log(3) + 15 - Math.sin(5));
      assert.equal(tape.adjoints(output.row)[inputs[0]?.row as number], 1 / 3 + 5);
    });

    it('checks: adjoint, tangent and centre differences agree', async () => {
      const { service, uri } = await open(text, example_.languageId);
      const check = (await service.check(uri)).find((c) => c.name === example_.function);
      assert.equal(check?.verdict, 'pass');
      assert.deepEqual(
        check?.parameters.map((p) => [p.name, p.adjoint, p.tangent, p.centreDifference]),
        [
          [example_.x1, 5.5, 5.5, 5.500000000422389],
          [example_.x2, 1.7163378145367738, 1.7163378145367738, 1.716337815009794],
        ],
      );
    });

    it('hovers on a name of an input, on the output and on a sub-expression', async () => {
      const hoverAt = async (place: string) => {
        const at = text.indexOf(place);
        assert.ok(at >= 0, place);
        const { service, uri, cursors } = await open(text.slice(0, at) + CURSOR + text.slice(at), example_.languageId);
        return (await service.hover(uri, cursors[0] as never))?.markdown ?? '';
      };
      const input = await hoverAt(example_.product);
      assert.match(input, /∂.*\*\*5\.500\*\* = `1 \/ .* \+ /, input);
      assert.match(input, /= \*\*2\*\*/, input);
      const sine = await hoverAt(example_.sine);
      assert.match(sine, /∂.*\*\*−1\*\*/, sine);
      assert.match(sine, /\*\*−0\.9589\*\* · step v₆/, sine);
      const output = await hoverAt(example_.languageId === 'python' ? 'surface(2, 5)' : 'y =');
      assert.match(output, /11\.65/, output);
      assert.match(output, /5\.500/, output);
      assert.match(output, /1\.716/, output);
    });
  });
}
