/**
 * Layers that are named groups of primitive steps: each opens a scope, so that a reader can fold it. None has a rule of
 * its own.
 */
import type { Site } from '../model';
import { fromValues, type IndexItem, type NdArray, type Shape } from '../tensor';
import { shapeOfRow } from './linearization';
import type { Recorder } from './recorder';
import type { Ref } from './tape';

function grouped(recorder: Recorder, name: string, site: Site, body: () => Ref): Ref {
  recorder.enter('layer', name, site);
  try {
    return body();
  } finally {
    recorder.leave();
  }
}

export interface Affine {
  /** Shape of the normalised axes, or of the channel. */
  readonly weight?: Ref;
  readonly bias?: Ref;
}

/** (x − mean) / √(var + ε) over some axes; then scaled and shifted. */
function normalised(recorder: Recorder, site: Site, x: Ref, axis: readonly number[], epsilon: number): Ref {
  const mean = recorder.tensor('mean', [x], { axis, keepdims: true }, site);
  const variance = recorder.tensor('var', [x], { axis, keepdims: true }, site);
  const deviation = recorder.elementwise(
    'sqrt',
    site,
    recorder.elementwise('add', site, variance, recorder.constant(epsilon)),
  );
  return recorder.elementwise('div', site, recorder.elementwise('sub', site, x, mean), deviation);
}

function affine(recorder: Recorder, site: Site, x: Ref, { weight, bias }: Affine, shape?: Shape): Ref {
  const fitted = (row: Ref) => (shape ? recorder.tensor('reshape', [row], { shape }, site) : row);
  const scaled = weight === undefined ? x : recorder.elementwise('mul', site, x, fitted(weight));
  return bias === undefined ? scaled : recorder.elementwise('add', site, scaled, fitted(bias));
}

/** Layer normalisation over the last `axes` axes (Ba, Kiros and Hinton 2016, equation 4). */
export function layerNorm(
  recorder: Recorder,
  site: Site,
  x: Ref,
  { axes = 1, epsilon = 1e-5, ...parameters }: Affine & { readonly axes?: number; readonly epsilon?: number } = {},
): Ref {
  return grouped(recorder, 'layer_norm', site, () => {
    const over = Array.from({ length: axes }, (_, i) => i - axes);
    return affine(recorder, site, normalised(recorder, site, x, over, epsilon), parameters);
  });
}

/**
 * Batch normalisation in training: over all axes but the channels', which is axis 1 (Ioffe and Szegedy 2015, algorithm 1).
 */
export function batchNorm(
  recorder: Recorder,
  site: Site,
  x: Ref,
  { epsilon = 1e-5, ...parameters }: Affine & { readonly epsilon?: number } = {},
): Ref {
  return grouped(recorder, 'batch_norm', site, () => {
    const shape = shapeOfRow(recorder.tape, x);
    const over = shape.flatMap((_, i) => (i === 1 ? [] : [i]));
    const perChannel = shape.map((extent, i) => (i === 1 ? extent : 1));
    return affine(recorder, site, normalised(recorder, site, x, over, epsilon), parameters, perChannel);
  });
}

/** Elements kept by a mask of 0 and 1, scaled by 1 / (1 − rate). */
export function dropout(recorder: Recorder, site: Site, x: Ref, mask: NdArray, rate: number): Ref {
  return grouped(recorder, 'dropout', site, () => {
    const kept = recorder.elementwise('mul', site, x, recorder.constant(mask, site));
    return recorder.elementwise('div', site, kept, recorder.constant(1 - rate));
  });
}

/** Rows of a table by integers of any shape. */
export function embedding(recorder: Recorder, site: Site, table: Ref, indices: NdArray): Ref {
  const items: IndexItem[] = [{ kind: 'array', array: indices }];
  return grouped(recorder, 'embedding', site, () => recorder.tensor('index', [table], { items }, site));
}

/**
 * softmax(Q Kᵀ / √d) V over the last two axes (Vaswani et al. 2017, equation 1).
 * @param mask where 0, a query does not see a key; broadcasts to the scores
 */
export function attention(recorder: Recorder, site: Site, query: Ref, key: Ref, value: Ref, mask?: NdArray): Ref {
  return grouped(recorder, 'attention', site, () => {
    const shape = shapeOfRow(recorder.tape, key);
    const swapped = shape.map((_, i) => i);
    [swapped[shape.length - 2], swapped[shape.length - 1]] = [shape.length - 1, shape.length - 2];
    const product = recorder.tensor(
      'matmul',
      [query, recorder.tensor('transpose', [key], { axes: swapped }, site)],
      {},
      site,
    );
    let scores = recorder.elementwise('div', site, product, recorder.constant(Math.sqrt(shape.at(-1) ?? 1)));
    if (mask) {
      const never = recorder.constant(fromValues('float64', [1], Float64Array.of(-Infinity)));
      scores = recorder.tensor('where', [scores, never], { condition: mask }, site);
    }
    return recorder.tensor('matmul', [recorder.tensor('softmax', [scores], {}, site), value], {}, site);
  });
}
