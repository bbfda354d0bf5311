/** Text that is being typed: whatever is missing, there is an answer, and the last good trace is kept. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { TraceAnswer } from '../../src/protocol';
import * as v from 'valibot';
import { open } from '../support/service';

const EXAMPLES = [
  { file: 'two_variables.py', languageId: 'python' },
  { file: 'two-variables.md', languageId: 'markdown' },
] as const;

for (const { file, languageId } of EXAMPLES) {
  const text = readFileSync(path.join(__dirname, '..', '..', 'examples', file), 'utf8');

  describe(`${file} while it is typed`, () => {
    it('answers every question at every truncation', async function () {
      this.timeout(60_000);
      const { service, uri, type } = await open('', languageId);
      for (let end = 0; end <= text.length; end += 3) {
        await type(text.slice(0, end));
        const lines = text.slice(0, end).split('\n');
        const position = { line: lines.length - 1, character: (lines.at(-1) as string).length };
        await service.list(uri);
        await service.hover(uri, position);
        await service.diagnostics(uri);
        const answer = await service.openTrace({ uri, position });
        assert.ok(v.is(TraceAnswer, answer), `at ${end}: not an answer of the protocol`);
        if (answer.state === 'data') await service.rows(answer.trace.lease, 0, 10);
      }
    });

    it('keeps the last good trace, marked, when the text breaks', async () => {
      const { service, uri, type } = await open(text, languageId);
      const position = {
        line: text.slice(0, text.indexOf(languageId === 'python' ? 'np.sin' : '\\sin')).split('\n').length - 1,
        character: 8,
      };
      const good = await service.openTrace({ uri, position });
      assert.equal(good.state, 'data');
      assert.equal(good.trace.editsBehind, 0);
      await type(
        text.replace(
          languageId === 'python' ? 'np.sin(x2)' : '\\sin x_2',
          languageId === 'python' ? 'np.sin(' : '\\frac{',
        ),
      );
      const broken = await service.openTrace({ uri, position });
      if (broken.state === 'data') {
        assert.equal(broken.trace.editsBehind, 1);
        assert.ok(broken.trace.staleReason);
        assert.equal(broken.trace.output.value, good.trace.output.value);
      } else {
        assert.equal(broken.state, 'unknown');
        assert.ok(broken.unknown.reason.length > 0);
      }
      await type(text);
      const again = await service.openTrace({ uri, position });
      assert.equal(again.state, 'data');
      assert.equal(again.trace.editsBehind, 0);
    });
  });
}
