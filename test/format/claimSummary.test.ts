import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { claimSummary } from '../../src/format';
import type { ClaimCounts } from '../../src/model';

const counts = (some: Partial<ClaimCounts>): ClaimCounts => ({
  total: 0,
  proved: 0,
  agree: 0,
  false: 0,
  undecided: 0,
  reasons: {},
  ...some,
});

describe('the equations of a document in one sentence', () => {
  const table: readonly (readonly [string | undefined, Partial<ClaimCounts>])[] = [
    [undefined, {}],
    ['1 equation: 1 proved', { total: 1, proved: 1 }],
    [
      '12 equations: 5 proved, 1 false, 6 undecided, 4 of them integrals',
      { total: 12, proved: 5, false: 1, undecided: 6, reasons: { 'unsupported-integral': 4, elision: 2 } },
    ],
    [
      '3 equations: 1 in agreement, 2 undecided, all of them without values',
      { total: 3, agree: 1, undecided: 2, reasons: { 'no-value': 2 } },
    ],
    ['1 equation: 1 undecided: an integral', { total: 1, undecided: 1, reasons: { 'unsupported-integral': 1 } }],
    ['2 equations: 2 undecided', { total: 2, undecided: 2, reasons: { undecided: 2 } }],
  ];
  for (const [text, some] of table) it(text ?? 'nothing', () => assert.equal(claimSummary(counts(some)), text));
});
