/** `wengert check` as other programs call it: verdicts, exit codes, SARIF. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'mocha';
import * as v from 'valibot';
import { CheckOutput } from '../../src/protocol';

const root = path.join(__dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'wengert-check-'));

function check(...args: string[]): { status: number | null; output: string } {
  const main = path.join(root, 'src', 'cli', 'main.ts');
  const { status, stdout } = spawnSync(process.execPath, ['--import=tsx', main, 'check', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, output: stdout };
}

/** An example with a piece of its text replaced. */
function changed(example: string, was: string, is: string): string {
  const text = readFileSync(path.join(root, 'examples', example), 'utf8');
  assert.ok(text.includes(was));
  const file = path.join(folder, example);
  writeFileSync(file, text.replace(was, is));
  return file;
}

describe('wengert check', function () {
  this.timeout(60_000);
  after(() => rmSync(folder, { recursive: true }));

  it('passes the hand-written derivatives of the examples', () => {
    const { status, output } = check('examples/function_pairs.py', 'examples/layers.py', '--json');
    const { checks, summary } = v.parse(CheckOutput, JSON.parse(output));
    const byHand = checks.filter((c) => c.kind === 'backward');
    assert.deepEqual(
      byHand.map((c) => [c.name, c.verdict, c.parameters.map((p) => p.name)]),
      [
        ['negative_product_derivative', 'pass', ['w']],
        ['exponential_derivative', 'pass', ['z']],
        ['plus_one_derivative', 'pass', ['z']],
        ['inverse_derivative', 'pass', ['z']],
        ['logarithm_derivative', 'pass', ['z']],
        ['Dense.backward', 'pass', ['inputs', 'self.weights', 'self.bias']],
        ['Rectifier.backward', 'pass', ['inputs']],
        ['SoftmaxCrossEntropy.backward', 'pass', ['scores']],
        [
          'Network.gradients',
          'pass',
          ['self.hidden.weights', 'self.hidden.bias', 'self.output.weights', 'self.output.bias'],
        ],
      ],
    );
    assert.equal(summary['fail'], 0);
    assert.equal(status, 0);
  });

  it('fails a damaged one with exit code 1, names the cause and offers the edit', () => {
    const file = changed('layers.py', 'shifted.sum(axis=1, keepdims=True)', 'shifted.sum()');
    const { status, output } = check(file, '--json');
    assert.equal(status, 1);
    const { checks } = v.parse(CheckOutput, JSON.parse(output));
    const wrong = checks.find((c) => c.name === 'SoftmaxCrossEntropy.backward');
    assert.equal(wrong?.verdict, 'fail');
    assert.equal(wrong.causeCode, 'missing-axis');
    assert.equal(wrong.fixes?.length, 1);
    const sarif = JSON.parse(check(file, '--sarif').output) as {
      runs: { results: { ruleId: string; fixes?: unknown[] }[] }[];
    };
    const found = sarif.runs[0]?.results.find((r) => r.fixes);
    assert.equal(found?.ruleId, 'gradient-mismatch');
  });

  it('ends with 0 where something is undecided, and with 1 if that is asked for', () => {
    const file = changed('function_pairs.py', 'return 1 / z\n\n\nx, y', 'raise NotImplementedError\n\n\nx, y');
    assert.equal(check(file).status, 0);
    assert.equal(check(file, '--fail-on', 'unknown').status, 1);
  });
});
