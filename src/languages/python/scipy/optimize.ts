/**
 * `scipy.optimize`. Calls of solvers are declarations: of what function at what point (see `../points/solvers`). They are not
 * run, so that their results are unknown. What only evaluates functions (differences, test functions) is evaluated.
 */
import * as tensors from '../../../tensor';
import type { Site } from '../../../model';
import { define, optional, rest, value } from '../binding';
import { call } from '../calls';
import { library } from '../library';
import { type Operand, operand, PyArray } from '../numpy/array';
import { compose } from '../numpy/compose';
import * as take from '../numpy/parameters';
import type { Runtime } from '../runtime';
import { spoil } from '../spoil';
import { PyBoundMethod, PyBuiltin, PyFunction, PyList, PyUnknown, type PyValue } from '../values/object';
import { floats } from './floats';

const SOLVERS = (
  'minimize minimize_scalar root root_scalar least_squares leastsq curve_fit fsolve fmin fmin_bfgs fmin_cg fmin_l_bfgs_b ' +
  'fmin_ncg fmin_powell fmin_tnc fmin_slsqp fmin_cobyla fminbound golden brent brentq brenth bisect ridder newton broyden1 ' +
  'broyden2 anderson basinhopping differential_evolution dual_annealing shgo brute line_search linprog nnls lsq_linear milp'
).split(' ');

/** A solver: understood where it stands, never run. */
const declared = (name: string) =>
  new PyBuiltin(name, (rt, args, kwargs, site) => {
    rt.window?.unknownCall?.(rt, args, kwargs, site);
    const unknown = rt.unknown('declaration', `\`scipy.optimize.${name}\` is read as a declaration and not run`, site);
    // The functions that it would have called may have changed what they reach.
    for (const given of [...args, ...(kwargs?.values() ?? [])])
      if (given instanceof PyFunction || given instanceof PyBoundMethod) spoil(rt, given, unknown);
    return unknown;
  });

/** A routine that is run, and that names a point of the functions that it is given all the same. */
function watched(routine: PyBuiltin): PyBuiltin {
  return new PyBuiltin(routine.name, (rt, args, kwargs, site) => {
    rt.window?.unknownCall?.(rt, args, kwargs, site);
    return routine.body(rt, args, kwargs, site);
  });
}

const EPSILON = 2 ** -26;

/** Forward differences of f at x, one coordinate after the other. */
function forwardDifferences(
  rt: Runtime,
  site: Site,
  f: PyValue,
  x: Operand,
  epsilon: readonly number[],
  args: readonly PyValue[],
): PyValue {
  const point = tensors.toFloat64(x.nd);
  const at = (nd: tensors.NdArray): PyValue => call(rt, f, [new PyArray(nd), ...args], undefined, site);
  const c = compose(rt, site);
  const base = at(tensors.copy(point));
  if (base instanceof PyUnknown) return base;
  const slopes: PyValue[] = [];
  for (let i = 0; i < point.size; i++) {
    const moved = tensors.copy(point);
    const h = epsilon[epsilon.length === 1 ? 0 : i] as number;
    moved.data[moved.offset + i] = (moved.data[moved.offset + i] as number) + h;
    // The step that is left after rounding.
    const step = (moved.data[moved.offset + i] as number) - (point.elements()[i] as number);
    const next = at(moved);
    if (next instanceof PyUnknown) return next;
    slopes.push(c.div(c.sub(next, base), step));
  }
  const stacked = operand(rt, new PyList(slopes), site);
  return stacked instanceof PyUnknown ? stacked : c.of(stacked);
}

export const optimize = library('scipy.optimize', {
  ...Object.fromEntries(SOLVERS.map((name) => [name, declared(name)])),
  approx_fprime: watched(
    define(
      'approx_fprime',
      { xk: floats, f: value, epsilon: optional(take.data), args: rest(value) },
      ({ rt, site }, { xk, f, epsilon, args }) =>
        forwardDifferences(rt, site, f, xk, epsilon ? Array.from(epsilon.elements()) : [EPSILON], args),
    ),
  ),
  check_grad: watched(
    define(
      'check_grad',
      { func: value, grad: value, x0: floats, args: rest(value) },
      ({ rt, site }, { func, grad, x0, args }) => {
        const slopes = forwardDifferences(rt, site, func, x0, [EPSILON], args);
        if (slopes instanceof PyUnknown) return slopes;
        const claimed = call(rt, grad, [new PyArray(tensors.copy(x0.nd)), ...args], undefined, site);
        const c = compose(rt, site);
        const difference = c.sub(claimed, slopes);
        return c.apply('sqrt', c.tensor('sum', [c.mul(difference, difference)], {}));
      },
    ),
  ),
  rosen: define('rosen', { x: floats }, ({ rt, site }, { x }) => {
    const c = compose(rt, site);
    const head = c.index(c.of(x), [{ kind: 'slice', stop: -1 }]);
    const tail = c.index(c.of(x), [{ kind: 'slice', start: 1 }]);
    const valley = c.sub(tail, c.mul(head, head));
    const rise = c.sub(1, head);
    return c.tensor('sum', [c.add(c.mul(100, c.mul(valley, valley)), c.mul(rise, rise))], { axis: 0 });
  }),
});
