/** Claims of a document on the command line: JSON, SARIF and exit codes. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as v from 'valibot';
import { COMMANDS } from '../../src/cli/commands';
import { CheckOutput } from '../../src/protocol';

describe('wengert check, of a document', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(path.join(tmpdir(), 'wengert-claims-'))));
  after(() => rmSync(folder, { recursive: true }));

  async function check(text: string, ...options: string[]): Promise<{ code: unknown; output: string }> {
    const file = path.join(folder, 'notes.md');
    writeFileSync(file, text);
    const { write } = process.stdout;
    let output = '';
    process.stdout.write = (part: string | Uint8Array) => {
      output += String(part);
      return true;
    };
    try {
      const code = await COMMANDS['check']?.run([file, '--root', folder, ...options]);
      return { code, output };
    } finally {
      process.stdout.write = write;
    }
  }

  const FALSE = '$f = x^3$, $\\frac{df}{dx} = 3x$\n';

  it('prints a false claim with its text, what is right, and a counterexample', async () => {
    const { output } = await check(FALSE, '--json');
    const { checks, summary } = v.parse(CheckOutput, JSON.parse(output));
    const [claim, ...others] = checks.filter((c) => c.kind === 'claim');
    assert.ok(claim);
    assert.deepEqual(others, []);
    assert.equal(claim.verdict, 'fail');
    assert.equal(claim.code, 'wrong-derivative');
    assert.equal(claim.text, '\\frac{df}{dx} = 3x');
    assert.equal(claim.expected, '3x^2');
    assert.deepEqual(claim.range, { start: { line: 0, character: 28 }, end: { line: 0, character: 30 } });
    const x = Number(claim.point['x']);
    assert.ok(Math.abs(3 * x * x - 3 * x) > 1e-3, JSON.stringify(claim.point));
    assert.equal(summary['fail'], 1);
  });

  it('says whether a right one is proved', async () => {
    const { output } = await check('$f = x^3$, $\\frac{df}{dx} = 3x^2$\n', '--json');
    const { checks } = v.parse(CheckOutput, JSON.parse(output));
    const claim = checks.find((c) => c.kind === 'claim');
    assert.deepEqual([claim?.verdict, claim?.strength], ['pass', 'proved']);
  });

  it('names the rule in SARIF', async () => {
    const { output } = await check(FALSE, '--sarif');
    const { runs } = JSON.parse(output) as {
      runs: { results: { ruleId: string; level: string; locations: { physicalLocation: { region: object } }[] }[] }[];
    };
    const found = runs[0]?.results.find((r) => r.level === 'error');
    assert.equal(found?.ruleId, 'wrong-derivative');
    assert.deepEqual(found.locations[0]?.physicalLocation.region, {
      startLine: 1,
      startColumn: 29,
      endLine: 1,
      endColumn: 31,
    });
  });

  it('ends with 1 for a false claim, with 0 for one that is undecided, unless that is asked for', async () => {
    const open = '$f = x^3$, $\\frac{\\partial L}{\\partial x} = \\int_0^1 t \\, dt$\n';
    assert.equal((await check(FALSE)).code, 1);
    assert.equal((await check(open)).code, 0);
    assert.equal((await check(open, '--fail-on', 'unknown')).code, 1);
  });
});
