// A multilayer perceptron 2-16-16-1 with tanh and a squared loss: by hand, and on a scalar tape.
import { adjoints, type Recorder, type Ref } from '../../src/autodiff';

const SIZES = [2, 16, 16, 1] as const;
const POINTS = 100;

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights (row-major, outputs × inputs) and biases begin. */
  readonly weights: number;
  readonly biases: number;
}

const LAYERS: Layer[] = [];
let parameters = 0;
for (let k = 0; k + 1 < SIZES.length; k++) {
  const [inputs, outputs] = [SIZES[k]!, SIZES[k + 1]!];
  LAYERS.push({ inputs, outputs, weights: parameters, biases: parameters + inputs * outputs });
  parameters += inputs * outputs + outputs;
}

/** Loss and gradient with loops over typed arrays, as one would write them for speed. */
export function perceptronByHand(weights: Float64Array, points: Float64Array, targets: Float64Array) {
  const gradient = new Float64Array(parameters);
  const activations = SIZES.map((size) => new Float64Array(size));
  const deltas = SIZES.map((size) => new Float64Array(size));
  let loss = 0;
  for (let p = 0; p < POINTS; p++) {
    activations[0]![0] = points[2 * p]!;
    activations[0]![1] = points[2 * p + 1]!;
    for (let k = 0; k < LAYERS.length; k++) {
      const { inputs, outputs, weights: w, biases } = LAYERS[k]!;
      const [x, y] = [activations[k]!, activations[k + 1]!];
      for (let o = 0; o < outputs; o++) {
        let sum = weights[biases + o]!;
        for (let i = 0; i < inputs; i++) sum += weights[w + o * inputs + i]! * x[i]!;
        y[o] = Math.tanh(sum);
      }
    }
    const error = activations[3]![0]! - targets[p]!;
    loss += error * error;
    deltas[3]![0] = 2 * error;
    for (let k = LAYERS.length - 1; k >= 0; k--) {
      const { inputs, outputs, weights: w, biases } = LAYERS[k]!;
      const [x, y, dx, dy] = [activations[k]!, activations[k + 1]!, deltas[k]!, deltas[k + 1]!];
      dx.fill(0);
      for (let o = 0; o < outputs; o++) {
        const d = dy[o]! * (1 - y[o]! * y[o]!);
        gradient[biases + o]! += d;
        for (let i = 0; i < inputs; i++) {
          gradient[w + o * inputs + i]! += d * x[i]!;
          dx[i]! += d * weights[w + o * inputs + i]!;
        }
      }
    }
  }
  return { loss, gradient };
}

export const multilayerPerceptron = {
  data() {
    const noise = (i: number) => 2 * (((i + 1) * 0.618033988749895) % 1) - 1;
    return {
      weights: Float64Array.from({ length: parameters }, (_, i) => 0.5 * noise(i)),
      points: Float64Array.from({ length: 2 * POINTS }, (_, i) => noise(1000 + i)),
      targets: Float64Array.from({ length: POINTS }, (_, i) => Math.sign(noise(3000 + i))),
    };
  },

  /** Every addition and multiplication is a step of its own. */
  record(r: Recorder, weights: Float64Array, points: Float64Array, targets: Float64Array) {
    const origin = { kind: 'document' } as const;
    const rows: Ref[] = [];
    for (let i = 0; i < weights.length; i++) rows.push(r.input(['w', i], weights[i]!, origin, i));
    let loss: Ref | undefined;
    for (let p = 0; p < POINTS; p++) {
      let x: Ref[] = [r.constant(points[2 * p]!), r.constant(points[2 * p + 1]!)];
      for (const { inputs, outputs, weights: w, biases } of LAYERS) {
        const y: Ref[] = [];
        for (let o = 0; o < outputs; o++) {
          let sum = rows[biases + o]!;
          for (let i = 0; i < inputs; i++) {
            sum = r.scalar('add', 1, sum, r.scalar('mul', 2, rows[w + o * inputs + i]!, x[i]!));
          }
          y.push(r.scalar('tanh', 3, sum));
        }
        x = y;
      }
      const square = r.scalar('square', 4, r.scalar('sub', 5, x[0]!, r.constant(targets[p]!)));
      loss = loss === undefined ? square : r.scalar('add', 6, loss, square);
    }
    const swept = adjoints(r.tape, new Map([[loss!, 1]]));
    return {
      loss: r.value(loss!),
      gradient: Float64Array.from(rows, (row) => swept.scalars[row]!),
      operations: r.tape.length,
    };
  },
};
