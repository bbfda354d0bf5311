/** Where the document gives no point, hovers show formulas; numbers that we chose would look like facts. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { open } from '../support/service';

const hoverIn = async (text: string): Promise<string> => {
  const { service, uri, cursors } = await open(text);
  return (await service.hover(uri, cursors[0] as never))?.markdown ?? '';
};

describe('hovers at an assumed point', () => {
  it('give the derivative in symbols, and no numbers', async () => {
    const text = await hoverIn('import math\n\ndef area(a, b):\n    return $$CURSOR$$a * math.exp(b)\n');
    assert.match(text, /`∂area\/∂a` = `[^`]*b[^`]*`/);
    assert.match(text, /gives no values: the trace shows assumed ones/);
    assert.doesNotMatch(text, /\*\*/);
  });

  it('say on what the output depends', async () => {
    const text = await hoverIn('import math\n\ndef $$CURSOR$$area(a, b):\n    return a * math.exp(b)\n');
    assert.match(text, /`area` depends on `a`, `b`/);
    assert.doesNotMatch(text, /\*\*/);
  });

  it('give numbers as soon as the document does', async () => {
    const text = await hoverIn('import math\n\ndef area(a, b):\n    return $$CURSOR$$a * math.sqrt(b)\n\narea(3, 4)\n');
    assert.match(text, /= \*\*2\*\*/);
    assert.match(text, /`a` = \*\*3\*\*/);
  });
});
