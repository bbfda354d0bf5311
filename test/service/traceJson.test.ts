import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { open } from '../support/service';

describe('traces as JSON', () => {
  it('leave out the steps that nobody reads, say how many, and keep the gradient of all', async () => {
    const { service, uri } = await open(
      'import math\nx = 0.5\ny = x\nfor _ in range(15000):\n    y = math.sin(y) * 2\n',
    );
    const [trace] = await service.exportTraces({ uri, of: 'y' });
    assert.equal(trace?.steps?.length, 20_000);
    assert.equal(trace.stepsLeftOut, 10_001);
    assert.equal(typeof trace.gradient?.['x'], 'number');
  });
});
