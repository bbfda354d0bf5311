import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import type { Claim } from '../../../src/languages/frontEnd';
import { Notes } from './support';

interface Case {
  readonly kind: string;
  readonly definition: string;
  readonly right: string;
  readonly wrong: string;
}

/** Written by test/oracles/sympy_claims.py. */
const CASES = JSON.parse(
  readFileSync(new URL('../../oracles/fixtures/sympy_claims.json', import.meta.url), 'utf8'),
) as readonly Case[];

function decide({ definition }: Case, equality: string): Claim | undefined {
  const formulas = [...(definition === '' ? [] : [definition]), equality];
  return new Notes(formulas.map((f) => `$$${f}$$`).join('\n\n')).claims.at(-1);
}

describe('random derivations by SymPy', () => {
  it(`none of ${CASES.length} that are right is called wrong, and nearly all are decided`, () => {
    const undecided: string[] = [];
    for (const c of CASES) {
      const claim = decide(c, c.right);
      assert.notEqual(claim?.verdict, 'fail', `${c.definition}: ${c.right}: ${claim?.message}`);
      if (claim?.verdict !== 'pass') undecided.push(claim?.code ?? 'none');
    }
    assert.ok(undecided.length <= CASES.length * 0.02, String(undecided.length));
    // 1 / 2t, as SymPy folds short fractions, is (1/2) t to others.
    assert.deepEqual([...new Set(undecided)], ['ambiguous']);
  }).timeout(240_000);

  it('at least 95 % of the same with one change are flagged, and none is called right', () => {
    let flagged = 0;
    for (const c of CASES) {
      const claim = decide(c, c.wrong);
      assert.notEqual(claim?.verdict, 'pass', `${c.definition}: ${c.wrong}`);
      if (claim?.verdict === 'fail') flagged++;
    }
    assert.ok(flagged >= CASES.length * 0.95, `${flagged} of ${CASES.length}`);
  }).timeout(240_000);
});
