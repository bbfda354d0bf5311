/** Work that an interrupt ends, with a line that says so. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { supervised } from '../../src/cli/supervise';

const program = (source: string) => [process.execPath, '-e', source];

describe('supervised work', () => {
  it('gives the exit code of the work', async () => {
    const said: string[] = [];
    assert.equal(await supervised(program('process.exit(1)'), (text) => said.push(text)), 1);
    assert.equal(await supervised(program(''), (text) => said.push(text)), 0);
    assert.deepEqual(said, []);
  });

  it('says that it was interrupted, and could not do what it was asked for', async () => {
    const said: string[] = [];
    const busy = 'setTimeout(() => process.kill(process.pid, "SIGINT"), 50); setInterval(() => 0, 1000)';
    assert.equal(await supervised(program(busy), (text) => said.push(text)), 2);
    assert.match(said.join(''), /wengert: interrupted; not everything was checked\n$/);
  });
});
