/** The pre-commit hook and the line for continuous integration, as docs/command-line.md prints them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'mocha';

const root = path.join(__dirname, '..', '..');
const docs = readFileSync(path.join(root, 'docs', 'command-line.md'), 'utf8');
const folder = mkdtempSync(path.join(tmpdir(), 'wengert-hook-'));

/** `npx` that runs this source: what the package's `bin` would be. */
const bin = path.join(folder, 'bin');
mkdirSync(bin);
const main = path.join(root, 'src', 'cli', 'main.ts');
const loader = path.join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs');
writeFileSync(
  path.join(bin, 'npx'),
  `#!/bin/sh\n[ "$1" = wengert ] || exit 3\nshift\nexec "${process.execPath}" --import="file://${loader}" "${main}" "$@"\n`,
);
chmodSync(path.join(bin, 'npx'), 0o755);

const repository = path.join(folder, 'repository');
mkdirSync(repository);
const env = {
  ...process.env,
  PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}`,
  GIT_CONFIG_GLOBAL: path.join(folder, 'none'),
  GIT_CONFIG_NOSYSTEM: '1',
};

function run(command: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: repository, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

const git = (...args: string[]) => run('git', '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args);

const RIGHT = 'def f(x):\n    return x ** 3\n\ndef f_derivative(x):\n    return 3 * x ** 2\n';

describe('what the documentation says of hooks and continuous integration', function () {
  this.timeout(60_000);
  after(() => rmSync(folder, { recursive: true }));

  it('the hook lets right derivatives through and stops wrong ones', () => {
    assert.equal(git('init', '-q').status, 0);
    const hook = /```sh\n(#!\/bin\/sh\n[\s\S]*?)```/.exec(docs)?.[1];
    assert.ok(hook);
    assert.match(hook, /wengert check/);
    const file = path.join(repository, '.git', 'hooks', 'pre-commit');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, hook);
    chmodSync(file, 0o755);

    writeFileSync(path.join(repository, 'notes.txt'), 'nothing to check');
    git('add', '.');
    assert.equal(git('commit', '-qm', 'notes').status, 0, 'a commit without files that are checked');

    writeFileSync(path.join(repository, 'powers.py'), RIGHT);
    git('add', '.');
    const right = git('commit', '-qm', 'right');
    assert.equal(right.status, 0, right.output);

    writeFileSync(path.join(repository, 'powers.py'), RIGHT.replace('3 * x', '2 * x'));
    git('add', '.');
    const wrong = git('commit', '-qm', 'wrong');
    assert.equal(wrong.status, 1, wrong.output);
    assert.match(wrong.output, /powers\.py:4:5.*f_derivative/);
    assert.match(git('log', '--format=%s').output, /^right\nnotes\n$/);
  });

  it('the line of the workflow writes SARIF, and ends with 1 where something is wrong', () => {
    const line = /```yaml\n- run: (.*)\n```/.exec(docs)?.[1];
    assert.ok(line);
    for (const name of ['src', 'notes']) mkdirSync(path.join(repository, name));
    writeFileSync(path.join(repository, 'notes', 'slope.md'), '$y = x^2$ has $\\frac{dy}{dx} = 2 x$.\n');
    for (const [text, status, results] of [
      [RIGHT, 0, 0],
      [RIGHT.replace('3 * x', '2 * x'), 1, 1],
    ] as const) {
      writeFileSync(path.join(repository, 'src', 'powers.py'), text);
      const ended = run('sh', '-c', line);
      assert.equal(ended.status, status, ended.output);
      const log = JSON.parse(readFileSync(path.join(repository, 'wengert.sarif'), 'utf8')) as {
        runs: { results: { level: string }[] }[];
      };
      assert.equal(log.runs[0]?.results.filter((r) => r.level === 'error').length, results);
    }
  });
});
