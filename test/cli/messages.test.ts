/** What keeps a command from running is said in one line that names the file or the word, and the exit code is 2. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'mocha';
import { assignments, UsageError } from '../../src/cli/arguments';
import { commandOf } from '../../src/cli/commands';
import { forEachFile } from '../../src/cli/common';
import { findFiles, readDocument } from '../../src/cli/files';
import { help } from '../../src/cli/help';

describe('command-line messages', () => {
  it('a word that every object knows is no command', () => {
    for (const name of ['constructor', '__proto__', 'toString']) {
      assert.equal(commandOf(name), undefined);
      assert.equal(help(name), help());
    }
    const { status, stderr } = spawnSync(process.execPath, ['--import=tsx', 'src/cli/main.ts', 'constructor'], {
      encoding: 'utf8',
    });
    assert.equal(status, 2);
    assert.equal(stderr, 'wengert: unknown command "constructor": there are list, trace, check, lsp\n');
  });

  it('a name that every object knows is given its value', () => {
    assert.deepEqual(Object.entries(assignments(['__proto__=2', 'constructor=3'])), [
      ['__proto__', 2],
      ['constructor', 3],
    ]);
  });

  it('says the same of a file that is not there, whoever wants it; a folder is no file', () => {
    const message = { name: 'Error', message: 'nowhere.py: no such file or folder' };
    assert.throws(() => readDocument('nowhere.py', undefined), message);
    assert.throws(() => findFiles(['nowhere.py'], undefined), message);
    assert.throws(() => readDocument('test', undefined), /^Error: test: a folder, where a file is wanted$/);
  });

  it('knows the languages that can be asked for', () => {
    assert.throws(() => readDocument('README.md', 'constructor'), /unknown language "constructor": there are .*python/);
    assert.equal(readDocument('README.md', 'tex').languageId, 'tex');
  });

  it('a file that the service stumbles over keeps nobody from the others', async () => {
    const [visited, said]: [string[], string[]] = [[], []];
    const visit = async (file: string): Promise<void> => {
      visited.push(file);
      if (file === 'b.py') throw new RangeError('too deep');
    };
    assert.equal(await forEachFile(['a.py', 'b.py', 'c.py'], visit, (text) => said.push(text)), false);
    assert.deepEqual(visited, ['a.py', 'b.py', 'c.py']);
    assert.deepEqual(said, ['wengert: b.py: too deep\n']);
    assert.equal(await forEachFile(['a.py'], visit), true);
    await assert.rejects(
      forEachFile(['a.py'], () => Promise.reject(new UsageError('no such folder'))),
      UsageError,
    );
  });
});
