/** Sums of products over labelled axes, the one product of the term language. */
import {
  broadcastTo,
  diagonal,
  matmul,
  operate,
  operators,
  type NdArray,
  reshape,
  type Shape,
  sum,
  transpose,
  view,
  zeros,
  write,
} from '../tensor';

/**
 * One letter an axis: `{ inputs: ['ij', 'jk'], output: 'ik', extents: { i: 3, j: 4, k: 2 } }`. An axis of extent 1 under a
 * label of another extent broadcasts.
 */
export interface Contraction {
  readonly inputs: readonly string[];
  readonly output: string;
  readonly extents: Readonly<Record<string, number>>;
}

interface Labelled {
  readonly array: NdArray;
  readonly labels: string;
}

/** The contraction's value. Operands must have the extents of their labels. */
export function contract(operands: readonly NdArray[], { inputs, output, extents }: Contraction): NdArray {
  const wanted = [...new Set(output)].join('');
  const present = (labels: string) => [...wanted].filter((label) => labels.includes(label)).join('');
  let rest = operands.map((array, i) => onDiagonals(withoutRepeated({ array, labels: inputs[i] as string }, extents)));
  let product = rest[0] as Labelled;
  rest = rest.slice(1);
  if (rest.length === 0) product = summedTo(product, present(product.labels));
  while (rest.length > 0) {
    const next = rest[0] as Labelled;
    rest = rest.slice(1);
    const needed = new Set(wanted + rest.map((other) => other.labels).join(''));
    const kept = [...new Set(product.labels + next.labels)].filter((label) => needed.has(label)).join('');
    product = pair(product, next, kept);
  }
  return spread(product, output, wanted, extents);
}

/** Drops the axes that broadcast. */
function withoutRepeated({ array, labels }: Labelled, extents: Contraction['extents']): Labelled {
  const kept = [...labels].map((label, i) => array.shape[i] === extents[label]);
  if (kept.every(Boolean)) return { array, labels };
  return {
    array: reshape(
      array,
      array.shape.filter((_, i) => kept[i]),
    ),
    labels: [...labels].filter((_, i) => kept[i]).join(''),
  };
}

/** Repeated labels of one operand select its diagonal. */
function onDiagonals({ array, labels }: Labelled): Labelled {
  for (let i = 0; i < labels.length; i++) {
    const j = labels.indexOf(labels[i] as string, i + 1);
    if (j < 0) continue;
    // The diagonal's axis comes last.
    const rest = [...labels].filter((_, k) => k !== i && k !== j).join('');
    return onDiagonals({ array: diagonal(array, 0, i, j), labels: rest + labels[i] });
  }
  return { array, labels };
}

/** Sums over every label that is not wanted, and orders the rest. */
function summedTo({ array, labels }: Labelled, wanted: string): Labelled {
  const axis = [...labels].flatMap((label, i) => (wanted.includes(label) ? [] : [i]));
  const left = [...labels].filter((label) => wanted.includes(label)).join('');
  const reduced = axis.length === 0 ? array : sum(array, { axis });
  return { array: ordered(reduced, left, wanted), labels: wanted };
}

function ordered(array: NdArray, labels: string, wanted: string): NdArray {
  return labels === wanted
    ? array
    : transpose(
        array,
        [...wanted].map((label) => labels.indexOf(label)),
      );
}

/** Product of two operands, summed over the labels that are not kept: a matrix product with batch axes. */
function pair(a: Labelled, b: Labelled, kept: string): Labelled {
  const own = (x: Labelled, other: Labelled) =>
    summedTo(x, [...x.labels].filter((label) => kept.includes(label) || other.labels.includes(label)).join(''));
  const left = own(a, b);
  const right = own(b, a);
  const shared = [...left.labels].filter((label) => right.labels.includes(label));
  const batch = shared.filter((label) => kept.includes(label)).join('');
  const inner = shared.filter((label) => !kept.includes(label)).join('');
  const rows = [...left.labels].filter((label) => !right.labels.includes(label)).join('');
  const columns = [...right.labels].filter((label) => !left.labels.includes(label)).join('');
  const extent = (x: Labelled, labels: string): Shape =>
    [...labels].map((label) => x.array.shape[x.labels.indexOf(label)] as number);
  const size = (shape: Shape) => shape.reduce((n, e) => n * e, 1);
  const leading = extent(left, batch);
  if (inner === '' && (rows === '' || columns === '')) {
    // No sum: an elementwise product with broadcasting.
    const x = ordered(left.array, left.labels, batch + rows);
    const y = ordered(right.array, right.labels, batch + columns);
    const shape = [...leading, ...extent(left, rows), ...extent(right, columns)];
    const fit = (z: NdArray, tail: string) =>
      broadcastTo(tail === '' ? reshape(z, [...leading, ...shape.slice(batch.length).map(() => 1)]) : z, shape);
    return {
      array: operate(operators.multiply, fit(x, rows), fit(y, columns)),
      labels: batch + rows + columns,
    };
  }
  const m = extent(left, rows);
  const n = extent(right, columns);
  const k = size(extent(left, inner));
  const x = reshape(ordered(left.array, left.labels, batch + rows + inner), [...leading, size(m), k]);
  const y = reshape(ordered(right.array, right.labels, batch + inner + columns), [...leading, k, size(n)]);
  return { array: reshape(matmul(x, y), [...leading, ...m, ...n]), labels: batch + rows + columns };
}

/** Puts labels in the order of the output, repeats along missing ones and lays repeated ones on a diagonal. */
function spread({ array, labels }: Labelled, output: string, wanted: string, extents: Contraction['extents']): NdArray {
  const order = [...wanted].filter((label) => labels.includes(label)).join('');
  const shape = [...wanted].map((label) => extents[label] as number);
  const aligned = reshape(
    ordered(array, labels, order),
    [...wanted].map((label, i) => (labels.includes(label) ? (shape[i] as number) : 1)),
  );
  const full = broadcastTo(aligned, shape);
  if (wanted.length === output.length) return full;
  const result = zeros(
    [...output].map((label) => extents[label] as number),
    full.dtype,
  );
  const strides = [...wanted].map((label) =>
    [...output].reduce((total, other, i) => (other === label ? total + (result.strides[i] as number) : total), 0),
  );
  write(view(result, shape, strides), full);
  return result;
}
