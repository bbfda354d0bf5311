import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { languageOfPath } from '../../src/protocol';

describe('the language of a file', () => {
  it('is that of the end of its name', () => {
    assert.equal(languageOfPath('file:///a/b.PY'), 'python');
    assert.equal(languageOfPath('a.tex'), 'latex');
  });

  it('is none where no language has the end', () => {
    for (const name of ['a.constructor', 'a.__proto__', 'a.toString', 'a.', 'a', '.py/a'])
      assert.equal(languageOfPath(name), undefined, name);
  });
});
