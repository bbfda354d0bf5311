import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { isAnyPart, parseNamePath, printNamePath, sameNamePath } from '../../src/format/namePath';
import type { NamePath } from '../../src/model';

describe('name paths', () => {
  const cases: readonly (readonly [string, NamePath])[] = [
    ['x1', ['x1']],
    ["self.params['W 1']", ['self', 'params', { key: 'W 1' }]],
    ["params['W1']", ['params', { key: 'W1' }]],
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
    assert.deepEqual(parseNamePath(`params["W1"][ 2 ]`), ['params', { key: 'W1' }, 2]);
  });

  it('does not read what is no path', () => {
    for (const text of ['', '  ', 'a[', 'a..b', "a['x]", 'a[b]']) assert.equal(parseNamePath(text), undefined, text);
  });

  it('takes a field for a key of the same name, and a part for the whole', () => {
    assert.ok(sameNamePath(['params', 'W1'], ['params', { key: 'W1' }]));
    assert.ok(isAnyPart(['x', 'params'], ['params', { key: 'W1' }]));
    assert.ok(isAnyPart(['params.W1'], ['params', { key: 'W1' }]));
    assert.ok(!isAnyPart(['params.W', 'param', '.'], ['params', { key: 'W1' }]));
  });

  it('prints what it reads back, whatever the keys are', () => {
    const part = fc.oneof(
      fc.integer({ min: -9, max: 99 }),
      fc.string({ minLength: 1 }),
      fc.record({ key: fc.string() }),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        const path = ['root', ...parts];
        const read = parseNamePath(printNamePath(path));
        assert.ok(read && sameNamePath(read, path), printNamePath(path));
      }),
    );
  });
});
