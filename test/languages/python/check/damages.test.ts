/**
 * Right derivatives, damaged in places that are drawn from a seed: every damage is caught, most are explained, hardly any
 * wrongly. A damage that changes nothing is told by NumPy (`test/oracles/damages.py`), not by us.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { checkPairs } from './support/checkPairs';
import { type DamageKind, damaged, damagesOf, drawn } from './support/mutator';

const folder = path.join(__dirname, 'pairs');
const files = readdirSync(folder).filter((name) => name.endsWith('.py'));

/** Damages to each pair. */
const EACH = 2;

/** What may be said of each kind of damage; anything else is wrong. */
const CAUSES: Readonly<Record<DamageKind, readonly string[]>> = {
  sign: ['sign'],
  factor: ['constant-factor', 'wrong-number'],
  'term dropped': [
    'missing-term',
    'regularisation',
    'constant-factor',
    'wrong-number',
    'missing-factor',
    'extra-factor',
  ],
  'term sign': ['sign', 'missing-term'],
  'factor dropped': ['missing-factor', 'upstream-ignored', 'constant-factor', 'extra-factor', 'wrong-number', 'sign'],
  transpose: ['transpose'],
  'sum dropped': ['batch-sum'],
  'wrong axis': ['wrong-axis'],
  'mean for sum': ['constant-factor'],
  swapped: ['swapped'],
  comparison: ['comparison'],
  constant: ['wrong-number', 'missing-factor', 'extra-factor', 'constant-factor'],
  'forward axis': ['missing-axis'],
};

describe('derivatives written by hand, damaged', () => {
  const tally = { total: 0, named: 0, wrong: [] as string[] };

  for (const file of files) {
    it(file, function () {
      this.timeout(300_000);
      const text = readFileSync(path.join(folder, file), 'utf8');
      let seed = seedOf(file);
      for (const { pair } of checkPairs(text)) {
        const damages = drawn(damagesOf(text, pair.span), EACH, ++seed);
        assert.ok(damages.length > 0, `${pair.id} can be damaged`);
        for (const damage of damages) {
          const after = checkPairs(damaged(text, damage), pair.id)[0]?.check;
          const what = `${pair.id}, ${damage.kind}: ${damage.text}`;
          assert.ok(after, what);
          assert.ok(
            after.verdict === 'fail' || after.verdict === 'error',
            `${what}: ${after.verdict}, ${after.message}`,
          );
          tally.total++;
          if (!after.cause) continue;
          tally.named++;
          if (!CAUSES[damage.kind].includes(after.cause.code))
            tally.wrong.push(`${what}: ${after.cause.code}, ${after.cause.text}`);
        }
      }
    });
  }

  it('are explained in seven of ten cases, and wrongly in two of a hundred at most', () => {
    const { total, named, wrong } = tally;
    assert.ok(total >= 120, `${total} damages`);
    assert.ok(named >= 0.7 * total, `${named} of ${total} explained`);
    assert.ok(wrong.length <= 0.02 * total, wrong.join('\n'));
  });
});

function seedOf(name: string): number {
  let seed = 17;
  for (const c of name) seed = Math.imul(seed ^ (c.codePointAt(0) as number), 0x01000193) >>> 0;
  return seed;
}
