import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { evaluate } from './evaluate';

const FOLDER = new URL('./conformance/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')) as {
  categories: Record<string, Record<string, string>>;
};

function snippets(text: string): [string, string][] {
  return text
    .split(/^#%% ?/m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end + 1)];
    });
}

/** An exception without a message prints its name alone. */
const normal = (text: string) => text.replace(/^(!\w+): \n/m, '$1\n');

describe('Python language conformance (against CPython 3.11)', () => {
  let total = 0;
  for (const file of readdirSync(FOLDER)
    .filter((f) => f.endsWith('.py'))
    .sort()) {
    const category = file.replace(/\.py$/, '');
    it(category, () => {
      const results = expected.categories[category] as Record<string, string>;
      const wrong: string[] = [];
      const unknown: string[] = [];
      const all = snippets(readFileSync(new URL(file, FOLDER), 'utf8'));
      for (const [title, body] of all) {
        const { output, rt } = evaluate(body);
        total++;
        if (normal(output) === normal(results[title] as string)) continue;
        if (rt.unknownEvents > 0) unknown.push(`${title}: ${rt.lastUnknown?.unknown.reason ?? ''}`);
        else wrong.push(`${title}\n--- CPython\n${results[title]}--- here\n${output}`);
      }
      assert.equal(Object.keys(results).length, all.length, 'expected.json is older than the snippets');
      assert.deepEqual(wrong, [], wrong.join('\n'));
      assert.ok(unknown.length <= 0.05 * all.length, `unknown: ${unknown.join('; ')}`);
    });
  }
  it('has at least 250 snippets', () => assert.ok(total >= 250, String(total)));
});
