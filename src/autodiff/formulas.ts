/**
 * The formulas that stand beside the numbers of a step, built from the same rule table as the numbers.
 *
 * They are expressions over three families of symbols: `v:i`, `t:i` and `a:i` for the primal, tangent and
 * adjoint of row i. Conditions in partials are decided at the recorded point, so a formula says what holds
 * there; evaluating it on the recorded values gives the number that the sweep produced.
 */
import {
  add,
  apply,
  div,
  type Expr,
  isApply,
  isNumber,
  mul,
  neg,
  num,
  substitute,
  sym,
} from '../symbolic/expr';
import { evaluate } from '../symbolic/evaluate';
import { RULES, type ScalarOp, type ScalarRule } from '../symbolic/rules';
import type { Sweep } from './sweeps';
import { OP_CONSTANT, OP_INPUT, OP_TENSOR, type Ref, type Tape } from './tape';

export const primalSymbol = (row: Ref) => `v:${row}`;
export const tangentSymbol = (row: Ref) => `t:${row}`;
export const adjointSymbol = (row: Ref) => `a:${row}`;

/** The row and family of a symbol of this module. */
export function readSymbol(name: string): { family: 'v' | 't' | 'a'; row: Ref } | undefined {
  const match = /^([vta]):(\d+)$/.exec(name);
  return match ? { family: match[1] as 'v' | 't' | 'a', row: Number(match[2]) } : undefined;
}

/** A row as an operand: its symbol, or its value where it is a constant. */
function primal(tape: Tape, row: Ref): Expr {
  return tape.code(row) === OP_CONSTANT ? num(tape.value[row] as number) : sym(primalSymbol(row));
}

/** Right side of the primal formula of a scalar step, e.g. v₁ v₂. */
export function primalFormula(tape: Tape, row: Ref): Expr {
  const code = tape.code(row);
  if (code === OP_INPUT || code === OP_CONSTANT) return num(tape.value[row] as number);
  const op = tape.opName(row) as ScalarOp;
  const rule: ScalarRule = RULES[op];
  const operands = tape.operands(row).map((p) => primal(tape, p));
  // `max_const` and its like differ from their kernel only in the convention at a tie.
  const shown = 'kind' in rule.value && rule.value.kind === 'intrinsic' ? rule.value.kernel : op;
  return apply(shown, ...operands);
}

/** Local partial of a scalar step by its operand in `slot`, as an expression that holds at the recorded point. */
export function partialFormula(tape: Tape, row: Ref, slot: number): Expr {
  const rule: ScalarRule = RULES[tape.opName(row) as ScalarOp];
  const operands = tape.operands(row);
  const byName = (name: string): Expr =>
    name === 'v' ? sym(primalSymbol(row)) : primal(tape, operands[name === 'x' ? 0 : 1] as Ref);
  const valueOf = (name: string): number =>
    tape.value[name === 'v' ? row : (operands[name === 'x' ? 0 : 1] as Ref)] as number;
  return tidy(substitute(decide(rule.partials[slot] as Expr, valueOf), byName));
}

/** Right side of the tangent formula of a scalar step: one term an operand that an input reaches. */
export function tangentFormula(tape: Tape, row: Ref): Expr {
  const terms: Expr[] = [];
  tape.operands(row).forEach((p, slot) => {
    if (tape.code(p) === OP_CONSTANT) return;
    terms.push(scaled(sym(tangentSymbol(p)), partialFormula(tape, row, slot), slot));
  });
  return sum(terms);
}

/** What the step `user` sends back to its operand in `slot`, e.g. v̄₃ / v₁. */
export function contributionFormula(tape: Tape, user: Ref, slot: number): Expr {
  return scaled(sym(adjointSymbol(user)), partialFormula(tape, user, slot), 0);
}

/** One use of a row by a later step. */
export interface Use {
  readonly user: Ref;
  readonly slot: number;
}

/** All uses of every row by rows up to `output` that satisfy `counts`, in order of evaluation. */
export function usesOf(
  tape: Tape,
  output: Ref,
  counts: (row: Ref) => boolean,
): ReadonlyMap<Ref, readonly Use[]> {
  const uses = new Map<Ref, Use[]>();
  for (let user = 0; user <= output; user++) {
    if (!counts(user)) continue;
    tape.operands(user).forEach((p, slot) => {
      const known = uses.get(p);
      if (known) known.push({ user, slot });
      else uses.set(p, [{ user, slot }]);
    });
  }
  return uses;
}

/** Right side of the adjoint formula of a row: the sum of what its users send back. */
export function adjointFormula(tape: Tape, uses: readonly Use[]): Expr {
  return sum(uses.map(({ user, slot }) => contributionFormula(tape, user, slot)));
}

/** Number of one contribution. A zero adjoint sends nothing back, as in the sweep. */
export function contributionValue(tape: Tape, sweep: Sweep, use: Use): number {
  const g = sweep.scalars[use.user] as number;
  if (g === 0) return 0;
  const partial = evaluate(partialFormula(tape, use.user, use.slot), (name) =>
    symbolValue(tape, name),
  );
  return partial === 0 ? 0 : g * partial;
}

/** Number of a primal symbol of this module. */
export function symbolValue(tape: Tape, name: string): number {
  const read = readSymbol(name);
  return read?.family === 'v' ? (tape.value[read.row] as number) : NaN;
}

/** The formula with numbers in place of names. Adjoints and tangents come from the sweeps. */
export function withNumbers(
  e: Expr,
  tape: Tape,
  tangent: Sweep | undefined,
  adjoint: Sweep | undefined,
): Expr {
  return substitute(e, (name) => {
    const read = readSymbol(name);
    if (!read) return undefined;
    const from =
      read.family === 'v' ? tape.value : (read.family === 't' ? tangent : adjoint)?.scalars;
    return from ? num(from[read.row] as number) : undefined;
  });
}

export function isScalarStep(tape: Tape, row: Ref): boolean {
  const code = tape.code(row);
  return code > OP_CONSTANT && code < OP_TENSOR && !tape.isArray(row);
}

/** Chooses the branch of every `where` whose condition is known. */
function decide(e: Expr, valueOf: (name: string) => number): Expr {
  if (e.kind !== 'apply') return e;
  if (isApply(e, 'where')) {
    const [condition, yes, no] = e.args as [Expr, Expr, Expr];
    return decide(evaluate(condition, valueOf) ? yes : no, valueOf);
  }
  return apply(e.op, ...e.args.map((a) => decide(a, valueOf)));
}

/** direction · partial, in the order in which a textbook writes it. */
function scaled(direction: Expr, partial: Expr, slot: number): Expr {
  if (isNumber(partial, 1)) return direction;
  if (isNumber(partial, -1)) return neg(direction);
  if (isApply(partial, 'neg')) return neg(scaled(direction, partial.args[0] as Expr, slot));
  if (isApply(partial, 'div')) {
    const [top, bottom] = partial.args as [Expr, Expr];
    return div(scaled(direction, top, slot), bottom);
  }
  if (isApply(partial, 'mul') && isNumber(partial.args[0] as Expr)) {
    return mul(partial.args[0] as Expr, scaled(direction, partial.args[1] as Expr, slot));
  }
  // Of a product the second operand's term reads v₁ v̇₂: factors stay in the order of the operands.
  if (slot === 1 && partial.kind === 'symbol') return mul(partial, direction);
  return partial.kind === 'number' ? mul(partial, direction) : mul(direction, partial);
}

function sum(terms: readonly Expr[]): Expr {
  return terms.length === 0
    ? num(0)
    : terms.reduce((a, b) => (isApply(b, 'neg') ? apply('sub', a, b.args[0] as Expr) : add(a, b)));
}

/** Folds what constant operands leave behind: numbers, factors 1, exponents 1 and 2. Changes no value. */
function tidy(e: Expr): Expr {
  if (e.kind !== 'apply') return e;
  const args = e.args.map(tidy);
  const [a, b] = args as [Expr, Expr];
  if (args.every((x) => x.kind === 'number') && e.op in RULES) {
    return num(evaluate(apply(e.op, ...args), () => NaN));
  }
  if (e.op === 'mul' && isNumber(a, 1)) return b;
  if (e.op === 'mul' && isNumber(b, 1)) return a;
  if (e.op === 'div' && isNumber(b, 1)) return a;
  if (e.op === 'pow' && isNumber(b, 1)) return a;
  if (e.op === 'add' && isNumber(b, 0)) return a;
  if (e.op === 'sub' && isNumber(b, 0)) return a;
  return apply(e.op, ...args);
}
