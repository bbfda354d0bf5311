import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { checkGradient, type Recorder, type Ref } from '../../src/autodiff';
import { attention, batchNorm, dropout, embedding, layerNorm } from '../../src/autodiff/composites';
import { fromNested, type NdArray } from '../../src/tensor';
import { random, randomArray, record } from './support/recording';

function check(inputs: Record<string, NdArray>, body: (r: Recorder, ...rows: Ref[]) => Ref, name: string) {
  const { trace } = record(inputs, (r, ...rows) => r.tensor('sum', [r.elementwise('sin', 9, body(r, ...rows))]));
  assert.equal(checkGradient(trace).verdict, 'pass');
  assert.ok(trace.scopes.some((scope) => scope.kind === 'layer' && scope.name === name));
  return trace;
}

describe('composites are groups of primitive steps', () => {
  const next = random(3);
  const array = (...shape: number[]) => randomArray(shape, next);

  it('layer normalisation', () => {
    const trace = check(
      { x: array(3, 4), w: array(4), b: array(4) },
      (r, x, weight, bias) => layerNorm(r, 1, x!, { weight: weight!, bias: bias! }),
      'layer_norm',
    );
    const normal = record({ x: [[1, 2, 3, 4]] }, (r, x) => layerNorm(r, 1, x!, { epsilon: 0 })).trace;
    const values = normal.tape.array(normal.output).elements();
    assert.ok(Math.abs(values[3]! - 3 / Math.sqrt(5)) < 1e-14);
    assert.ok(trace.tape.length > 8);
  });

  it('batch normalisation over all axes but the channels', () => {
    check(
      { x: array(3, 2, 4), w: array(2), b: array(2) },
      (r, x, weight, bias) => batchNorm(r, 1, x!, { weight: weight!, bias: bias! }),
      'batch_norm',
    );
    const { trace } = record({ x: array(5, 3) }, (r, x) => r.tensor('mean', [batchNorm(r, 1, x!)], { axis: 0 }));
    for (const mean of trace.tape.array(trace.output).elements()) assert.ok(Math.abs(mean) < 1e-15);
  });

  it('dropout by a given mask', () => {
    const { trace } = record({ x: [1, 2, 3, 4] }, (r, x) => dropout(r, 1, x!, fromNested([1, 0, 1, 0]), 0.5));
    assert.deepEqual(trace.tape.array(trace.output).toNested(), [2, 0, 6, 0]);
  });

  it('embedding: a row that is looked up twice gets both gradients', () => {
    check(
      { table: array(5, 3) },
      (r, table) =>
        embedding(
          r,
          1,
          table!,
          fromNested(
            [
              [1, 1],
              [4, 0],
            ],
            'int64',
          ),
        ),
      'embedding',
    );
  });

  it('attention, with keys that are masked', () => {
    const inputs = { q: array(2, 3, 4), k: array(2, 5, 4), v: array(2, 5, 2) };
    check(inputs, (r, q, k, v) => attention(r, 1, q!, k!, v!), 'attention');
    const mask = fromNested([true, true, false, true, false]);
    check(inputs, (r, q, k, v) => attention(r, 1, q!, k!, v!, mask), 'attention');
  });
});
