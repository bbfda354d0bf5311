/** Pairs that a call of a solver declares: `minimize(f, x0, jac=df)`. No guessing of names, and a real point. */
import type { Call, Expr, Module } from '../ast';
import type { Callee } from './callee';
import { nodesIn } from './walk';

export interface Declared {
  readonly routine: string;
  readonly forward: Callee;
  readonly backward: Callee;
  /** The parameter that the derivative is by. */
  readonly by: string | undefined;
  /** The columns of the derivative belong to the parameters after the first. */
  readonly byColumns: boolean;
  /** The function itself returns value and gradient. */
  readonly isBundle: boolean;
}

/** Where a routine takes the function and its derivative, by position; the derivative's keywords. */
interface Signature {
  readonly fun: readonly [number, ...string[]];
  readonly derivative: readonly [number | undefined, ...string[]];
  /** Place of the argument that the derivative is by. */
  readonly by: number;
}

const SIGNATURES: Readonly<Record<string, Signature>> = {
  minimize: { fun: [0, 'fun'], derivative: [4, 'jac'], by: 0 },
  least_squares: { fun: [0, 'fun'], derivative: [2, 'jac'], by: 0 },
  leastsq: { fun: [0, 'func'], derivative: [3, 'Dfun'], by: 0 },
  curve_fit: { fun: [0, 'f'], derivative: [undefined, 'jac'], by: 1 },
  root: { fun: [0, 'fun'], derivative: [4, 'jac'], by: 0 },
  root_scalar: { fun: [0, 'f'], derivative: [undefined, 'fprime'], by: 0 },
  fsolve: { fun: [0, 'func'], derivative: [3, 'fprime'], by: 0 },
  newton: { fun: [0, 'func'], derivative: [2, 'fprime'], by: 0 },
  fmin_bfgs: { fun: [0, 'f'], derivative: [2, 'fprime'], by: 0 },
  fmin_cg: { fun: [0, 'f'], derivative: [2, 'fprime'], by: 0 },
  fmin_l_bfgs_b: { fun: [0, 'func'], derivative: [2, 'fprime'], by: 0 },
  fmin_ncg: { fun: [0, 'f'], derivative: [2, 'fprime'], by: 0 },
  check_grad: { fun: [0, 'func'], derivative: [1, 'grad'], by: 0 },
  solve_ivp: { fun: [0, 'fun'], derivative: [undefined, 'jac'], by: 1 },
  odeint: { fun: [0, 'func'], derivative: [undefined, 'Dfun'], by: 0 },
};

/** The pairs that calls of solvers in a module declare. */
export function* declaredPairs(module: Module, functions: ReadonlyMap<string, Callee>): Generator<Declared> {
  for (const node of nodesIn(module.body)) {
    if (node.kind !== 'Call') continue;
    const routine = node.func.kind === 'Name' ? node.func.id : node.func.kind === 'Attribute' ? node.func.attr : '';
    const signature = Object.hasOwn(SIGNATURES, routine) ? SIGNATURES[routine] : undefined;
    if (!signature) continue;
    const callee = (e: Expr | undefined) => (e?.kind === 'Name' ? functions.get(e.id) : undefined);
    const fun = callee(argument(node, signature.fun));
    if (!fun) continue;
    const given = argument(node, signature.derivative);
    const isOdeint = routine === 'odeint' && node.keywords.some((k) => k.arg === 'tfirst');
    const place = isOdeint ? 1 : signature.by;
    const by = fun.node.params[place]?.name;
    const common = { routine, by, byColumns: routine === 'curve_fit' };
    if (given?.kind === 'Constant' && given.value.type === 'bool' && given.value.value) {
      yield { ...common, forward: fun, backward: fun, isBundle: true };
    }
    const derivative = callee(given);
    if (derivative) {
      yield { ...common, forward: fun, backward: derivative, isBundle: false };
      // The Hessian is the Jacobian of the gradient.
      const hessian = callee(argument(node, [undefined, 'hess', 'fhess']));
      if (hessian) {
        yield {
          ...common,
          forward: derivative,
          backward: hessian,
          by: derivative.node.params[0]?.name,
          isBundle: false,
        };
      }
    }
  }
}

function argument(call: Call, [position, ...keywords]: readonly [number | undefined, ...string[]]): Expr | undefined {
  const named = call.keywords.find((k) => k.arg !== undefined && keywords.includes(k.arg));
  if (named) return named.value;
  const at = position === undefined ? undefined : call.args[position];
  return at?.kind === 'Starred' ? undefined : at;
}
