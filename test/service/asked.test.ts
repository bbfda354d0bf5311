import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CURSOR, open } from '../support/service';

/** Arithmetic that a shop does as well. */
const SHOP = `def total(price, count, rate):
    return price * count ${CURSOR}* (1 + rate)
`;

describe('what is shown, and what is asked for', () => {
  it('a function of variables that are called as in mathematics is shown once its derivative depends on them', async () => {
    const { service, uri } = await open(
      'def f(x, y):\n    return x * y + x\n\ndef g(x):\n    return 1 / x\n\ndef line(x):\n    return 3 * x - 1\n',
    );
    assert.deepEqual(
      (await service.list(uri)).map(({ id }) => id),
      ['f', 'g'],
    );
  });

  it('beside a smooth function products are shown whatever their names', async () => {
    const { service, uri } = await open(
      'import math\n\ndef bell(x):\n    return math.exp(-x * x)\n\ndef growth(rate, size):\n    return rate * size * (1 - size)\n',
    );
    assert.deepEqual(
      (await service.list(uri)).map(({ id }) => id),
      ['bell', 'growth'],
    );
  });

  it('other arithmetic is not', async () => {
    const { service, uri, cursors } = await open(SHOP);
    assert.deepEqual(await service.list(uri), []);
    assert.equal(await service.hover(uri, cursors[0] as never), undefined);
  });

  it('but is traced and checked when the reader names it or points at it', async () => {
    const { service, uri, cursors } = await open(SHOP);
    const set = { price: 2, count: 3, rate: 0.5 };
    for (const place of [{ traceable: 'total' }, { position: cursors[0] as never }]) {
      const [trace] = await service.exportTraces({ uri, set, ...place });
      assert.deepEqual(trace?.gradient, { price: 4.5, count: 3, rate: 6 });
      assert.equal((await service.openTrace({ uri, set, ...place })).state, 'data');
    }
    const [check] = await service.check(uri, { position: cursors[0] as never, set });
    assert.equal(check?.verdict, 'pass');
  });

  it('an output of a script, too', async () => {
    const { service, uri } = await open('price = 3\ncount = 4\ntotal = price * count\n');
    assert.deepEqual(await service.list(uri), []);
    assert.deepEqual(await service.exportTraces({ uri }), []);
    const [trace] = await service.exportTraces({ uri, of: 'total' });
    assert.deepEqual(trace?.gradient, { price: 4, count: 3 });
  });
});

describe('names that are asked for', () => {
  const TEXT = 'import math\n\ndef f(x, y):\n    return math.exp(x) * y\n\nprint(f(1, 2))\n';
  const cases: readonly (readonly [string, object, RegExp])[] = [
    ['an input to differentiate by', { wrt: ['x', 'z'] }, /^there is no input z; there is x, y$/],
    ['the input of the tangent', { tangent: 'zz' }, /^there is no input zz; there is x, y$/],
    ['a value', { set: { q: 1 } }, /^there is no q to set; there is x, y$/],
    ['no name at all', { set: { '[': 1 } }, /^\[ is no name$/],
  ];
  for (const [what, request, message] of cases) {
    it(`are not passed over where the document has none: ${what}`, async () => {
      const { service, uri } = await open(TEXT);
      await assert.rejects(service.exportTraces({ uri, ...request }), { message });
    });
  }
});
