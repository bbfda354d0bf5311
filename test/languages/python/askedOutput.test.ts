import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TraceAddress } from '../../../src/protocol';
import { open } from '../../support/service';

const TEXT = `import math

def square(a):
    part = a * a
    return part

def f(x, y):
    part = math.exp(x)
    other = square(part) * y
    return part, other

f(0.0, 3.0)
f(1.0, 2.0)
`;

async function trace(text: string, request: Omit<TraceAddress, 'uri'>) {
  const { service, uri } = await open(text);
  const [found, ...others] = await service.exportTraces({ uri, ...request });
  assert.deepEqual(others, []);
  assert.ok(found);
  return found;
}

describe('the output of a function', () => {
  it('is what it returns', async () => {
    const { output, gradient } = await trace(TEXT, { traceable: 'f' });
    assert.deepEqual([output?.name, output?.value], ['f[0]', 1]);
    assert.deepEqual(gradient, { x: 1, y: null });
  });

  it('is the variable of its body that the reader names, not one of the same name elsewhere', async () => {
    const { output, gradient } = await trace(TEXT, { traceable: 'f', of: 'part' });
    assert.deepEqual([output?.name, output?.value], ['part', 1]);
    assert.deepEqual(gradient, { x: 1, y: null });
  });

  it('is the part of the result that the reader names', async () => {
    const { output, gradient } = await trace(TEXT, { traceable: 'f', of: 'f[1]' });
    assert.deepEqual([output?.name, output?.value], ['f[1]', 3]);
    assert.deepEqual(gradient, { x: 6, y: 1 });
  });

  it('is unknown where nothing has the name, and not something else', async () => {
    const { unknown, output } = await trace(TEXT, { traceable: 'f', of: 'nothing' });
    assert.equal(output, undefined);
    assert.match(unknown?.reason ?? '', /no number `nothing`/);
  });

  it('is what a directive names, and so are its inputs', async () => {
    const directed = TEXT.replace('    part = math.exp', '    # wengert: of other wrt y\n    part = math.exp');
    const { output, gradient } = await trace(directed, { traceable: 'f' });
    assert.deepEqual([output?.name, output?.value], ['other', 3]);
    assert.deepEqual(gradient, { y: 1 });
  });
});

describe('the call of a function', () => {
  it('is the first, or the one that is asked for', async () => {
    assert.equal((await trace(TEXT, { traceable: 'f', of: 'part' })).output?.value, 1);
    assert.equal((await trace(TEXT, { traceable: 'f', of: 'part', moment: [1] })).output?.value, Math.E);
  });

  it('is unknown where there are not as many', async () => {
    const { unknown } = await trace(TEXT, { traceable: 'f', moment: [2] });
    assert.match(unknown?.reason ?? '', /`f` is called 2 times .* no call 2/);
  });
});
