/** Every number that leaves the viewer is the one that it shows; every formula can be typeset. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import katex from 'katex';
import { csv, latex, markdown } from '../../src/export/formats';
import { exportTrace } from '../../src/export/trace';
import { formatNumber, formatShape } from '../../src/format/number';
import { FAMILIES, fromJsonNumber, type JsonTensor, type StepView, type ValueView } from '../../src/protocol';
import { type DocumentName, documents, record } from '../webview/fixtures/documents';

type Plain = JsonTensor | null;

const of = (step: StepView, family: (typeof FAMILIES)[number]): ValueView | null =>
  ({ primal: step.value, tangent: step.tangent, adjoint: step.adjoint })[family];

/** The elements in their order, with the shape. */
function flat(value: Plain): { shape: number[]; elements: unknown[] } {
  const shape: number[] = [];
  let elements: unknown[] = [value];
  while (Array.isArray(elements[0])) {
    shape.push(elements[0].length);
    elements = (elements as unknown[][]).flat();
  }
  return { shape, elements };
}

/** JSON has one zero. */
const unsigned = (x: unknown): unknown => (x === 0 ? 0 : x);

function assertSame(written: Plain, shown: ValueView | null, where: string): void {
  if (typeof shown !== 'object' || shown === null) return assert.equal(unsigned(written), unsigned(shown), where);
  const { shape, elements } = flat(written);
  assert.deepEqual([shape, elements.map(unsigned)], [shown.shape, shown.elements?.map(unsigned)], where);
}

/** Fields of one line of CSV. */
function fields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) =>
    quoted === undefined ? (bare ?? '') : quoted.replace(/""/g, '"'),
  );
}

/** What a cell for one number holds of a value. */
function short(value: ValueView | null): string {
  if (value === null) return '';
  return typeof value === 'object' ? formatShape(value.shape) : formatNumber(fromJsonNumber(value), { plain: true });
}

describe('exported numbers are those that are shown', () => {
  for (const name of Object.keys(documents) as DocumentName[])
    it(name, async function () {
      this.timeout(60_000);
      const { answer } = await record(name);
      assert.ok(answer.state === 'data');
      const { trace } = answer;
      const exported = exportTrace(trace, trace.rows);
      const file = { file: 'x', traceables: [exported] };

      const json = JSON.parse(JSON.stringify(exported)) as typeof exported;
      assert.equal(json.steps?.length, trace.steps);
      trace.rows.forEach((step, i) => {
        const written = json.steps?.[i];
        assert.ok(written);
        assertSame(written.value as Plain, step.value, step.name);
        assertSame(written.tangent as Plain, step.tangent, step.name);
        assertSame(written.adjoint as Plain, step.adjoint, step.name);
      });
      for (const { name: input, gradient } of trace.inputs)
        assertSame(json.gradient?.[input] as Plain, gradient, input);
      assertSame(json.output?.value as Plain, trace.output.value, 'output');

      const lines = csv(file).trimEnd().split('\n').slice(1);
      assert.equal(lines.length, trace.steps);
      lines.forEach((line, i) => {
        const step = trace.rows[i] as StepView;
        const values = fields(line).slice(-3);
        FAMILIES.forEach((family, k) => {
          const text = values[k] as string;
          const value = text === '' ? null : text.startsWith('[') ? (JSON.parse(text) as JsonTensor) : Number(text);
          const shown = of(step, family);
          assertSame(
            typeof value === 'number' && !Number.isFinite(value) ? (String(value) as 'NaN') : value,
            shown,
            `${step.name} ${family}`,
          );
        });
      });

      const table = markdown(file).trimEnd().split('\n');
      const rows = table.slice(table.findIndex((line) => line.startsWith('|--')) + 1);
      assert.equal(rows.length, trace.steps);
      // What was left out is said in each text.
      for (const text of [markdown(file), latex(file)]) assert.equal(/in part:/.test(text), !trace.complete);
      rows.forEach((row, i) => {
        const cells = row
          .replace(/\\\|/g, '')
          .split('|')
          .map((cell) => cell.trim());
        assert.deepEqual(
          [cells[3], cells[5], cells[7]],
          FAMILIES.map((family) => short(of(trace.rows[i] as StepView, family))),
        );
      });

      const formulas = [...latex(file).matchAll(/(?<!\\)\$((?:\\.|[^$])*)\$/g)].map((match) => match[1] as string);
      assert.ok(formulas.length >= 3 * trace.steps);
      for (const formula of formulas) katex.renderToString(formula, { strict: 'ignore' });
    });
});
