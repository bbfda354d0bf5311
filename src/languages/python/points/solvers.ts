/**
 * At which point a solver starts: the first arguments that SciPy's and others' routines give to the function they are handed.
 * The routines themselves need not be known.
 */
import type { Frame } from '../frame';
import type { Runtime } from '../runtime';
import { boundFrame } from './frames';
import { fromNested } from '../../../tensor';
import { PyArray } from '../numpy/array';
import { asArray } from '../record/pins';
import { isNumberLike, toDouble } from '../values/numbers';
import { type Kwargs, PyDict, PyFloat, PyFunction, PyList, PyTuple, PyUnknown, type PyValue } from '../values/object';

/** Positions of what matters: the function, the start, further arguments of the function; names for keywords. */
interface Routine {
  readonly parameters: readonly string[];
  readonly functions: readonly string[];
  /** The arguments of the function, from the routine's. */
  readonly point: (given: (name: string) => PyValue | undefined, fn: PyFunction) => (PyValue | undefined)[] | undefined;
  /** What follows the named parameters is passed on, as `check_grad(f, df, x0, *args)` does. */
  readonly passesRest?: boolean;
}

const vector = (value: PyValue | undefined): PyValue | undefined => {
  if (value === undefined || value instanceof PyUnknown) return undefined;
  if (value instanceof PyArray) return value;
  if (isNumberLike(value)) return new PyArray(fromNested([toDouble(value)], 'float64'));
  return asArray(value instanceof PyTuple ? new PyList([...value.items]) : value);
};

const first = (value: PyValue | undefined): PyValue | undefined => {
  if (value instanceof PyTuple || value instanceof PyList) return value.items[0];
  if (value instanceof PyArray && value.nd.ndim === 1 && value.nd.size > 0) return new PyFloat(value.nd.at(0));
  return undefined;
};

const minimizer = (...parameters: string[]): Routine => ({
  parameters,
  functions: [parameters[0] as string, 'jac', 'fprime', 'hess'],
  point: (given) => [vector(given(parameters[1] as string))],
});

const ROUTINES: Readonly<Record<string, Routine>> = {
  minimize: minimizer('fun', 'x0', 'args', 'method', 'jac'),
  least_squares: minimizer('fun', 'x0', 'jac'),
  root: minimizer('fun', 'x0', 'args', 'method', 'jac'),
  fsolve: minimizer('func', 'x0', 'args', 'fprime'),
  fmin: minimizer('func', 'x0', 'args'),
  fmin_bfgs: minimizer('f', 'x0', 'fprime', 'args'),
  fmin_cg: minimizer('f', 'x0', 'fprime', 'args'),
  fmin_l_bfgs_b: minimizer('func', 'x0', 'fprime', 'args'),
  leastsq: minimizer('func', 'x0', 'args'),
  basinhopping: minimizer('func', 'x0'),
  newton: {
    parameters: ['func', 'x0', 'fprime', 'args'],
    functions: ['func', 'fprime'],
    point: (given) => [given('x0')],
  },
  check_grad: {
    parameters: ['func', 'grad', 'x0'],
    functions: ['func', 'grad'],
    point: (given) => [vector(given('x0'))],
    passesRest: true,
  },
  approx_fprime: {
    parameters: ['xk', 'f', 'epsilon'],
    functions: ['f'],
    point: (given) => [vector(given('xk'))],
    passesRest: true,
  },
  curve_fit: {
    parameters: ['f', 'xdata', 'ydata', 'p0'],
    functions: ['f', 'jac'],
    point: (given, fn) => {
      const start = given('p0');
      // Without a start curve_fit begins at ones.
      const p0 = start === undefined || start === null ? ones(fn.code.positionalCount - 1) : itemsOf(start);
      const x = given('xdata');
      return p0 && [x instanceof PyList ? asArray(x) : x, ...p0];
    },
  },
  solve_ivp: {
    parameters: ['fun', 't_span', 'y0'],
    functions: ['fun', 'jac'],
    point: (given) => [first(given('t_span')), vector(given('y0'))],
  },
  odeint: {
    parameters: ['func', 'y0', 't', 'args'],
    functions: ['func', 'Dfun'],
    point: (given) => {
      const y0 = vector(given('y0'));
      const t = first(given('t'));
      return given('tfirst') === true ? [t, y0] : [y0, t];
    },
  },
};

function ones(count: number): PyValue[] {
  return Array.from({ length: Math.max(0, count) }, () => new PyFloat(1));
}

function itemsOf(value: PyValue): readonly PyValue[] | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  if (value instanceof PyArray && value.nd.ndim === 1) {
    return Array.from(value.nd.elements(), (x) => new PyFloat(Number(x)));
  }
  return undefined;
}

/** The watched function that a routine is handed, and the arguments that it will be given first; undefined if there is none. */
export function solverArguments(
  routine: string,
  args: readonly PyValue[],
  kwargs: Kwargs,
  isWatched: (fn: PyFunction) => boolean,
): { readonly fn: PyFunction; readonly values: readonly PyValue[] } | undefined {
  const known = Object.hasOwn(ROUTINES, routine) ? ROUTINES[routine] : undefined;
  if (!known) return undefined;
  const given = (name: string): PyValue | undefined => {
    const i = known.parameters.indexOf(name);
    return kwargs?.get(name) ?? (i >= 0 ? args[i] : undefined);
  };
  for (const name of known.functions) {
    const fn = given(name);
    if (!(fn instanceof PyFunction) || !isWatched(fn)) continue;
    const point = known.point(given, fn);
    const more = known.passesRest ? args.slice(known.parameters.length) : rest(given('args'));
    const values = point && [...point, ...more];
    if (values?.every((v): v is PyValue => v !== undefined)) return { fn, values };
  }
  return undefined;
}

function rest(value: PyValue | undefined): readonly PyValue[] {
  if (value === undefined || value === null) return [];
  return value instanceof PyTuple ? value.items : [value];
}

/** A frame with these positional arguments and the defaults of the rest; undefined where they do not fit the function. */
export function solverFrame(rt: Runtime, fn: PyFunction, values: readonly PyValue[]): Frame | undefined {
  const { params, positionalCount, varPositional } = fn.code;
  if (varPositional < 0 && values.length > positionalCount) return undefined;
  const bound = params.map((p, i): PyValue | undefined => {
    if (p.kind === 'var-positional') return new PyTuple(values.slice(positionalCount));
    if (p.kind === 'var-keyword') return new PyDict();
    return (i < positionalCount ? values[i] : undefined) ?? fn.defaults[i];
  });
  if (bound.some((v) => v === undefined || v instanceof PyUnknown)) return undefined;
  return boundFrame(rt, fn, bound);
}
