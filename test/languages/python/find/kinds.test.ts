// Kinds are told by what is computed: the names of functions and classes of kinds.py say nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { open } from '../../../support/service';

const text = readFileSync(path.join(__dirname, 'kinds.py'), 'utf8');

const KINDS: Readonly<Record<string, string>> = {
  polynomial: 'function',
  quadratic_form: 'function',
  rosenbrock: 'function',
  update: 'function',
  step: 'function',
  mse: 'function',
  cost: 'network',
  neuron: 'layer',
  tiny: 'network',
  softmax: 'function',
  rotate: 'function',
  'Dense.run': 'layer',
  'Net.score': 'network',
  backprop: 'function',
};

describe('kinds of traceables', () => {
  it('a layer weighs once, a network weighs what was weighed, a derivative is neither', async () => {
    const { service, uri } = await open(text);
    const kinds = new Map((await service.list(uri)).map(({ id, kind }) => [id, kind]));
    for (const [id, kind] of Object.entries(KINDS)) assert.equal(kinds.get(id), kind, id);
  });

  it('other names of functions and classes make no difference', async () => {
    const renamed = text
      .replace('class Dense', 'class Thing')
      .replace(/Dense\(/g, 'Thing(')
      .replace(/\brun\b/g, 'predict')
      .replace(/\bscore\b/g, 'abc');
    const { service, uri } = await open(renamed);
    const kinds = new Map((await service.list(uri)).map(({ id, kind }) => [id, kind]));
    assert.deepEqual([kinds.get('Thing.predict'), kinds.get('Net.abc')], ['layer', 'network']);
  });

  it('what is a network when it is evaluated: neither polynomials, nor forms, nor steps, nor derivatives', async () => {
    const { service, uri } = await open(text);
    const networks = (await service.exportNetworks({ uri })).flatMap(({ id, network }) => (network ? [id] : []));
    assert.deepEqual(networks, ['cost', 'neuron', 'tiny', 'Dense.run', 'Net.score', 'attention']);
    for (const [id, expected] of [
      ['polynomial', undefined],
      ['step', undefined],
      ['tiny', true],
    ] as const) {
      const answer = await service.openTrace({ uri, traceable: id });
      assert.ok(answer.state === 'data', id);
      assert.equal(answer.trace.network, expected, id);
    }
  });

  it('an update in a document is no network, and neither is a polynomial of six names', async () => {
    const { service, uri } = await open(
      '$x = 2$, $t = 1$, $w = 0.5$, $b = 0.1$, $\\alpha = 0.1$, $c = 3$\n\n$$w \\leftarrow w - \\alpha (w x - t) x$$\n\n' +
        '$$p = w x^2 + b x t + c t^2 + \\alpha b c + w b$$\n',
      'markdown',
    );
    for (const { id } of await service.list(uri)) {
      const answer = await service.openTrace({ uri, traceable: id });
      assert.ok(answer.state === 'data', id);
      assert.equal(answer.trace.network, undefined, id);
    }
  });
});
