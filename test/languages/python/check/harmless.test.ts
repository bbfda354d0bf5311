/** What only looks like a wrong derivative raises no alarm, and what is not written yet is called that. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { checkPairs } from './support/checkPairs';

/** Two losses that take turns: a script that is also run turn by turn, against NumPy. */
const scripts = path.join('..', '..', '..', 'service', 'training_scripts');

function checksIn(folder: string, only = /\.py$/) {
  const home = path.join(__dirname, folder);
  return readdirSync(home)
    .filter((name) => only.test(name))
    .map((name) => ({ name, check: () => checkPairs(readFileSync(path.join(home, name), 'utf8')) }));
}

describe('no alarm', () => {
  for (const { name, check } of [...checksIn('harmless'), ...checksIn(scripts, /^adversaries\.py$/)]) {
    it(name, () => {
      for (const { pair, check: found } of check()) {
        assert.ok(!['fail', 'error'].includes(found.verdict), `${pair.id}: ${found.message}`);
      }
    });
  }

  for (const { name, check } of checksIn('unfinished')) {
    it(`${name}: everything is unknown`, () => {
      const checks = check();
      assert.ok(checks.length > 0);
      for (const { pair, check: found } of checks)
        assert.equal(found.verdict, 'unknown', `${pair.id}: ${found.message}`);
    });
  }
});
