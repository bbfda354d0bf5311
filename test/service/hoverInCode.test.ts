import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CURSOR, open } from '../support/service';

/** The hovers at all marked places. */
async function hovers(text: string): Promise<string[]> {
  const { service, uri, cursors } = await open(`import numpy as np\n${text}`.replaceAll('‸', () => CURSOR));
  const answers = await Promise.all(cursors.map((at) => service.hover(uri, at)));
  return answers.map((answer) => answer?.markdown ?? '');
}

describe('a hover over a name that is given another value', () => {
  it('tells the value at the place, and the derivative by that value', async () => {
    const [target, before, after] = await hovers('x = 2.0\n‸x = ‸x * 3\ny = ‸x ** 2\n');
    // y = (3·2)²: by the new x 2·6, by the old one 3 times as much.
    assert.match(target ?? '', /`∂y\/∂x` = \*\*12\*\*[^]*`x` = \*\*6\*\*/);
    assert.match(before ?? '', /`∂y\/∂x` = \*\*36\*\*[^]*`x` = \*\*2\*\*/);
    assert.match(after ?? '', /`∂y\/∂x` = \*\*12\*\*[^]*`x` = \*\*6\*\*/);
  });

  it('after a loop tells what the loop has left', async () => {
    const [inside, after] = await hovers('w = 1.0\nfor _ in range(3):\n    w = ‸w * 2\nloss = ‸w * 4\n');
    assert.match(inside ?? '', /`∂loss\/∂w` = \*\*32\*\*[^]*`w` = \*\*1\*\*/);
    assert.match(after ?? '', /`∂loss\/∂w` = \*\*4\*\*[^]*`w` = \*\*8\*\*/);
  });

  it('tells parameters of functions apart from what they become', async () => {
    const [parameter, result] = await hovers('def f(‸x):\n    x = x * x\n    return ‸x + 1\n\ny = f(3.0)\n');
    assert.match(parameter ?? '', /`∂f\/∂x` = \*\*6\*\*[^]*`x` = \*\*3\*\*/);
    assert.match(result ?? '', /`∂f\/∂x` = \*\*1\*\*[^]*`x` = \*\*9\*\*/);
  });

  it('says nothing where the place is not reached', async () => {
    const text = 'a = 2.0\nb = a * 3\nif b > 100:\n    b = ‸a * 4\na = 7.0\nloss = ‸a * b\n';
    const [unreached, later] = await hovers(text);
    assert.equal(unreached, '');
    assert.match(later ?? '', /`∂loss\/∂a` = \*\*6\*\*[^]*`a` = \*\*7\*\*/);
  });
});

describe('a hover over code', () => {
  it('gives the gradient by all parts of an object', async () => {
    const [net] = await hovers(`class Net:
    def __init__(self):
        self.w = 2.0
        self.b = 1.0

‸net = Net()
y = net.w * 3.0 + net.b
`);
    assert.match(net ?? '', /∂y\/&#8288;∂net\.w<[^]*<b>3<[^]*∂y\/&#8288;∂net\.b<[^]*<b>1</);
  });

  it('writes small arrays in full and large ones by shape and range', async () => {
    const [small, large, constant] = await hovers(`‸a = np.array([[1.0, 2.0], [3.0, 4.0]])
‸b = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
‸c = np.full((5, 2), 0.5)
y = np.sum(a * a) + np.sum(b * b) + np.sum(c)
`);
    assert.match(small ?? '', /`a` = \*\*\[\[1, 2\], \[3, 4\]\]\*\*/);
    assert.match(large ?? '', /`b` = \*\*8 numbers: 0 … 7\*\*/);
    assert.match(constant ?? '', /`∂y\/∂c` = \*\*5×2: all 1\*\*/);
  });

  it('puts an expression that it differentiates by into brackets, and says of an array that its sum is meant', async () => {
    const [product, call] = await hovers(`def f(x):
    return np.tanh(x ‸* 2) + n‸p.exp(x)

f(np.array([0.0, 0.0]))
`);
    assert.match(product ?? '', /`∂Σf\/∂\(x \* 2\)` = \*\*\[1, 1\]\*\*/);
    assert.match(call ?? '', /`∂Σf\/∂np\.exp\(x\)` = \*\*\[1, 1\]\*\*/);
  });

  it('stops at eight inputs and counts the others', async () => {
    const names = Array.from({ length: 11 }, (_, i) => `x${i}`);
    const [loss] = await hovers(`${names.map((n) => `${n} = 1.0`).join('\n')}\n‸loss = ${names.join(' * ')}\n`);
    assert.equal(loss?.match(/<tr>/g)?.length, 8);
    assert.match(loss ?? '', /and 3 more, in the trace/);
  });
});
