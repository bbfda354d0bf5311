/** Whole networks against the same networks in PyTorch (`test/oracles/torch_networks.py`): losses and gradients. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { adjoints } from '../../../src/autodiff/sweeps';
import { printNamePath } from '../../../src/format/namePath';
import { DEFAULT_BUDGET } from '../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { NO_WORKSPACE } from './evaluate';

interface Digest {
  readonly shape: readonly number[];
  readonly elements?: readonly number[];
  /** The sum of the elements weighted by cos(1), cos(2) … */
  readonly weighted?: number;
}

const fixture = JSON.parse(
  readFileSync(new URL('../../oracles/fixtures/torch_networks.json', import.meta.url), 'utf8'),
) as {
  readonly torch: string;
  readonly networks: readonly {
    readonly file: string;
    readonly trace: string;
    readonly loss: number;
    readonly gradients: Readonly<Record<string, Digest>>;
  }[];
};

function close(actual: number, expected: number, what: string): void {
  assert.ok(
    Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${what}: ${actual}, not ${expected}`,
  );
}

describe(`networks against PyTorch ${fixture.torch}`, () => {
  for (const { file, trace: name, loss, gradients } of fixture.networks) {
    it(`${file}, ${name}`, () => {
      const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
      const analysis = pythonFrontEnd.analyse({ uri: 'file:///w/a.py', languageId: 'python', version: 1, text });
      const traceable = pythonFrontEnd.find(analysis).find((t) => t.name === name);
      assert.ok(traceable, `no ${name} is found`);
      const outcome = pythonFrontEnd.record(analysis, traceable, {}, DEFAULT_BUDGET, NO_WORKSPACE);
      assert.equal(outcome.kind, 'recorded', JSON.stringify(outcome.kind === 'unknown' ? outcome.reason : ''));
      if (outcome.kind !== 'recorded') return;
      const { tape, inputs, output } = outcome.trace;
      close(tape.value[output]!, loss, 'loss');
      const sweep = adjoints(tape, output);
      assert.ok(Object.keys(gradients).length >= 3);
      for (const [key, { shape, elements, weighted }] of Object.entries(gradients)) {
        const input = inputs.find((i) => printNamePath(i.name) === key);
        assert.ok(input, `${key} is no input`);
        const gradient = sweep.arrays.get(input.row);
        assert.ok(gradient, `no gradient by ${key}`);
        assert.deepEqual([...gradient.shape], shape);
        const here = [...gradient.elements()];
        elements?.forEach((x, i) => close(here[i]!, x, `${key}, element ${i}`));
        if (weighted !== undefined)
          close(
            here.reduce((sum, x, i) => sum + x * Math.cos(i + 1), 0),
            weighted,
            key,
          );
      }
    });
  }
});
