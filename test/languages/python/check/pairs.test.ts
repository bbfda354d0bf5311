/** Derivatives written by hand that are right, over all the styles that people write them in: none may be failed. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { checkPairs } from './support/checkPairs';

const folder = path.join(__dirname, 'pairs');
const files = readdirSync(folder).filter((name) => name.endsWith('.py'));

describe('derivatives written by hand, all right', () => {
  for (const file of files) {
    it(file, () => {
      const checks = checkPairs(readFileSync(path.join(folder, file), 'utf8'));
      assert.ok(checks.length > 0);
      for (const { pair, check } of checks) assert.equal(check.verdict, 'pass', `${pair.id}: ${check.message}`);
    });
  }
});
