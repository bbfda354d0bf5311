/** What the page relies on in the answers of the real service. */
import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as v from 'valibot';
import { TraceAnswer, type TraceView } from '../../../src/protocol';
import { withNumbers } from '../../../webview/math/substitute';
import { Replay } from '../../../webview/state/replay';
import { Course } from '../../../webview/state/stepper';
import { edgesOf, sumOverPaths } from '../../../webview/state/paths';
import { asNumber } from '../../../webview/state/values';
import { open } from '../../support/service';

const DOCUMENTS = {
  formula: ['markdown', '<!-- wengert: at x_1=2, x_2=5 -->\n\n$$\ny = \\ln x_1 + x_1 x_2 - \\sin x_2\n$$\n'],
  function: [
    'python',
    [
      'import numpy as np',
      '',
      'def f(x, w):',
      '    for _ in range(5):',
      '        x = np.tanh(w * x - 0.3) / (1 + x ** 2)',
      '    if x > 0:',
      '        x = x * np.exp(-x)',
      '    return np.sqrt(x + 2) ** 3',
      '',
      'f(0.7, 1.9)',
      '',
    ].join('\n'),
  ],
} as const;

async function trace(name: keyof typeof DOCUMENTS): Promise<TraceView> {
  const [language, text] = DOCUMENTS[name];
  const { service, uri } = await open(text, language);
  const [first] = await service.list(uri);
  assert.ok(first);
  const answer = await service.openTrace({ uri, traceable: first.id });
  const read = v.safeParse(TraceAnswer, JSON.parse(JSON.stringify(answer)));
  assert.ok(read.success, JSON.stringify(read.issues?.[0]?.path?.map((p) => p.key)));
  assert.equal(read.output.state, 'data', JSON.stringify(read.output));
  if (read.output.state !== 'data') throw new Error('no trace');
  assert.equal(read.output.trace.rows.length, read.output.trace.steps);
  return read.output.trace;
}

for (const name of Object.keys(DOCUMENTS) as (keyof typeof DOCUMENTS)[]) {
  describe(`answer of the service for a ${name}`, () => {
    let answer: TraceView;
    let replay: Replay;
    before(async () => {
      answer = await trace(name);
      replay = Replay.of(answer) as Replay;
      assert.ok(replay);
    });

    it('replays to the same numbers in the page', () => {
      const row = answer.inputs.find((input) => input.name === answer.tangent)?.row ?? 0;
      const { value, tangent, adjoint } = replay.sweeps(row);
      answer.rows.forEach((step, position) => {
        assert.equal(replay.rows[position], step.row);
        assert.equal(value(step.row), asNumber(step.value), `${step.name} primal`);
        assert.equal(tangent[step.row], asNumber(step.tangent), `${step.name} tangent`);
        assert.equal(adjoint[step.row], asNumber(step.adjoint), `${step.name} adjoint`);
      });
    });

    it('names steps in its formulas so that the page can put numbers in their place', () => {
      for (const step of answer.rows) {
        const formulas = [
          step.primal.right,
          step.tangentFormula.right,
          step.adjointFormula.right,
          ...step.contributions.map((c) => c.tex),
        ];
        for (const tex of formulas)
          assert.notEqual(
            withNumbers(tex, () => 1.5),
            undefined,
            `${step.name}: ${tex}`,
          );
      }
    });

    it('plays to the end', () => {
      const course = new Course(answer.rows, answer.output.row);
      answer.rows.forEach((step, position) => {
        const { count, of } = course.arrived(position, course.moments.length - 1);
        assert.equal(count, of, step.name);
      });
    });

    it('has paths that sum to its gradients', () => {
      const edges = edgesOf(answer.rows, (step, slot) => asNumber(step.operands[slot]?.partial?.value));
      const output = answer.rows.findIndex((step) => step.row === answer.output.row);
      for (const input of answer.inputs) {
        const position = answer.rows.findIndex((step) => step.row === input.row);
        const { sum } = sumOverPaths(edges, position, output, 5);
        const gradient = asNumber(input.gradient) as number;
        assert.ok(
          Math.abs(sum - gradient) <= 1e-12 * Math.max(1, Math.abs(gradient)),
          `${input.name}: ${sum} and ${gradient}`,
        );
      }
    });
  });
}
