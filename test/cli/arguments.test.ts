import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { assignments, names, parse, position, UsageError } from '../../src/cli/arguments';

describe('command-line arguments', () => {
  it('reads values of the point as JSON', () => {
    assert.deepEqual(assignments(['x=2', 'W=[[1,2],[3,4]]', 'p[\'a\']={"b":1}']), {
      x: 2,
      W: [
        [1, 2],
        [3, 4],
      ],
      "p['a']": { b: 1 },
    });
    assert.throws(() => assignments(['x=two']), UsageError);
    assert.throws(() => assignments(['=2']), UsageError);
  });

  it('splits names at the commas between them only', () => {
    assert.deepEqual(names("a, params['W,1'], x_{1,2},w[0]"), ['a', "params['W,1']", 'x_{1,2}', 'w[0]']);
  });

  it('counts lines and columns from 1', () => {
    assert.deepEqual(position('7'), { line: 6, character: 0 });
    assert.deepEqual(position('7:3'), { line: 6, character: 2 });
    for (const bad of ['0', '7:0', 'x', '1:2:3', '-1']) assert.throws(() => position(bad), UsageError, bad);
  });

  it('says what is wrong with an option', () => {
    assert.throws(() => parse(['--nonsense'], {}), /nonsense/);
  });
});
