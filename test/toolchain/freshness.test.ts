import assert from 'node:assert/strict';
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { alone, contentHash, filesUnder, stamp } from '../../scripts/lib/freshness.mjs';

describe('freshness', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'wengert-fresh-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('lists files without installed ones', () => {
    mkdirSync(path.join(folder, 'node_modules'));
    writeFileSync(path.join(folder, 'node_modules', 'a.js'), '');
    writeFileSync(path.join(folder, 'b.js'), '');
    assert.deepEqual(filesUnder(folder), [path.join(folder, 'b.js')]);
  });

  it('hashes content, and two different places differ', () => {
    assert.equal(contentHash(['package.json']), contentHash(['package.json']));
    assert.notEqual(contentHash(['package.json']), contentHash(['tsconfig.json']));
  });

  it('remembers what a result was made of', () => {
    const made = stamp(path.join(folder, 'deep', '.stamp'));
    assert.equal(made.matches('one'), false);
    made.write('one');
    assert.equal(made.matches('one'), true);
    assert.equal(made.matches('two'), false);
    made.clear();
    assert.equal(made.matches('one'), false);
  });

  it('leaves alone what a copy of the checkout with hard links remembers', () => {
    const [file, copy] = [path.join(folder, '.stamp'), path.join(folder, 'copy')];
    stamp(file).write('one');
    linkSync(file, copy);
    stamp(file).write('two');
    assert.equal(readFileSync(copy, 'utf8'), 'one');
  });

  it('lets one worker in at a time', async () => {
    const lock = path.join(folder, 'lock');
    let inside = 0;
    let most = 0;
    const work = () =>
      alone(lock, async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 20));
        inside--;
      });
    await Promise.all([work(), work()]);
    assert.equal(most, 1);
    assert.equal(existsSync(lock), false);
  });

  it('takes over the lock of a process that is gone', async () => {
    const lock = path.join(folder, 'lock');
    mkdirSync(lock);
    writeFileSync(path.join(lock, 'pid'), '999999999');
    assert.equal(await alone(lock, async () => 'in'), 'in');
  });
});
