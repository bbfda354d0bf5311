// The core against handwritten JavaScript: what a derivative costs. Each row has a bound that it must keep.
import assert from 'node:assert/strict';
import { adjoints, Recorder, type Ref, scalarCode, ScalarTape } from '../../src/autodiff';
import { fromValues, type NdArray } from '../../src/tensor';
import { bench, ONCE } from './harness';
import { multilayerPerceptron, perceptronByHand } from './perceptron';
import { networkByHand, twoLayerNetwork } from './twoLayers';

interface Row {
  readonly work: string;
  readonly ratio: number;
  readonly bound: number;
}

const rows: Row[] = [];
const origin = { kind: 'document' } as const;
const noSpans = () => [];
const options = { dialect: 'math', spans: noSpans } as const;
const newRecorder = () => new Recorder(options);

/** The ratio of the second alternative to the first. */
function measure(work: string, bound: number, alternatives: Record<string, () => unknown>): void {
  const [, measured] = bench(work, alternatives);
  rows.push({ work, ratio: measured!.ratio, bound });
}

// log x₁ + x₁x₂ − sin x₂, at points that alternate
{
  let [a, b] = [2, 5];
  const move = () => {
    a = a === 2 ? 2.1 : 2;
    b = b === 5 ? 5.2 : 5;
  };
  const gradient = new Float64Array(2);
  const byHand = () => {
    move();
    const y = Math.log(a) + a * b - Math.sin(b);
    gradient[0] = 1 / a + b;
    gradient[1] = a - Math.cos(b);
    return y;
  };
  const [ADD, SUB, MUL, LOG, SIN] = (['add', 'sub', 'mul', 'log', 'sin'] as const).map(scalarCode) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const names = [['x1'], ['x2']];
  let r = newRecorder();
  const memory = new Float64Array(7);
  const record = () => {
    const x1 = r.input(names[0]!, a, origin, 0);
    const x2 = r.input(names[1]!, b, origin, 1);
    const sum = r.step(ADD, 4, r.step(LOG, 2, x1, x1), r.step(MUL, 3, x1, x2));
    return r.step(SUB, 6, sum, r.step(SIN, 5, x2, x2));
  };
  const fresh = () => {
    move();
    r.restart();
    const y = record();
    const { scalars } = adjoints(r.tape, y, memory);
    gradient[0] = scalars[0]!;
    gradient[1] = scalars[1]!;
    return r.value(y);
  };
  /** The same with a recorder of its own for every trace, as a caller gets it who asks for nothing special. */
  const alone = () => {
    move();
    r = newRecorder();
    const y = record();
    const { scalars } = adjoints(r.tape, y);
    gradient[0] = scalars[0]!;
    gradient[1] = scalars[1]!;
    return r.value(y);
  };
  const y = record();
  const tape = ScalarTape.of(r.tape);
  const into = new Float64Array(tape.length);
  const replayed = () => {
    move();
    tape.setInput(0, a);
    tape.setInput(1, b);
    tape.replay();
    tape.adjoints(y, into);
    gradient[0] = into[0]!;
    gradient[1] = into[1]!;
    return tape.value(y);
  };
  for (const way of [fresh, replayed, alone]) {
    for (let k = 0; k < 2; k++) {
      const value = way();
      const g = [...gradient];
      move();
      assert.equal(byHand(), value);
      g.forEach((x, i) => assert.ok(Math.abs(x - gradient[i]!) < 1e-15 * 10));
    }
  }
  measure('log x₁ + x₁x₂ − sin x₂: record and adjoint, fresh trace', 8, { byHand, alone });
  measure('the same in the memory of the last trace', 8, { byHand, fresh });
  measure('the same, replayed', 4, { byHand, replayed });
}

// Rosenbrock's function of 1000 variables
{
  const n = 1000;
  const r = newRecorder();
  const x = Array.from({ length: n }, (_, i) => r.input([`x${i}`], Math.sin(i), origin, i));
  const hundred = r.constant(100);
  const one = r.constant(1);
  let total: Ref | undefined;
  for (let i = 0; i + 1 < n; i++) {
    const left = r.scalar('square', 1, r.scalar('sub', 2, one, x[i]!));
    const right = r.scalar('square', 3, r.scalar('sub', 4, x[i + 1]!, r.scalar('square', 5, x[i]!)));
    const term = r.scalar('add', 6, left, r.scalar('mul', 7, hundred, right));
    total = total === undefined ? term : r.scalar('add', 8, total, term);
  }
  const tape = ScalarTape.of(r.tape);
  const into = new Float64Array(tape.length);
  measure('Rosenbrock, n = 1000: adjoint ÷ replay on the same tape', 2.5, {
    replay: () => tape.replay(),
    adjoint: () => tape.adjoints(total!, into),
  });
}

// Multilayer perceptron 2-16-16-1 on 100 points, scalar by scalar
{
  const { weights, points, targets } = multilayerPerceptron.data();
  const byHand = () => perceptronByHand(weights, points, targets);
  const fresh = () => multilayerPerceptron.record(newRecorder(), weights, points, targets);
  const [a, b] = [byHand(), fresh()];
  assert.ok(Math.abs(a.loss - b.loss) < 1e-12 * Math.abs(a.loss));
  a.gradient.forEach((g, i) => assert.ok(Math.abs(g - b.gradient[i]!) < 1e-10 * Math.max(1, Math.abs(g))));
  console.log(`\n  (${b.operations.toLocaleString('en')} scalar operations on the tape)`);
  measure('perceptron 2-16-16-1 on 100 points: record and adjoint, fresh trace', 20, { byHand, fresh });
}

// Two layers 784-50-10 on a batch of 100
{
  const data = twoLayerNetwork.data();
  const array = (shape: number[], values: Float64Array): NdArray => fromValues('float64', shape, values);
  const byHand = () => networkByHand(data);
  const step = () => twoLayerNetwork.step(newRecorder(), data, array);
  const [a, b] = [byHand(), step()];
  assert.ok(Math.abs(a.loss - b.loss) < 1e-12 * a.loss);
  a.gradients.forEach((g, k) => {
    const other = b.gradients[k]!;
    const size = Math.sqrt(g.reduce((s, x) => s + x * x, 0));
    g.forEach((x, i) => assert.ok(Math.abs(x - other[i]!) < 1e-12 * Math.max(1, size)));
  });
  measure('two layers 784-50-10, batch 100: one gradient step against register-blocked JavaScript', 0.5, {
    byHand,
    step,
  });
}

if (!ONCE) {
  console.log('\nBounds');
  for (const { work, ratio, bound } of rows)
    console.log(`  ${ratio <= bound ? 'holds  ' : 'BROKEN '} ${ratio.toFixed(2)} ≤ ${bound}  ${work}`);
  if (!rows.every(({ ratio, bound }) => ratio <= bound)) process.exitCode = 1;
}
