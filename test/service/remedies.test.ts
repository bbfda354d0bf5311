/** What hovers say about the unknown, and the quick fixes that make it known. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CURSOR, open } from '../support/service';

const PROGRAM = `import numpy as np
from mnist import load_mnist

x, t = load_mnist()
W = np.ones((3, 2))

def loss(W):
    y = np.dot(x, W)
    return -np.mean(np.log(y[np.arange(len(t)), t]))

value = loss(W)
`;

const marked = (needle: string) => PROGRAM.replace(needle, () => `${CURSOR}${needle}`);

describe('the unknown', () => {
  it('has its reason, with the line where it begins, in a hover', async () => {
    const { service, uri, cursors } = await open(marked('y[np.arange'));
    const hover = await service.hover(uri, cursors[0] as never);
    assert.match(
      hover?.markdown ?? '',
      /\*unknown\* because the module `mnist` \\\(line 2\\\) is not supported and not in the workspace/,
    );
  });

  it('is given sample numbers by a comment above the line that it comes from', async () => {
    for (const place of ['load_mnist()', 'np.dot(x, W)', 'value = ']) {
      const { service, uri, cursors } = await open(marked(place));
      const found = await service.remedies(uri, cursors[0] as never);
      assert.deepEqual(
        found.map(({ at, text }) => [at.line, text]),
        [
          [3, '# wengert: given x: float[2, 3] ~ normal(0, 1, seed=0)\n'],
          [3, '# wengert: given t: int[2] ~ randint(0, 2, seed=0)\n'],
        ],
        place,
      );
    }
  });

  it('is known when the comments are there, adapted to what fits', async () => {
    const lines = PROGRAM.split('\n');
    lines.splice(
      3,
      0,
      '# wengert: given x: float[2, 3] ~ uniform(0.1, 1, seed=0)',
      '# wengert: given t: int[2] ~ randint(0, 2, seed=0)',
    );
    const { service, uri } = await open(lines.join('\n'));
    const [traced] = (await service.exportTraces({ uri, id: 'value' } as never)).filter((t) => t.name === 'value');
    assert.equal(typeof traced?.output?.value, 'number');
  });

  it('offers nothing where everything is known', async () => {
    const { service, uri, cursors } = await open(`import math\ny = ${CURSOR}math.exp(2.0)\n`);
    assert.deepEqual(await service.remedies(uri, cursors[0] as never), []);
  });
});
