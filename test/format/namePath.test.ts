import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseNamePath, printNamePath, sameNamePath } from '../../src/format/namePath';

describe('name paths', () => {
  const cases: readonly (readonly [string, readonly (string | number)[]])[] = [
    ['x1', ['x1']],
    ["self.params['W 1']", ['self', 'params', 'W 1']],
    ['layers[0].weight', ['layers', 0, 'weight']],
    ['x_{i,1}', ['x_{i,1}']],
    ['\\hat{y}', ['\\hat{y}']],
    ['w[-1]', ['w', -1]],
  ];
  for (const [text, path] of cases) {
    it(text, () => {
      assert.deepEqual(parseNamePath(text), path);
      assert.equal(printNamePath(path), text);
    });
  }

  it('reads double quotes and spaces as the same path', () => {
    assert.deepEqual(parseNamePath(`params["W1"][ 2 ]`), ['params', 'W1', 2]);
  });

  it('does not read what is no path', () => {
    for (const text of ['', '  ', 'a[', 'a..b', "a['x]", 'a[b]']) assert.equal(parseNamePath(text), undefined, text);
  });

  it('prints what it reads back, whatever the keys are', () => {
    const part = fc.oneof(fc.integer({ min: -9, max: 99 }), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const path = ['root', ...parts];
        const read = parseNamePath(printNamePath(path));
        assert.ok(read && sameNamePath(read, path), printNamePath(path));
      }),
    );
  });
});
