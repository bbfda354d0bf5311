import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { nodeFiles } from '../../src/server/node/files';
import { createWorkspaceFiles, type WorkspaceFiles } from '../../src/server/workspace';

describe('createWorkspaceFiles', () => {
  let home: string;
  let workspace: WorkspaceFiles;
  const opened = new Map<string, string>();
  const uri = (...names: string[]) => pathToFileURL(path.join(home, ...names)).href;

  before(() => {
    home = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'wengert-boundary-')));
    for (const folder of ['inside/package', 'inside-too', 'outside'])
      mkdirSync(path.join(home, folder), { recursive: true });
    writeFileSync(path.join(home, 'inside/model.py'), 'w = 1  # ∂');
    writeFileSync(path.join(home, 'inside/package/layer.py'), 'b = 2');
    writeFileSync(path.join(home, 'inside/large.csv'), 'x'.repeat(101));
    writeFileSync(path.join(home, 'inside-too/secret.py'), 'secret');
    writeFileSync(path.join(home, 'outside/secret.py'), 'secret');
    symlinkSync(path.join(home, 'outside'), path.join(home, 'inside/folder-link'));
    symlinkSync(path.join(home, 'outside/secret.py'), path.join(home, 'inside/file-link.py'));
    symlinkSync(path.join(home, 'inside/package/layer.py'), path.join(home, 'inside/inner-link.py'));
    symlinkSync(path.join(home, 'inside'), path.join(home, 'root-link'));
    workspace = createWorkspaceFiles(nodeFiles, (each) => opened.get(each), 100);
    workspace.setRoots([uri('inside')]);
  });
  after(() => rmSync(home, { recursive: true }));

  it('reads files of the workspace, also through links that stay inside', async () => {
    assert.equal(await workspace.text(uri('inside/model.py')), 'w = 1  # ∂');
    assert.equal(await workspace.text(uri('inside/package/layer.py')), 'b = 2');
    assert.equal(await workspace.text(uri('inside/inner-link.py')), 'b = 2');
    assert.deepEqual(await workspace.bytes(uri('inside/package/layer.py')), new TextEncoder().encode('b = 2'));
  });

  it('reads nothing outside: by path, by dots, by a like name, through a link to a folder or a file', async () => {
    for (const name of [
      'outside/secret.py',
      'inside-too/secret.py',
      'inside/folder-link/secret.py',
      'inside/file-link.py',
    ]) {
      assert.equal(await workspace.text(uri(name)), null, name);
      assert.equal(await workspace.bytes(uri(name)), null, name);
    }
    assert.equal(await workspace.text(`${uri('inside')}/../outside/secret.py`), null);
    assert.equal(await workspace.text(`${uri('inside')}/%2e%2e/outside/secret.py`), null);
  });

  it('lists what lies around a file of the workspace, and follows no links', async () => {
    assert.deepEqual(await workspace.near?.(uri('inside/package/layer.py'), '.py'), [uri('inside/model.py')]);
    assert.deepEqual(await workspace.near?.(uri('inside/model.py'), '.py'), [uri('inside/package/layer.py')]);
    assert.deepEqual(await workspace.near?.(uri('outside/secret.py'), '.py'), []);
    assert.deepEqual(await workspace.near?.(uri('inside/folder-link/secret.py'), '.py'), []);
  });

  it('takes a workspace folder that is itself a link', async () => {
    workspace.setRoots([uri('root-link')]);
    assert.equal(await workspace.text(uri('root-link/model.py')), 'w = 1  # ∂');
    assert.equal(await workspace.text(uri('inside/model.py')), 'w = 1  # ∂');
    assert.equal(await workspace.text(uri('root-link/file-link.py')), null);
    workspace.setRoots([uri('inside')]);
  });

  it('reads no folder, nothing that is missing, nothing over the limit', async () => {
    assert.equal(await workspace.text(uri('inside/package')), null);
    assert.equal(await workspace.text(uri('inside')), null);
    assert.equal(await workspace.text(uri('inside/missing.py')), null);
    assert.equal(await workspace.text(uri('inside/large.csv')), null);
  });

  it('reads only files: no other scheme, no other machine', async () => {
    assert.equal(await workspace.text('http://example.invalid/model.py'), null);
    assert.equal(await workspace.text(`file://example.invalid${path.join(home, 'inside/model.py')}`), null);
    assert.equal(await workspace.text('not an address'), null);
  });

  it('prefers the unsaved text of an open document', async () => {
    opened.set(uri('inside/model.py'), 'w = 3');
    assert.equal(await workspace.text(uri('inside/model.py')), 'w = 3');
    opened.clear();
  });

  it('reads nothing without a workspace, and open documents without a file system', async () => {
    workspace.setRoots([]);
    assert.equal(await workspace.text(uri('inside/model.py')), null);
    const open = createWorkspaceFiles(undefined, (each) => (each === 'untitled:a' ? 'x = 1' : undefined));
    open.setRoots([uri('inside')]);
    assert.equal(await open.text('untitled:a'), 'x = 1');
    assert.equal(await open.text(uri('inside/model.py')), null);
  });

  it('does not wait for a named pipe', async function () {
    if (process.platform === 'win32') return this.skip();
    workspace.setRoots([uri('inside')]);
    const pipe = path.join(home, 'inside/pipe.npy');
    execFileSync('mkfifo', [pipe]);
    const late = new Promise<string>((resolve) => setTimeout(() => resolve('still waiting'), 2_000));
    const first = await Promise.race([workspace.bytes(uri('inside/pipe.npy')), late]);
    // Were it waited for, this would let it go on, and the process end.
    if (first !== null) writeFileSync(pipe, '');
    assert.equal(first, null);
  });
});
