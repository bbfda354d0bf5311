/** Gradients by all arguments in one array: `np.array([df_dx, df_dy])` of `f(x, y)`. */
import { fromValues, type NdArray, sameShape, type Shape, sizeOf } from '../../../tensor';
import type { Expr } from '../ast';
import { type Callee, parametersOf, returnedExpressions } from './callee';
import type { Claim } from './claims';
import type { CheckedLeaf } from './shot';

/**
 * The parts of an array that holds one gradient for each argument that must be given; the claims as they are where it does
 * not. Either all arguments have one shape S, and the result is a number or has it as well: the array has the shape
 * (n, …S), which the gradient by a single argument never has. Or the parts are written one by one, also for the arguments
 * after the first only, as `curve_fit` wants them: then they may be stacked along the last axis, and arguments be numbers.
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
  const all = names.flatMap(({ name }) => leaves.find((l) => l.path.length === 1 && l.name === name) ?? []);
  const [first, ...rest] = all;
  if (!first || all.length !== names.length) return claims;
  const returned = returnedExpressions(backward).at(-1);
  const written = listIn(returned);
  const shape = output.length > 0 ? output : shapeOf(first);
  const areAlike = all.every((l) => sameShape(shapeOf(l), shape));
  // Rows of a Jacobian are lists.
  const isWritten = written !== undefined && !written.some((e) => e.kind === 'List' || e.kind === 'Tuple');
  const areFit = output.length > 0 && isWritten && all.every((l) => sameShape(shapeOf(l), shape) || !shapeOf(l).length);
  if (!areAlike && !areFit) return claims;
  const by = isWritten && written.length === rest.length ? rest : all;
  const isLast = areFit && returned?.kind === 'Call' && returned.keywords.some((k) => k.arg === 'axis');
  const stack = isLast ? [...shape, by.length] : [by.length, ...shape];
  if (by.length < 2 || !sameShape(whole.value.shape, stack)) return claims;
  return by.map((leaf, i) => {
    const e = written?.length === by.length ? written[i] : undefined;
    return {
      label: e?.kind === 'Name' ? e.id : `${whole.label}[${i}]`,
      value: part(whole.value, i, by.length, isLast),
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

function part(array: NdArray, i: number, count: number, isLast: boolean): NdArray {
  const shape = isLast ? array.shape.slice(0, -1) : array.shape.slice(1);
  const size = sizeOf(shape);
  const elements = array.elements();
  const at = (k: number) => elements[isLast ? k * count + i : i * size + k] as number;
  return fromValues(
    'float64',
    shape,
    Float64Array.from({ length: size }, (_, k) => at(k)),
  );
}
