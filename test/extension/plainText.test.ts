import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { withoutLinks } from '../../extension/plainText';

/** What VS Code takes for a link in a notification. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe('messages of VS Code', () => {
  it('hold no link that a document or a file name wrote', () => {
    for (const text of [
      '[a](command:x).py is written',
      'f[0](https://e.example)',
      '[[a]](file:///x) [b](command:y "z")',
    ]) {
      assert.match(text, LINK);
      assert.doesNotMatch(withoutLinks(text), LINK);
    }
    assert.equal(withoutLinks('w[0] (line 3): f(x)[1]'), 'w[0] (line 3): f(x)[1]');
  });
});
