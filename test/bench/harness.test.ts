import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { median } from './harness';

describe('bench harness', () => {
  it('takes the median', () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.ok(Number.isNaN(median([])));
  });
});

describe('benchmarks', () => {
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.bench.ts'))) {
    it(`${name} does its work, with the right numbers`, () => {
      const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', path.join(__dirname, name)], {
        cwd: path.join(__dirname, '../..'),
        env: { ...process.env, WENGERT_BENCH: 'once' },
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
    }).timeout(120_000);
  }
});
