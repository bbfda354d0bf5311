/** Products of arrays: one contraction serves them all. */
import { sym } from '../../symbolic/expr';
import { dot, inner, matmul, type NdArray, outer, type Shape, shapeText, TensorError, tensordot } from '../../tensor';
import { contract, type Contraction } from '../contraction';
import { type TensorRule, tensorRule } from '../tensorRule';
import { applied, DIRECTION, operand, reshaped } from '../terms';

/** One string of labels an operand, and the result's. */
type Labels = Pick<Contraction, 'inputs' | 'output'>;

/** Extents of all labels; an axis of extent 1 broadcasts. */
function extentsOf(operation: string, { inputs }: Labels, shapes: readonly Shape[]): Record<string, number> {
  const extents: Record<string, number> = {};
  inputs.forEach((labels, i) =>
    [...labels].forEach((label, axis) => {
      const extent = shapes[i]?.[axis] as number;
      const known = extents[label] ?? 1;
      if (known !== 1 && extent !== 1 && known !== extent) {
        throw new TensorError(
          'shape',
          operation,
          `${shapes.map(shapeText).join(' and ')} do not align (${known} ≠ ${extent} along ${label})`,
          {
            exception: 'ValueError',
            message: `operands could not be broadcast together with remapped shapes`,
          },
        );
      }
      extents[label] = known === 1 ? extent : known;
    }),
  );
  return extents;
}

/** A product of any number of operands that is a contraction. */
function contracted<A>(
  operation: string,
  labels: (shapes: readonly Shape[], attributes: A) => Labels,
  value?: (operands: readonly NdArray[], attributes: A) => NdArray,
): TensorRule {
  return tensorRule<A>({
    value: (operands, attributes) => {
      if (value) return value(operands, attributes);
      const shapes = operands.map((x) => x.shape);
      const plan = labels(shapes, attributes);
      return contract(operands, { ...plan, extents: extentsOf(operation, plan, shapes) });
    },
    terms: ({ operands, result, attributes }) => {
      const plan = labels(operands, attributes);
      const extents = extentsOf(operation, plan, operands);
      return operands.map((shape, slot) => {
        // An axis of extent 1 that the others repeat is no axis of the product: it goes, and comes back with extent 1.
        const own = [...(plan.inputs[slot] as string)].filter((label, axis) => shape[axis] === extents[label]).join('');
        const inputs = plan.inputs.map((other, i) => (i === slot ? own : other));
        const coefficients = operands.flatMap((_, i) => (i === slot ? [] : [operand(i)]));
        const of = reshaped(
          DIRECTION,
          shape,
          [...own].map((label) => extents[label] as number),
        );
        const product = applied('contract', { inputs, output: plan.output, extents }, of, slot, coefficients);
        return reshaped(
          product,
          [...plan.output].map((label) => extents[label] as number),
          result,
        );
      });
    },
  });
}

const letters = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(97 + from + i)).join('');

function matmulLabels([a, b]: readonly Shape[]): Labels {
  const [left, right] = [a as Shape, b as Shape];
  const batch = letters(Math.max(left.length - 2, right.length - 2, 0));
  const rows = left.length === 1 ? '' : 'y';
  const columns = right.length === 1 ? '' : 'z';
  const leading = (shape: Shape) => batch.slice(batch.length - Math.max(shape.length - 2, 0));
  return { inputs: [`${leading(left)}${rows}x`, `${leading(right)}x${columns}`], output: batch + rows + columns };
}

/** Of all axes with all axes but one pair, which is summed over. */
function overOnePair(left: Shape, right: Shape, axis: number): Labels {
  if (left.length === 0 || right.length === 0) {
    const [p, q] = [letters(left.length), letters(right.length, left.length)];
    return { inputs: [p, q], output: p + q };
  }
  const p = letters(left.length - 1);
  const q = letters(right.length - 1, left.length);
  return { inputs: [`${p}z`, `${q.slice(0, axis)}z${q.slice(axis)}`], output: p + q };
}

/** NumPy's `matmul` in every rank combination. */
export const matmulRule = contracted<object>('matmul', matmulLabels, ([a, b]) => matmul(a as NdArray, b as NdArray));

/** NumPy's `dot`: over the last axis of the first and the last but one of the second operand. */
export const dotRule = contracted<object>(
  'dot',
  ([a, b]) => overOnePair(a as Shape, b as Shape, Math.max((b as Shape).length - 2, 0)),
  ([a, b]) => dot(a as NdArray, b as NdArray),
);

/** Over the last axes of both. */
export const innerRule = contracted<object>(
  'inner',
  ([a, b]) => overOnePair(a as Shape, b as Shape, (b as Shape).length - 1),
  ([a, b]) => inner(a as NdArray, b as NdArray),
);

/** All products of an element of the one with an element of the other, both flattened. */
export const outerRule = tensorRule<object>({
  value: ([a, b]) => outer(a as NdArray, b as NdArray),
  terms: ({ operands, result }) => {
    const [m, n] = result as [number, number];
    const flat = (slot: number, extent: number) => reshaped(DIRECTION, operands[slot] as Shape, [extent]);
    const plan = { inputs: ['i', 'j'], output: 'ij', extents: { i: m, j: n } };
    return [
      applied('contract', plan, flat(0, m), 0, [sym('right')]),
      applied('contract', plan, flat(1, n), 1, [sym('left')]),
    ];
  },
  residuals: ({ result }) => ({
    left: { op: 'reshape', of: [operand(0)], attributes: { shape: [result[0]] } },
    right: { op: 'reshape', of: [operand(1)], attributes: { shape: [result[1]] } },
  }),
});

interface Pairs {
  /** The number of last axes of the first operand that meet the first ones of the second, or the pairs of axes. */
  readonly axes?: number | readonly [readonly number[], readonly number[]];
}

export const tensordotRule = contracted<Pairs>(
  'tensordot',
  ([a, b], { axes = 2 }) => {
    const [left, right] = [a as Shape, b as Shape];
    const count = (n: number, from: number) => Array.from({ length: n }, (_, i) => from + i);
    const [ofLeft, ofRight] =
      typeof axes === 'number'
        ? [count(axes, left.length - axes), count(axes, 0)]
        : [axes[0].map((i) => (i + left.length) % left.length), axes[1].map((i) => (i + right.length) % right.length)];
    const p = [...letters(left.length)];
    const q = [...letters(right.length, left.length)];
    ofRight.forEach((axis, i) => (q[axis] = p[ofLeft[i] as number] as string));
    const free = (labels: string[], bound: readonly number[]) => labels.filter((_, i) => !bound.includes(i)).join('');
    return { inputs: [p.join(''), q.join('')], output: free(p, ofLeft) + free(q, ofRight) };
  },
  ([a, b], { axes = 2 }) => tensordot(a as NdArray, b as NdArray, axes),
);

/** Products with subscripts as NumPy's `einsum`, with ellipses and an implicit output. */
export const einsumRule = contracted<{ readonly subscripts: string }>('einsum', (shapes, { subscripts }) =>
  parseSubscripts(
    subscripts,
    shapes.map((shape) => shape.length),
  ),
);

/** Labels of `ij,jk->ik`, `...i,i`; axes behind an ellipsis are labelled by digits. @throws TensorError */
export function parseSubscripts(subscripts: string, ranks: readonly number[]): Labels {
  const fault = (detail: string) =>
    new TensorError('value', 'einsum', detail, {
      exception: 'ValueError',
      message: `einstein sum subscripts string ${detail}`,
    });
  const [left = '', right] = subscripts.replace(/\s/g, '').split('->') as [string, string?];
  const terms = left.split(',');
  if (terms.length !== ranks.length) throw fault(`names ${terms.length} operands, not ${ranks.length}`);
  const broadcast = Math.max(
    0,
    ...terms.map((term, i) => (term.includes('...') ? (ranks[i] as number) - term.replace('...', '').length : 0)),
  );
  const digits = '0123456789'.slice(0, broadcast);
  const inputs = terms.map((term, i) => {
    const own = (ranks[i] as number) - term.replace('...', '').length;
    if (term.includes('...') ? own < 0 : own !== 0) {
      throw fault(`gives operand ${i} ${term.replace('...', '').length} axes, it has ${ranks[i]}`);
    }
    return term.replace('...', digits.slice(broadcast - own));
  });
  const all = inputs.join('');
  const once = [...new Set(all)].filter(
    (label) => /[a-zA-Z]/.test(label) && all.indexOf(label) === all.lastIndexOf(label),
  );
  const output = right === undefined ? digits + once.sort().join('') : right.replace('...', digits);
  if (!/^[a-zA-Z0-9]*$/.test(all + output)) throw fault(`${subscripts} has a character that is no letter`);
  for (const label of output) if (!all.includes(label)) throw fault(`has an output label ${label} that no operand has`);
  if (new Set(output).size !== output.length) throw fault(`repeats a label in its output ${output}`);
  return { inputs, output };
}
