// A network 784-50-10 with sigmoid and softmax loss on a batch of 100, in float64: by hand, and on a tape of arrays.
import { adjoints, type Recorder } from '../../src/autodiff';
import type { NdArray } from '../../src/tensor';

const [BATCH, INPUTS, HIDDEN, CLASSES] = [100, 784, 50, 10] as const;

export interface Data {
  readonly x: Float64Array;
  readonly labels: Float64Array;
  readonly w1: Float64Array;
  readonly b1: Float64Array;
  readonly w2: Float64Array;
  readonly b2: Float64Array;
}

/**
 * out (m × n) = A (m × k) · B (k × n), with any strides: blocks of 4 × 4 sums are kept in registers.
 */
function multiply(
  m: number,
  k: number,
  n: number,
  a: Float64Array,
  aRow: number,
  aColumn: number,
  b: Float64Array,
  bRow: number,
  bColumn: number,
  out: Float64Array,
): void {
  // Packed columns of B and rows of A are read one after another.
  const packed = new Float64Array(k * 4);
  const rows = new Float64Array(k * 4);
  for (let j = 0; j < n; j += 4) {
    const width = Math.min(4, n - j);
    for (let p = 0; p < k; p++)
      for (let c = 0; c < 4; c++) packed[p * 4 + c] = c < width ? b[p * bRow + (j + c) * bColumn]! : 0;
    for (let i = 0; i < m; i += 4) {
      const height = Math.min(4, m - i);
      for (let p = 0; p < k; p++)
        for (let r = 0; r < 4; r++) rows[p * 4 + r] = r < height ? a[(i + r) * aRow + p * aColumn]! : 0;
      let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
      let [s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let p = 0; p < k * 4; p += 4) {
        const [b0, b1, b2, b3] = [packed[p]!, packed[p + 1]!, packed[p + 2]!, packed[p + 3]!];
        const a0 = rows[p]!;
        s00 += a0 * b0;
        s01 += a0 * b1;
        s02 += a0 * b2;
        s03 += a0 * b3;
        const a1 = rows[p + 1]!;
        s10 += a1 * b0;
        s11 += a1 * b1;
        s12 += a1 * b2;
        s13 += a1 * b3;
        const a2 = rows[p + 2]!;
        s20 += a2 * b0;
        s21 += a2 * b1;
        s22 += a2 * b2;
        s23 += a2 * b3;
        const a3 = rows[p + 3]!;
        s30 += a3 * b0;
        s31 += a3 * b1;
        s32 += a3 * b2;
        s33 += a3 * b3;
      }
      const sums = [s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33];
      for (let r = 0; r < height; r++) for (let c = 0; c < width; c++) out[(i + r) * n + j + c] = sums[r * 4 + c]!;
    }
  }
}

export function networkByHand({ x, labels, w1, b1, w2, b2 }: Data) {
  const h = new Float64Array(BATCH * HIDDEN);
  multiply(BATCH, INPUTS, HIDDEN, x, INPUTS, 1, w1, HIDDEN, 1, h);
  for (let i = 0; i < h.length; i++) h[i] = 1 / (1 + Math.exp(-(h[i]! + b1[i % HIDDEN]!)));
  const y = new Float64Array(BATCH * CLASSES);
  multiply(BATCH, HIDDEN, CLASSES, h, HIDDEN, 1, w2, CLASSES, 1, y);
  let loss = 0;
  for (let n = 0; n < BATCH; n++) {
    const row = y.subarray(n * CLASSES, (n + 1) * CLASSES);
    let top = -Infinity;
    for (let c = 0; c < CLASSES; c++) {
      row[c]! += b2[c]!;
      if (row[c]! > top) top = row[c]!;
    }
    let sum = 0;
    for (let c = 0; c < CLASSES; c++) sum += Math.exp(row[c]! - top);
    loss -= row[labels[n]!]! - top - Math.log(sum);
    for (let c = 0; c < CLASSES; c++) row[c] = Math.exp(row[c]! - top) / sum / BATCH;
    row[labels[n]!]! -= 1 / BATCH;
  }
  const gw2 = new Float64Array(HIDDEN * CLASSES);
  multiply(HIDDEN, BATCH, CLASSES, h, 1, HIDDEN, y, CLASSES, 1, gw2);
  const gb2 = new Float64Array(CLASSES);
  for (let i = 0; i < y.length; i++) gb2[i % CLASSES]! += y[i]!;
  const gh = new Float64Array(BATCH * HIDDEN);
  multiply(BATCH, CLASSES, HIDDEN, y, CLASSES, 1, w2, 1, CLASSES, gh);
  for (let i = 0; i < gh.length; i++) gh[i]! *= h[i]! * (1 - h[i]!);
  const gw1 = new Float64Array(INPUTS * HIDDEN);
  multiply(INPUTS, BATCH, HIDDEN, x, 1, INPUTS, gh, HIDDEN, 1, gw1);
  const gb1 = new Float64Array(HIDDEN);
  for (let i = 0; i < gh.length; i++) gb1[i % HIDDEN]! += gh[i]!;
  return { loss: loss / BATCH, gradients: [gw1, gb1, gw2, gb2] };
}

export const twoLayerNetwork = {
  data(): Data {
    const noise = (i: number) => 2 * (((i + 1) * 0.618033988749895) % 1) - 1;
    const filled = (n: number, seed: number, scale: number) =>
      Float64Array.from({ length: n }, (_, i) => scale * noise(seed + i));
    return {
      x: filled(BATCH * INPUTS, 1, 1),
      labels: Float64Array.from({ length: BATCH }, (_, i) => i % CLASSES),
      w1: filled(INPUTS * HIDDEN, 7, 0.05),
      b1: filled(HIDDEN, 5, 0.1),
      w2: filled(HIDDEN * CLASSES, 3, 0.2),
      b2: filled(CLASSES, 2, 0.1),
    };
  },

  step(r: Recorder, data: Data, array: (shape: number[], values: Float64Array) => NdArray) {
    const origin = { kind: 'document' } as const;
    const x = r.constant(array([BATCH, INPUTS], data.x));
    const w1 = r.input(['W1'], array([INPUTS, HIDDEN], data.w1), origin, 0);
    const b1 = r.input(['b1'], array([HIDDEN], data.b1), origin, 1);
    const w2 = r.input(['W2'], array([HIDDEN, CLASSES], data.w2), origin, 2);
    const b2 = r.input(['b2'], array([CLASSES], data.b2), origin, 3);
    const h = r.elementwise('sigmoid', 5, r.elementwise('add', 4, r.tensor('matmul', [x, w1]), b1));
    const y = r.elementwise('add', 6, r.tensor('matmul', [h, w2]), b2);
    const loss = r.tensor('cross_entropy', [y], { targets: array([BATCH], data.labels) });
    const { arrays } = adjoints(r.tape, new Map([[loss, 1]]));
    return {
      loss: r.value(loss),
      gradients: [w1, b1, w2, b2].map((row) => arrays.get(row)!.elements() as Float64Array),
    };
  },
};
