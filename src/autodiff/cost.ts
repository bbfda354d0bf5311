/**
 * What derivatives cost: floating-point operations counted by running the rules on shapes, and memory. It shows why one
 * mode wins.
 */
import { RULES, type ScalarOp, type ScalarRule } from '../symbolic/rules';
import { size as sizeOfExpr } from '../symbolic/expr';
import { broadcastShapes, type Shape, sizeOf } from '../tensor';
import type { Algebra } from './algebra';
import type { Contraction } from './contraction';
import { evaluateTerm } from './evaluateTerm';
import { shapeOfResult } from './formulaAlgebra';
import { environment, linearize, shapeOfRow } from './linearization';
import type { Attributes } from './multilinear';
import { OP_CONSTANT, OP_SCALAR, OP_TENSOR, type Ref } from './tape';
import type { Term } from './terms';
import type { Trace } from './trace';
import { transpose } from './transpose';

export interface Cost {
  /** Rows that an input reaches and the output needs, without the inputs. */
  readonly steps: number;
  /** Elements of all inputs, and of the output. */
  readonly inputs: number;
  readonly outputs: number;
  /** Floating-point operations of one evaluation, one forward and one reverse sweep. */
  readonly evaluation: number;
  readonly forwardSweep: number;
  readonly reverseSweep: number;
  /** Operations of all first derivatives: a forward sweep an input, or a reverse sweep an output. */
  readonly forwardMode: number;
  readonly reverseMode: number;
  /** Evaluations that centre differences of all inputs take. */
  readonly differenceEvaluations: number;
  /** Bytes of the tape's rows, and of the arrays that it keeps for the reverse sweep. */
  readonly tapeBytes: number;
  readonly arrayBytes: number;
}

/** Counts the operations of a trace's sweeps. */
export function costOf(trace: Trace): Cost {
  const { tape, output } = trace;
  const needed = new Uint8Array(tape.length);
  needed[output] = 1;
  for (let row = output; row >= 0; row--) if (needed[row]) for (const p of tape.operands(row)) needed[p] = 1;
  const total = { steps: 0, evaluation: 0, forwardSweep: 0, reverseSweep: 0 };
  for (let row = 0; row <= output; row++) {
    if (!needed[row] || tape.code(row) < OP_SCALAR) continue;
    total.steps++;
    total.evaluation += valueCost(trace, row);
    const linear = linearize(tape, row);
    const counter = new Counter();
    const env = environment(counter, row, linear, (r) => shapeOfRow(tape, r));
    const active = linear.operands
      .map((p, slot) => (tape.code(p) === OP_CONSTANT ? -1 : slot))
      .filter((slot) => slot >= 0);
    for (const slot of active) {
      const term = linear.terms[slot];
      if (term) evaluateTerm(counter, term, linear.shapes[slot] as Shape, env);
    }
    // Contributions of several operands are added up.
    const size = sizeOf(shapeOfRow(tape, row));
    total.forwardSweep += counter.count + Math.max(0, active.length - 1) * size;
    const backwards = new Counter();
    const envBack = environment(backwards, row, linear, (r) => shapeOfRow(tape, r));
    for (const slot of active) {
      const term = linear.terms[slot];
      const shape = linear.shapes[slot] as Shape;
      if (term) evaluateTerm(backwards, transpose(term, shape), shapeOfRow(tape, row), envBack);
      backwards.count += sizeOf(shape);
    }
    total.reverseSweep += backwards.count;
  }
  const inputs = trace.inputs.reduce((n, { row }) => n + sizeOf(shapeOfRow(tape, row)), 0);
  const outputs = sizeOf(shapeOfRow(tape, output));
  return {
    ...total,
    inputs,
    outputs,
    forwardMode: inputs * total.forwardSweep,
    reverseMode: outputs * total.reverseSweep,
    differenceEvaluations: 2 * inputs,
    tapeBytes: tape.bytes,
    arrayBytes: tape.arrays.reduce((n, array) => n + array.size * array.data.BYTES_PER_ELEMENT, 0),
  };
}

/** Operations of one row's value. */
function valueCost({ tape }: Trace, row: Ref): number {
  const size = sizeOf(shapeOfRow(tape, row));
  if (tape.code(row) < OP_TENSOR) return size * primitiveCost(tape.opName(row) as ScalarOp);
  const { op, attributes, operands } = tape.call(row);
  const shapes = operands.map((p) => shapeOfRow(tape, p));
  // A product costs what its derivative by one factor costs.
  const [term] = shapes.length > 1 ? linearize(tape, row).terms : [];
  return (term && productCost(term)) ?? tensorCost(op, shapes, attributes, size);
}

function productCost(term: Term): number | undefined {
  if (term.kind !== 'applied') return undefined;
  return term.op === 'contract' ? contractionCost(term.attributes) : productCost(term.of);
}

/** A kernel counts as one operation; a value that is an expression, as many as it has. */
function primitiveCost(op: ScalarOp): number {
  const { value }: ScalarRule = RULES[op];
  return value.kind === 'intrinsic' ? 1 : sizeOfExpr(value);
}

/** Moves cost nothing; a product and its sum count as two. */
function tensorCost(op: string, operands: readonly Shape[], attributes: Attributes, result: number): number {
  const largest = Math.max(result, ...operands.map(sizeOf));
  const n = operands[0]?.at(-1) ?? 0;
  switch (op) {
    case 'broadcast':
    case 'reshape':
    case 'permute':
    case 'transpose':
    case 'index':
    case 'clear':
    case 'embed':
    case 'tril':
    case 'triu':
    case 'patches':
    case 'set_index':
    case 'where':
    case 'mark':
    case 'first':
    case 'cast':
      return 0;
    case 'contract':
      return contractionCost(attributes);
    case 'solve':
    case 'det':
    case 'logdet':
      return (2 / 3) * n * largest + 2 * n * result;
    case 'inv':
    case 'cofactor':
      return 2 * n * largest;
    case 'cholesky':
      return (n * largest) / 3;
    case 'solve_triangular':
      return n * result;
    case 'recurrence':
    case 'symmetrize':
      return 2 * largest;
    case 'softmax':
    case 'log_softmax':
    case 'cross_entropy':
      return 4 * largest;
    case 'var':
    case 'std':
      return 4 * largest;
    default:
      return largest;
  }
}

function contractionCost(attributes: Attributes): number {
  const { inputs, extents } = attributes as unknown as Contraction;
  const labels = new Set(inputs.join(''));
  const products = [...labels].reduce((n, label) => n * (extents[label] as number), 1);
  return inputs.length * products;
}

/** Shapes as an algebra: what a rule does, counted. */
class Counter implements Algebra<Shape> {
  count = 0;

  shape = (x: Shape) => x;
  number = (): Shape => [];
  data = (x: { readonly shape: Shape }) => x.shape;

  elementwise = (op: ScalarOp, x: Shape, y?: Shape): Shape => this.counted(primitiveCost(op), x, y);
  predicate = (_op: string, x: Shape, y?: Shape): Shape => this.counted(1, x, y);
  scale = (coefficient: Shape, direction: Shape): Shape => this.counted(1, coefficient, direction);

  select = (condition: Shape, yes: Shape | undefined, no: Shape | undefined): Shape =>
    broadcastShapes('where', condition, yes ?? [], no ?? []);

  tensor = (op: string, operands: readonly Shape[], attributes: Attributes): Shape => {
    const shape = shapeOfResult(op, operands, attributes);
    this.count += tensorCost(op, operands, attributes, sizeOf(shape));
    return shape;
  };

  private counted(operations: number, x: Shape, y: Shape = []): Shape {
    const shape = broadcastShapes('elementwise', x, y);
    this.count += operations * sizeOf(shape);
    return shape;
  }
}
