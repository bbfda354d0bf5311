import { Recorder, type Ref, type Trace } from '../../../src/autodiff';
import { fromNested, fromValues, type DType, type NdArray, type Nested, sizeOf, type Shape } from '../../../src/tensor';

export const DOCUMENT = { kind: 'document' } as const;

export function newRecorder(): Recorder {
  return new Recorder({ dialect: 'math', spans: () => [] });
}

/** Records a function of named inputs. Arrays are given as nested lists. */
export function record(
  inputs: Readonly<Record<string, Nested | NdArray>>,
  body: (recorder: Recorder, ...rows: Ref[]) => Ref,
): { trace: Trace; rows: Ref[]; recorder: Recorder } {
  const recorder = newRecorder();
  const rows = Object.entries(inputs).map(([name, value], site) =>
    recorder.input([name], typeof value === 'number' || isArray(value) ? value : fromNested(value), DOCUMENT, site),
  );
  return { trace: recorder.finish(body(recorder, ...rows), ['y']), rows, recorder };
}

function isArray(value: Nested | NdArray): value is NdArray {
  return typeof value === 'object' && 'storage' in value;
}

/** Numbers in (0, 1) that are the same in every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function randomArray(shape: Shape, next: () => number, low = -1, high = 1, dtype: DType = 'float64'): NdArray {
  const data = dtype === 'float32' ? new Float32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape));
  for (let i = 0; i < data.length; i++) data[i] = low + (high - low) * next();
  return fromValues(dtype, shape, data);
}

export function dotProduct(a: NdArray, b: NdArray): number {
  const [x, y] = [a.elements(), b.elements()];
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]! * y[i]!;
  return total;
}
