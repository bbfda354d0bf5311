/** Any value of a trace can be the output. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { TraceAddress } from '../../src/protocol';
import { open } from '../support/service';

const FUNCTION = [
  'import numpy as np',
  '',
  'def surface(x1, x2):',
  '    growth = np.log(x1)',
  '    product = x1 * x2',
  '    return growth + product - np.sin(x2)',
  '',
  'y = surface(2, 5)',
  '',
].join('\n');

async function gradient(text: string, language: string, address: Partial<TraceAddress>): Promise<unknown> {
  const { service, uri } = await open(text, language);
  const [first] = await service.list(uri);
  const answer = await service.openTrace({ uri, traceable: first?.id as string, ...address });
  if (answer.state !== 'data') return answer.state === 'unknown' ? answer.unknown.reason : answer.state;
  const { trace } = answer;
  return [trace.output.name, ...trace.inputs.map((i) => [i.name, i.gradient])];
}

describe('differentiate this', () => {
  it('a name inside a function', async () =>
    assert.deepEqual(await gradient(FUNCTION, 'python', { of: 'product' }), ['product', ['x1', 5], ['x2', 2]]));
  it('an expression by its text', async () =>
    assert.deepEqual(await gradient(FUNCTION, 'python', { of: 'np.log(x1)' }), [
      'np.log(x1)',
      ['x1', 0.5],
      ['x2', null],
    ]));
  it('an expression of a formula', async () =>
    assert.deepEqual(await gradient('<!-- wengert: at x=3 -->\n$$y = \\sin(x^2) + x$$\n', 'markdown', { of: 'x^2' }), [
      'x^2',
      ['x', 6],
    ]));
  it('what the trace does not hold is said', async () =>
    assert.equal(
      await gradient(FUNCTION, 'python', { of: 'nothing' }),
      'there is no number `nothing` that is traced in `surface`',
    ));
  it('together with other inputs', async () =>
    assert.deepEqual(await gradient(FUNCTION, 'python', { of: 'product', wrt: ['x2'] }), ['product', ['x2', 2]]));
});
