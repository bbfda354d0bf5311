/** Gradients by all arguments in one array: `np.array([df_dx, df_dy])` of `f(x, y)`. */
import { fromValues, type NdArray, sameShape, type Shape, sizeOf } from '../../../tensor';
import type { Expr } from '../ast';
import { type Callee, parametersOf, returnedExpressions } from './callee';
import type { Claim } from './claims';
import type { CheckedLeaf } from './shot';

/**
 * The parts of an array that holds one gradient for each argument that must be given, along its first axis; the claims as
 * they are where it does not. All arguments have one shape S, the result is a number or has it as well, and the array has
 * the shape (n, …S): the gradient by a single argument never has.
 */
export function unstacked(
  claims: readonly Claim[],
  forward: Callee,
  backward: Callee,
  leaves: readonly CheckedLeaf[],
  output: Shape,
  shapeOf: (leaf: CheckedLeaf) => Shape,
): readonly Claim[] {
  const [whole] = claims;
  const names = parametersOf(forward).filter((p) => p.default === undefined);
  if (claims.length !== 1 || !whole || whole.leaf || names.length < 2) return claims;
  const by = names.flatMap(({ name }) => leaves.find((l) => l.path.length === 1 && l.name === name) ?? []);
  const [first] = by;
  if (!first || by.length !== names.length) return claims;
  const shape = shapeOf(first);
  if (by.some((l) => !sameShape(shapeOf(l), shape))) return claims;
  if (output.length > 0 && !sameShape(output, shape)) return claims;
  if (!sameShape(whole.value.shape, [by.length, ...shape])) return claims;
  const written = listIn(returnedExpressions(backward).at(-1));
  return by.map((leaf, i) => {
    const e = written?.length === by.length ? written[i] : undefined;
    return {
      label: e?.kind === 'Name' ? e.id : `${whole.label}[${i}]`,
      value: part(whole.value, i),
      leaf,
      isStacked: true,
    };
  });
}

/** The elements of `[a, b]`, or of `np.array([a, b])`. */
function listIn(e: Expr | undefined): readonly Expr[] | undefined {
  if (e?.kind === 'Call' && e.args.length > 0) return listIn(e.args[0]);
  return e?.kind === 'List' || e?.kind === 'Tuple' ? e.elts : undefined;
}

function part(array: NdArray, i: number): NdArray {
  const shape = array.shape.slice(1);
  const size = sizeOf(shape);
  return fromValues(array.dtype, shape, array.elements().slice(i * size, (i + 1) * size));
}
