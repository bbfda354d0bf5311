import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./onLargeStack.ts', import.meta.url));

function onLargeStack(text: string): string {
  return execFileSync(process.execPath, ['--import=tsx', '--stack-size=6000', SCRIPT, text], { encoding: 'utf8' });
}

const DOWN = 'def down(n):\n    return 0 if n == 0 else 1 + down(n - 1)\n';

describe('deep recursion', () => {
  it('goes as deep as in CPython', () => assert.equal(onLargeStack(`${DOWN}print(down(950))\n`), '950\n'));
  it('raises RecursionError where CPython does', () => {
    const text = `${DOWN}try:\n    down(5000)\nexcept RecursionError as e:\n    print('too deep')\n`;
    assert.equal(onLargeStack(text), 'too deep\n');
  });
});
