import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { CURSOR, open } from '../support/service';

const NOTE = `At $x = 2$ the square $y = x^2$ has the slope

$$\\frac{\\partial y}{\\partial x} = 2 x = 5$$
`;

describe('checks of a document', () => {
  it('are listed as they are run: same kinds, identities and order', async () => {
    for (const [text, language] of [
      [NOTE, 'markdown'],
      ['def f(x):\n    return x**2\n\ndef g(x):\n    return x**3\n', 'python'],
    ] as const) {
      const { service, uri } = await open(text, language);
      const listed = await service.listChecks(uri);
      const run = await service.check(uri);
      assert.ok(listed.length >= 2);
      assert.deepEqual(
        listed,
        run.map(({ uri, id, name, kind, range }) => ({ uri, id, name, kind, range })),
      );
      const keys = listed.map(({ kind, id }) => `${kind} ${id}`);
      assert.equal(new Set(keys).size, keys.length, 'identities are unique');
    }
  });

  it('are run one by one', async () => {
    const { service, uri } = await open(NOTE, 'markdown');
    const all = await service.check(uri);
    assert.ok(all.some(({ verdict }) => verdict === 'fail'));
    for (const expected of all) {
      assert.deepEqual(await service.check(uri, { item: { kind: expected.kind, id: expected.id } }), [expected]);
    }
    assert.deepEqual(await service.check(uri, { item: { kind: 'gradient', id: 'nowhere' } }), []);
  });

  it('are run at a place, and at other values', async () => {
    const { service, uri, cursors } = await open(`def f(x):\n    return x ${CURSOR}** 2\n`);
    const position = cursors[0];
    assert.ok(position);
    const [check, ...others] = await service.check(uri, { position, set: { x: 3 } });
    assert.deepEqual(others, []);
    assert.deepEqual(check?.point, { x: 3 });
    assert.equal(check.parameters[0]?.adjoint, 6);
  });

  it('offer no edit that writes the size of the present batch into the code', async () => {
    const text = readFileSync(new URL('../browser/folders/checks/layers.py', import.meta.url), 'utf8');
    const { service, uri } = await open(text);
    const wrong = (await service.check(uri)).filter(({ verdict }) => verdict === 'fail');
    assert.equal(wrong.length, 1);
    assert.match(wrong[0]?.cause ?? '', /2 times the gradient/);
    assert.deepEqual(wrong[0]?.fixes ?? [], []);
  });

  it('look past a comparison on its edge where the output does not care, and name it where it does', async () => {
    const script = (last: string) =>
      `import numpy as np\nx = np.array([0.0, 1.0])\nw = 2.0\ny = x * w\nshare = np.mean(y > 0.0)\nloss = ${last}\n`;
    const at = async (last: string) => {
      const { service, uri } = await open(script(last), 'python');
      const [check] = await service.check(uri);
      return check;
    };
    const idle = await at('np.sum(y * y)');
    assert.equal(idle?.verdict, 'pass', idle?.message);
    const busy = await at('np.sum(y * y) * share');
    assert.equal(busy?.verdict, 'unknown');
    assert.match(busy.message, /`y > 0\.0` in line 5 stands on its edge/);
  });

  it('take few directions of what is long, and none of what is longer still', async () => {
    const loop = (turns: number) => `import numpy as np
x = np.linspace(0.1, 0.9, 30)
w = np.linspace(-0.2, 0.3, 30)
for turn in range(${turns}):
    w += 0.01 * np.tanh(x - w)
y = np.sum(w ** 2)
`;
    for (const [turns, verdict, code] of [
      [400, 'pass', undefined],
      [20_000, 'unknown', 'too-large'],
    ] as const) {
      const { service, uri } = await open(loop(turns));
      const [check] = await service.check(uri);
      assert.deepEqual([check?.verdict, check?.code], [verdict, code], check?.message);
    }
  });
});
