/** Files of one workspace that have to do with each other, through the command line. Figures by NumPy. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { type TraceJson, TraceOutput } from '../../src/protocol';

const root = path.join(__dirname, '..', '..');

function trace(...options: string[]): TraceJson {
  const program = ['--import=tsx', path.join(root, 'src', 'cli', 'main.ts')];
  const folder = path.join(__dirname, 'workspace');
  const all = [...program, 'trace', path.join(folder, 'model.py'), ...options, '--json'];
  const output = execFileSync(process.execPath, all, { cwd: root, encoding: 'utf8' });
  const { traceables } = v.parse(TraceOutput, JSON.parse(output));
  assert.equal(traceables.length, 1);
  return traceables[0] as TraceJson;
}

describe('a call in another file of the workspace', function () {
  this.timeout(60_000);
  const folder = path.join(__dirname, 'workspace');

  it('gives a function its arguments; what it leaves out is the default', () => {
    const t = trace('--name', 'curve', '--root', folder);
    assert.deepEqual(
      t.inputs?.map(({ name, value, origin }) => [name, value, origin]),
      [
        ['x', 1.5, 'document'],
        ['k', 0.25, 'document'],
        ['scale', 2, 'document'],
      ],
    );
    assert.equal(t.output?.value, 3.6245785575819442);
    assert.ok(Math.abs((t.gradient?.['x'] as number) - 2.656355360604514) < 1e-14);
  });

  it('also through names that are given numbers once', () => {
    const t = trace('--name', 'weighted', '--root', folder);
    assert.deepEqual(
      t.inputs?.map(({ value }) => value),
      [
        [0.5, -1, 2],
        [1, 2, 3],
      ],
    );
    assert.equal(t.output?.value, 0.4980772888349885);
  });

  it('does not count outside the workspace', () => {
    const t = trace('--name', 'curve', '--root', path.join(folder, 'scripts'));
    assert.equal(t.inputs?.[0]?.origin, 'assumed');
  });
});
