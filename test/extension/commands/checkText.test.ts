import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkReport, checkSummary } from '../../../extension/commands/checkText';
import type { CheckView } from '../../../src/protocol';

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
const check = (change: Partial<CheckView> = {}): CheckView => ({
  uri: 'file:///a.py',
  id: 'f',
  name: 'f',
  kind: 'gradient',
  range,
  verdict: 'pass',
  strength: 'numerical',
  message: 'adjoint, tangent and differences agree',
  parameters: [
    {
      name: 'x1',
      verdict: 'pass',
      relativeError: 3.2e-11,
      adjoint: 5.5,
      tangent: 5.5,
      centreDifference: 5.500000000422389,
    },
    { name: 'unused', verdict: 'pass', adjoint: null },
  ],
  point: { x1: 2 },
  ...change,
});

describe('checkSummary', () => {
  it('says verdict and reason of one check', () => {
    assert.equal(checkSummary([check()]), '✓ f: pass (agrees numerically). Adjoint, tangent and differences agree.');
  });

  it('counts several by their verdicts', () => {
    const checks = [check(), check({ verdict: 'fail' }), check({ verdict: 'kink' }), check()];
    assert.equal(checkSummary(checks), '4 checks: 1 fail (f), 1 not differentiable here, 2 pass.');
  });

  it('shows no markup, which notifications do not have', () => {
    const wrong = check({ verdict: 'fail', message: '`a` should be `b`', strength: undefined } as Partial<CheckView>);
    assert.equal(checkSummary([wrong]), '✕ f: fail. “a” should be “b”.');
  });

  it('says that there is nothing', () => {
    assert.equal(checkSummary([]), 'There is nothing to check here.');
  });
});

describe('checkReport', () => {
  it('lists every way of differentiating, parameter by parameter', () => {
    assert.equal(
      checkReport('a.py', [check()]),
      [
        '# Gradient check of a.py',
        '',
        '## ✓ f: pass (agrees numerically)',
        '',
        'adjoint, tangent and differences agree',
        '',
        'At x1 = 2',
        '',
        '### ∂f/∂x1: ✓ pass',
        '',
        '- adjoint              5.500000000',
        '- tangent              5.500000000',
        '- centre difference    5.500000000',
        '- relative error       3.2e−11',
        '',
        '### ∂f/∂unused: ✓ pass',
        '',
        '- adjoint              not connected',
        '',
      ].join('\n'),
    );
  });

  it('tells checks of one name apart, and by hand does not say what is differentiated', () => {
    const report = checkReport('a.py', [check(), check({ kind: 'backward', verdict: 'fail' })]);
    assert.match(report, /^## ✕ f, as a derivative written by hand: fail/m);
    assert.match(report, /^### by x1: ✓ pass/m);
    assert.match(report, /^## ✓ f, its own sweeps: pass/m);
  });

  it('shows claim, expectation, cause and the worst element of a failure', () => {
    const report = checkReport('a.md', [
      check({
        kind: 'claim',
        verdict: 'fail',
        message: 'the value is another',
        strength: undefined,
        text: 'dy = 5',
        expected: '5.5',
        cause: 'a term is missing',
        point: {},
        parameters: [
          {
            name: 'W',
            verdict: 'fail',
            worst: { index: [1, 2], claimed: 'NaN', expected: -0.5 },
          },
        ],
      } as Partial<CheckView>),
    ]);
    for (const part of [
      '## ✕ f: fail',
      'Written: dy = 5',
      'Expected: 5.5',
      'Cause: a term is missing',
      'worst element        [1, 2]',
      'claimed              NaN',
      'expected            −0.5000000000',
    ])
      assert.ok(report.includes(part), `${part} in ${report}`);
    assert.ok(!report.includes('tangent'));
  });
});
