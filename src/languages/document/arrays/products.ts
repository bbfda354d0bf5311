/** Sums and products of numbers, vectors and matrices: what is defined, and what would be a guess. */
import type { Attributes } from '../../../autodiff';
import type { Ref } from '../../../autodiff/tape';
import type { ScalarOp } from '../../../symbolic/rules';
import { described, isNumber, type Quantity, rankOf, sameForm } from './quantity';

/** What the algebra records with: rows of a tape at the present place. */
export interface Operations {
  elementwise(op: ScalarOp, x: Ref, y?: Ref): Ref;
  tensor(op: string, operands: readonly Ref[], attributes?: Attributes): Ref;
  shape(ref: Ref): readonly number[];
  /** @throws LoweringError */
  fail(code: string, message: string): never;
  /** A reading that was chosen among several. */
  note(text: string): void;
}

function made(ops: Operations, ref: Ref, lying?: boolean): Quantity {
  const shape = ops.shape(ref);
  return shape.length === 1 && lying ? { ref, shape, lying: true } : { ref, shape };
}

/** A result whose axes of one element are dropped: a single row is a lying vector, a single element a number. */
export function normal(ops: Operations, ref: Ref): Quantity {
  const shape = ops.shape(ref);
  if (!shape.includes(1)) return { ref, shape };
  const kept = shape.filter((extent) => extent !== 1);
  const flat = ops.tensor('reshape', [ref], { shape: kept });
  return made(ops, flat, shape.length === 2 && shape[0] === 1 && kept.length === 1);
}

/** a + b or a − b. */
export function sum(ops: Operations, op: 'add' | 'sub', a: Quantity, b: Quantity): Quantity {
  if (isNumber(a) || isNumber(b)) {
    const array = isNumber(a) ? b : a;
    if (!isNumber(array)) ops.note('a number is added to, or taken from, every element');
    return made(ops, ops.elementwise(op, a.ref, b.ref), array.lying);
  }
  if (sameForm(a, b)) return made(ops, ops.elementwise(op, a.ref, b.ref), a.lying);
  if (rankOf(a) === 'matrix' && rankOf(b) === 'vector') return spread(ops, op, a, b, false);
  if (rankOf(a) === 'vector' && rankOf(b) === 'matrix') return spread(ops, op, b, a, true);
  return ops.fail('shapes', `${described(a)} and ${described(b)} cannot be added`);
}

/** A vector that is added to every column or row of a matrix, as networks do with a bias. */
function spread(ops: Operations, op: 'add' | 'sub', matrix: Quantity, vector: Quantity, swapped: boolean): Quantity {
  const [rows = 0, columns = 0] = matrix.shape;
  const [length = 0] = vector.shape;
  if (rows === columns && length === rows)
    return ops.fail(
      'ambiguous',
      'a vector added to a square matrix could go to every column or to every row: the document does not say which',
    );
  if (length !== rows && length !== columns)
    return ops.fail('shapes', `${described(matrix)} and ${described(vector)} cannot be added`);
  const down = length === rows;
  ops.note(`the vector is added to every ${down ? 'column' : 'row'} of the matrix`);
  const fitted = down ? ops.tensor('reshape', [vector.ref], { shape: [length, 1] }) : vector.ref;
  return made(ops, swapped ? ops.elementwise(op, fitted, matrix.ref) : ops.elementwise(op, matrix.ref, fitted));
}

/** a b, a · b, a × b by the sign that is written. */
export function product(ops: Operations, sign: string, a: Quantity, b: Quantity): Quantity {
  if (isNumber(a) || isNumber(b)) return scaled(ops, a, b);
  if (sign.includes('times') || sign === '×')
    return ops.fail('unsupported-operator', 'cross products are not evaluated');
  if (rankOf(a) === 'vector' && rankOf(b) === 'vector') return vectors(ops, sign, a, b);
  return matrices(ops, a, b);
}

function scaled(ops: Operations, a: Quantity, b: Quantity): Quantity {
  const array = isNumber(a) ? b : a;
  return made(ops, ops.elementwise('mul', a.ref, b.ref), array.lying);
}

function vectors(ops: Operations, sign: string, a: Quantity, b: Quantity): Quantity {
  const isDot = sign.includes('cdot') || sign === '·' || sign === '⋅' || sign.includes('bullet');
  if (a.lying && !b.lying) return dot(ops, a, b);
  if (!a.lying && b.lying) return made(ops, ops.tensor('outer', [a.ref, b.ref]));
  if (isDot) return dot(ops, a, b);
  return ops.fail(
    'ambiguous',
    `a product of ${described(a)} and ${described(b)} is not defined: a transpose, a dot or ⊙ would say which is meant`,
  );
}

/** Σ aᵢ bᵢ. */
export function dot(ops: Operations, a: Quantity, b: Quantity): Quantity {
  if (rankOf(a) !== 'vector' || rankOf(b) !== 'vector' || a.shape[0] !== b.shape[0])
    return ops.fail('shapes', `there is no inner product of ${described(a)} and ${described(b)}`);
  return made(ops, ops.tensor('dot', [a.ref, b.ref]));
}

function matrices(ops: Operations, a: Quantity, b: Quantity): Quantity {
  const left = rankOf(a) === 'vector' ? (a.lying ? [1, a.shape[0]] : [a.shape[0], 1]) : a.shape;
  const right = rankOf(b) === 'vector' ? (b.lying ? [1, b.shape[0]] : [b.shape[0], 1]) : b.shape;
  if (left[1] !== right[0])
    return ops.fail('shapes', `${described(a)} times ${described(b)}: the inner sizes do not agree`);
  return made(ops, ops.tensor('matmul', [a.ref, b.ref]), rankOf(a) === 'vector');
}

/** a ⊙ b. */
export function hadamard(ops: Operations, a: Quantity, b: Quantity): Quantity {
  if (isNumber(a) || isNumber(b)) return scaled(ops, a, b);
  if (!sameForm(a, b)) return ops.fail('shapes', `${described(a)} and ${described(b)} have no elementwise product`);
  return made(ops, ops.elementwise('mul', a.ref, b.ref), a.lying);
}

/** a / b. */
export function quotient(ops: Operations, a: Quantity, b: Quantity): Quantity {
  if (!isNumber(b))
    return ops.fail('ambiguous', `a division by ${described(b)} is not defined in general: elementwise it is \\oslash`);
  return made(ops, ops.elementwise('div', a.ref, b.ref), a.lying);
}

/** Elementwise a ⊘ b. */
export function elementwiseQuotient(ops: Operations, a: Quantity, b: Quantity): Quantity {
  if (!isNumber(a) && !isNumber(b) && !sameForm(a, b))
    return ops.fail('shapes', `${described(a)} and ${described(b)} have no elementwise quotient`);
  return made(ops, ops.elementwise('div', a.ref, b.ref), isNumber(a) ? b.lying : a.lying);
}

export function transposed(ops: Operations, a: Quantity): Quantity {
  if (isNumber(a)) return a;
  if (rankOf(a) === 'matrix') return made(ops, ops.tensor('transpose', [a.ref]));
  return a.lying ? { ref: a.ref, shape: a.shape } : { ...a, lying: true };
}

/** Aⁿ for whole n, A⁻¹. */
export function power(ops: Operations, a: Quantity, exponent: number | undefined): Quantity {
  const [rows, columns] = a.shape;
  if (rankOf(a) === 'vector')
    return ops.fail('ambiguous', 'a power of a vector has several readings: of its norm, or of every element');
  if (rows !== columns) return ops.fail('shapes', `${described(a)} has no powers`);
  if (exponent === -1) return made(ops, ops.tensor('inv', [a.ref]));
  if (exponent === undefined || !Number.isInteger(exponent) || exponent < 1 || exponent > 64)
    return ops.fail(
      'unsupported-operator',
      'powers of a matrix are evaluated for whole exponents from 1 to 64, and −1',
    );
  let result = a;
  for (let i = 1; i < exponent; i++) result = matrices(ops, result, a);
  return result;
}

/** ‖a‖, by default the Euclidean norm of a vector. */
export function norm(ops: Operations, a: Quantity, order: 2 | 1 | 'infty' | 'F' | undefined): Quantity {
  if (isNumber(a)) return made(ops, ops.elementwise('abs', a.ref));
  if (rankOf(a) === 'matrix') {
    if (order !== 'F') return ops.fail('ambiguous', 'a norm of a matrix has several readings: \\|A\\|_F is evaluated');
    return made(ops, ops.tensor('norm', [a.ref], {}));
  }
  const ord = order === 1 ? 1 : order === 'infty' ? Infinity : 2;
  return made(ops, ops.tensor('norm', [a.ref], { ord }));
}

/** ‖a‖² of the Euclidean or Frobenius norm, without the root between. */
export function squaredNorm(ops: Operations, a: Quantity): Quantity {
  if (isNumber(a)) return made(ops, ops.elementwise('mul', a.ref, a.ref));
  if (rankOf(a) === 'vector') return dot(ops, a, a);
  return made(ops, ops.tensor('sum', [ops.elementwise('mul', a.ref, a.ref)]));
}

/** Softmax, log-softmax and log-sum-exp of a vector. */
export function ofVector(ops: Operations, op: 'softmax' | 'log_softmax' | 'logsumexp', a: Quantity): Quantity {
  if (rankOf(a) !== 'vector')
    return ops.fail('ambiguous', `${op} of ${described(a)}: the document does not say over which elements`);
  return made(ops, ops.tensor(op, [a.ref]), a.lying);
}

/** diag of a vector is a matrix, of a matrix its diagonal. */
export function diagonal(ops: Operations, a: Quantity): Quantity {
  if (isNumber(a)) return a;
  return made(ops, ops.tensor('diag', [a.ref]));
}

export function square(ops: Operations, op: 'trace' | 'det', a: Quantity): Quantity {
  if (isNumber(a)) return a;
  if (rankOf(a) !== 'matrix' || a.shape[0] !== a.shape[1])
    return ops.fail('shapes', `${described(a)} has no ${op === 'det' ? 'determinant' : 'trace'}`);
  return made(ops, ops.tensor(op, [a.ref]));
}
