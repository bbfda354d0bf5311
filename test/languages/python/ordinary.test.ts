/** Code without differentiable mathematics is left alone: nothing found, no hover, no warning. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { open } from '../../support/service';

const FOLDER = new URL('./ordinary/', import.meta.url);
const FILES = readdirSync(FOLDER).filter((f) => f.endsWith('.py'));
const HOVERS = 10;

/** Starts of words, spread evenly over the text. */
function sample(text: string): { line: number; character: number }[] {
  const words = text
    .split('\n')
    .flatMap((content, line) => [...content.matchAll(/\w+/g)].map(({ index }) => ({ line, character: index })));
  return Array.from({ length: HOVERS }, (_, i) => words[Math.floor(((i + 0.5) * words.length) / HOVERS)]).filter(
    (position) => position !== undefined,
  );
}

describe('Ordinary Python', () => {
  it('is shown on at least 50 files', () => assert.ok(FILES.length >= 50, String(FILES.length)));

  for (const file of FILES.sort()) {
    it(file, async () => {
      const text = readFileSync(new URL(file, FOLDER), 'utf8');
      const analysis = pythonFrontEnd.analyse({ uri: `file:///${file}`, languageId: 'python', version: 1, text });
      const found = pythonFrontEnd.find(analysis).map((t) => t.id);
      assert.deepEqual(found, []);
      assert.deepEqual(pythonFrontEnd.faults(analysis), []);

      const { service, uri } = await open(text);
      assert.deepEqual(await service.diagnostics(uri), []);
      const positions = sample(text);
      assert.equal(positions.length, HOVERS);
      for (const position of positions) {
        const { line, character } = position;
        assert.equal(await service.hover(uri, position), undefined, `hover at ${line + 1}:${character + 1}`);
      }
    });
  }
});
