/**
 * Einstein summation. A specification is parsed once into labels per operand; operands are contracted two at a time, from
 * left to right, each pair as one (stacked) matrix product.
 */
import { asType } from '../cast';
import { map } from '../elementwise';
import { shapeText, TensorError, valueError } from '../error';
import { NdArray } from '../ndarray';
import { resultType } from '../promotion';
import { sum } from '../reductions/sums';
import { allocate, Storage } from '../storage';
import type { Shape } from '../shape';
import { memoryOrder, stridesInOrder } from '../traverse';
import { overwrite } from '../undo';
import { broadcastTo, reshape, transpose, view } from '../views';
import { matmul } from './matmul';

/** A label is a letter, or one axis of an ellipsis, counted from the last: `.0` is the last one. */
type Label = string;

export interface EinsumPlan {
  readonly operands: readonly (readonly Label[])[];
  readonly output: readonly Label[];
}

/**
 * Parses `ij,jk->ik`, `...ij->...ji`, `ii` against the ranks of the operands. Without an arrow the output has the
 * ellipsis and then, in alphabetical order, the letters that occur once.
 * @throws TensorError `value`, in NumPy's words
 */
export function parseEinsum(specification: string, ranks: readonly number[]): EinsumPlan {
  const text = specification.replace(/\s/g, '');
  const parts = text.split('->');
  const [left, right] = parts as [string, string | undefined];
  if (parts.length > 2 || /[^A-Za-z,.]/.test(left + (right ?? ''))) {
    const bad = /[^A-Za-z,.>-]/.exec(text)?.[0];
    throw valueError(
      'einsum',
      bad === undefined ? `'${specification}' has misplaced arrows` : `'${bad}' is no label`,
      bad === undefined
        ? "einstein sum subscript string does not contain proper '->' output specified"
        : `invalid subscript '${bad}' in einstein sum subscripts string, subscripts must be letters`,
    );
  }
  const terms = left.split(',');
  if (terms.length !== ranks.length) {
    const message =
      terms.length < ranks.length
        ? 'fewer operands provided to einstein sum function than specified in the subscripts string'
        : 'more operands provided to einstein sum function than specified in the subscripts string';
    throw valueError('einsum', `${terms.length} terms for ${ranks.length} operands`, message);
  }
  const operands = terms.map((term, i) => labelsOf(term, ranks[i]!, i));
  const ellipsis = Math.max(0, ...operands.map((labels) => labels.filter((label) => label.startsWith('.')).length));
  const output = right === undefined ? implicitOutput(operands, ellipsis) : outputLabels(right, ellipsis, operands);
  return { operands, output };
}

function ellipsisLabels(count: number): Label[] {
  return Array.from({ length: count }, (_, i) => `.${count - 1 - i}`);
}

function labelsOf(term: string, rank: number, operand: number): Label[] {
  const pieces = term.split('...');
  if (pieces.length > 2 || pieces.some((piece) => piece.includes('.'))) {
    const message =
      "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in operand " + operand;
    throw valueError('einsum', message);
  }
  const letters = pieces.map((piece) => [...piece]);
  const named = letters.reduce((count, list) => count + list.length, 0);
  if (named > rank) {
    throw valueError(
      'einsum',
      `'${term}' has ${named} labels for ${rank} axes`,
      `einstein sum subscripts string contains too many subscripts for operand ${operand}`,
    );
  }
  if (pieces.length === 1 && named < rank) {
    throw valueError(
      'einsum',
      `'${term}' has ${named} labels for ${rank} axes`,
      "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the extra dimensions.",
    );
  }
  if (pieces.length === 1) return letters[0]!;
  return [...letters[0]!, ...ellipsisLabels(rank - named), ...letters[1]!];
}

function implicitOutput(operands: readonly (readonly Label[])[], ellipsis: number): Label[] {
  const all = operands.flat();
  const once = all.filter((label) => !label.startsWith('.') && all.indexOf(label) === all.lastIndexOf(label));
  return [...ellipsisLabels(ellipsis), ...once.sort()];
}

function outputLabels(term: string, ellipsis: number, operands: readonly (readonly Label[])[]): Label[] {
  const pieces = term.split('...');
  if (pieces.length > 2 || pieces.some((piece) => piece.includes('.'))) {
    throw valueError(
      'einsum',
      `'${term}' has a stray dot`,
      "einstein sum subscripts string contains a '.' that is not part of an ellipsis ('...') in the output",
    );
  }
  if (pieces.length === 1 && ellipsis > 0) {
    throw valueError(
      'einsum',
      'the output lacks the ellipsis of the operands',
      'output had too few broadcast dimensions',
    );
  }
  const output = pieces.length === 1 ? [...pieces[0]!] : [...pieces[0]!, ...ellipsisLabels(ellipsis), ...pieces[1]!];
  const known = new Set(operands.flat());
  for (const [i, label] of output.entries()) {
    if (output.indexOf(label) !== i) {
      throw valueError('einsum', `einstein sum subscripts string includes output subscript '${label}' multiple times`);
    }
    if (!known.has(label)) {
      throw valueError(
        'einsum',
        `einstein sum subscripts string included output subscript '${label}' which never appeared in an input`,
      );
    }
  }
  return output;
}

/** An operand with one axis for each of its labels, all different. */
interface Labelled {
  readonly array: NdArray;
  readonly labels: readonly Label[];
}

/** The sum of products that a specification describes. @throws TensorError `value`, `shape` */
export function einsum(specification: string, ...operands: readonly NdArray[]): NdArray {
  const plan = parseEinsum(
    specification,
    operands.map((operand) => operand.ndim),
  );
  return contract(plan, operands);
}

/** Multiplications that a specification takes, pair by pair, and the elements of its largest intermediate result. */
export function einsumCost(plan: EinsumPlan, shapes: readonly Shape[]): { multiplications: number; elements: number } {
  const extents = new Map<Label, number>();
  plan.operands.forEach((labels, i) =>
    labels.forEach((label, axis) => extents.set(label, Math.max(extents.get(label) ?? 1, shapes[i]![axis]!))),
  );
  const size = (labels: Iterable<Label>) => [...labels].reduce((n, label) => n * extents.get(label)!, 1);
  let multiplications = 0;
  let elements = 0;
  let current = new Set(plan.operands[0]);
  for (let i = 1; i < plan.operands.length; i++) {
    const joint = new Set([...current, ...plan.operands[i]!]);
    multiplications += size(joint);
    const needed = new Set([...plan.output, ...plan.operands.slice(i + 1).flat()]);
    current = new Set([...joint].filter((label) => needed.has(label)));
    elements = Math.max(elements, size(current));
  }
  return { multiplications, elements: Math.max(elements, size(plan.output)) };
}

/** The sum of products of a parsed specification. */
export function contract(plan: EinsumPlan, operands: readonly NdArray[]): NdArray {
  const extents = extentsOf(plan, operands);
  const dtype = resultType(...operands.map((operand) => operand.promotion));
  const rest = operands.map((operand, i) => withoutRepeats(asType(operand, dtype), plan.operands[i]!, extents));
  let result = rest.shift()!;
  for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
    const needed = new Set([...plan.output, ...rest.flatMap((operand) => operand.labels)]);
    result = contractPair(result, next, needed);
  }
  const summed = sumOut(result, new Set(plan.output));
  const order = plan.output.map((label) => summed.labels.indexOf(label));
  const ordered = transpose(summed.array, order);
  if (operands.length === 1 && ordered.storage !== operands[0]!.storage) return oneBit(ordered);
  return operands.length === 1 ? ordered : inNumpyLayout(plan, operands, oneBit(ordered));
}

/** A sum of bools is whether one of them holds. */
const oneBit = (array: NdArray): NdArray => (array.dtype === 'bool' ? map((x) => (x === 0 ? 0 : 1), array) : array);

/** A product in the memory order that NumPy's iterator would give it; of a single operand the result may be a view. */
function inNumpyLayout(plan: EinsumPlan, operands: readonly NdArray[], product: NdArray): NdArray {
  const labels = [...new Set([...plan.output, ...plan.operands.flat()])];
  const strides = operands.map((operand, i) =>
    labels.map((label) =>
      plan.operands[i]!.reduce((total, own, axis) => (own === label ? total + operand.strides[axis]! : total), 0),
    ),
  );
  const order = memoryOrder(labels.length, strides).filter((axis) => axis < plan.output.length);
  const wanted = stridesInOrder(product.shape, order);
  if (wanted.every((stride, axis) => stride === product.strides[axis])) return product;
  const storage = new Storage(allocate(product.dtype, product.size));
  const result = new NdArray(storage, product.dtype, product.shape, wanted);
  overwrite(result, product.elements());
  return result;
}

/** The extent of each label; an axis of extent 1 stretches. @throws TensorError `shape` when extents differ */
function extentsOf(plan: EinsumPlan, operands: readonly NdArray[]): Map<Label, number> {
  const extents = new Map<Label, number>();
  plan.operands.forEach((labels, i) => {
    labels.forEach((label, axis) => {
      const extent = operands[i]!.shape[axis]!;
      const known = extents.get(label);
      if (known === undefined || known === 1) extents.set(label, extent);
      else if (extent !== 1 && extent !== known) {
        const shapes = operands.map((operand) => shapeText(operand.shape)).join(', ');
        throw new TensorError('shape', 'einsum', `${shapes}: '${label}' is ${known} and ${extent}`, {
          exception: 'ValueError',
          message: `operands could not be broadcast together with remapped shapes [original->remapped]: ${remapped(plan, operands)}`,
        });
      }
    });
  });
  return extents;
}

function remapped(plan: EinsumPlan, operands: readonly NdArray[]): string {
  const order = [...plan.output, ...new Set(plan.operands.flat().filter((label) => !plan.output.includes(label)))];
  return (
    operands
      .map((operand, i) => {
        const labels = plan.operands[i]!;
        const places = order.map((label) =>
          labels.includes(label) ? operand.shape[labels.indexOf(label)] : 'newaxis',
        );
        const first = places.findIndex((place) => place !== 'newaxis');
        return `(${operand.shape.join(',')})->(${places.slice(Math.max(first, 0)).join(',')})`;
      })
      .join(' ') + ' '
  );
}

/** Takes the diagonal over axes with the same label, and stretches axes of extent 1 to their label's extent. */
function withoutRepeats(array: NdArray, labels: readonly Label[], extents: ReadonlyMap<Label, number>): Labelled {
  const full = broadcastTo(
    array,
    labels.map((label) => extents.get(label)!),
  );
  const unique = [...new Set(labels)];
  if (unique.length === labels.length) return { array: full, labels };
  const strides = unique.map((label) =>
    labels.reduce((total, own, axis) => (own === label ? total + full.strides[axis]! : total), 0),
  );
  return {
    array: view(
      full,
      unique.map((label) => extents.get(label)!),
      strides,
    ),
    labels: unique,
  };
}

/** Sums over the labels that nobody needs. */
function sumOut({ array, labels }: Labelled, needed: ReadonlySet<Label>): Labelled {
  const axes = labels.flatMap((label, axis) => (needed.has(label) ? [] : [axis]));
  if (axes.length === 0) return { array, labels };
  return { array: sum(array, { axis: axes, dtype: array.dtype }), labels: labels.filter((label) => needed.has(label)) };
}

/** The product of two operands, summed over the labels that both have and nobody else needs. */
function contractPair(a: Labelled, b: Labelled, needed: ReadonlySet<Label>): Labelled {
  const left = sumOut(a, new Set([...needed, ...b.labels]));
  const right = sumOut(b, new Set([...needed, ...a.labels]));
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const batch = shared.filter((label) => needed.has(label));
  const summed = shared.filter((label) => !needed.has(label));
  const freeLeft = left.labels.filter((label) => !shared.includes(label));
  const freeRight = right.labels.filter((label) => !shared.includes(label));
  const x = grouped(left, batch, freeLeft, summed);
  const y = grouped(right, batch, summed, freeRight);
  const product = matmul(x, y);
  const labels = [...batch, ...freeLeft, ...freeRight];
  const extentOf = (label: Label): number => {
    const own = left.labels.indexOf(label);
    return own >= 0 ? left.array.shape[own]! : right.array.shape[right.labels.indexOf(label)]!;
  };
  return { array: reshape(product, labels.map(extentOf)), labels };
}

/** The array with its axes ordered as batch labels and two merged groups. */
function grouped(
  { array, labels }: Labelled,
  batch: readonly Label[],
  rows: readonly Label[],
  columns: readonly Label[],
): NdArray {
  const order = [...batch, ...rows, ...columns].map((label) => labels.indexOf(label));
  const ordered = order.length === 0 ? array : transpose(array, order);
  const extents = (group: readonly Label[]): number[] => group.map((label) => array.shape[labels.indexOf(label)]!);
  const product = (group: readonly Label[]): number => extents(group).reduce((total, extent) => total * extent, 1);
  return reshape(ordered, [...extents(batch), product(rows), product(columns)]);
}
