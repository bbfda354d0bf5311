import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import http from 'node:http';
import { start } from '../../scripts/lib/processes.mjs';
import { inRoot, root } from '../../scripts/lib/root.mjs';
import { openWorkbench, Workbench } from './support/workbench';

describe('npm start', () => {
  let child: ChildProcess;
  let address: string;

  before(async () => {
    child = start(process.execPath, [inRoot('scripts', 'start.mjs'), '--embedded'], {
      cwd: root,
      env: { ...process.env, CI: 'true' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    address = await new Promise((resolve, reject) => {
      let printed = '';
      child.stdout!.on('data', (text) => {
        printed += text;
        const found = /http:\/\/\S+/.exec(printed)?.[0];
        if (found) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${printed}`)));
    });
  });
  after(() => child?.kill('SIGKILL'));

  it('prints an address on the loopback interface that holds a token', () => {
    const { hostname, searchParams } = new URL(address);
    assert.equal(hostname, '127.0.0.1');
    assert.match(searchParams.get('tkn') ?? '', /^[0-9a-f]{32}$/);
  });

  it('lets nobody in without the token', async () => {
    assert.equal(await statusOf(new URL('/', address).href), 403);
  });

  it('opens examples/ on its course, with the extension running', async () => {
    assert.equal(new URL(address).searchParams.get('folder'), inRoot('examples'));
    const window = new Workbench(await openWorkbench(address));
    await window.page.locator('.tab.active', { hasText: 'README.md' }).waitFor();
    await window.openFile('two_variables.py');
    assert.match(await window.runningExtension('Wengert'), /Activation: \d+\s?ms/);
    await window.screenshot('start');
    await window.page.context().close();
  });

  it('leaves nothing behind after Ctrl-C', async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    await gone;
    assert.equal(await statusOf(address), undefined);
  });
});

/** The status of an answer, or undefined if nobody answers. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    http
      .get(url, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .once('error', () => resolve(undefined));
  });
}
