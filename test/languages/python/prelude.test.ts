import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { evaluate } from './evaluate';

describe('libraries that are not on the machine of the oracles', () => {
  it('tqdm runs over what it is given', () => {
    const { output } = evaluate(`
from tqdm import tqdm, trange
import tqdm as module
total = 0
bar = tqdm(range(4), desc='train')
for i in bar:
    total += i
    bar.set_postfix(loss=total)
for i in trange(3, leave=False):
    total += 10
with module.tqdm(total=2) as bar:
    bar.update(2)
print(total, bar.n, len(tqdm([1, 2])), [x for x in module.trange(2)])
`);
    assert.equal(output, '36 2 2 [0, 1]\n');
  });

  it('a command line has the defaults of its options; what must be given is unknown', () => {
    const { output, scope } = evaluate(`
import argparse
p = argparse.ArgumentParser()
p.add_argument('file')
p.add_argument('--rate', type=float, default=0.5)
p.add_argument('--steps', type=int, required=True)
args = p.parse_args()
x = args.rate * 2
y = args.steps * 2
z = args.file
print(x)
`);
    assert.equal(output, '1.0\n');
    for (const [name, reason] of [
      ['y', '`--steps` is given on the command line'],
      ['z', '`file` is given on the command line'],
    ]) {
      const value = scope.get(name as string) as { unknown?: { reason: string } };
      assert.equal(value.unknown?.reason, reason);
    }
  });
});
