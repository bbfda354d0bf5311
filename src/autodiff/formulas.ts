/**
 * The formulas that stand beside the numbers of a step, built from the same rules as the numbers: the evaluator of
 * linear terms, run on expressions.
 *
 * They are expressions over three families of symbols: `v:i`, `t:i` and `a:i` for the primal, tangent and adjoint of
 * row i. Conditions that are known at the recorded point are decided, so a formula says what holds there; evaluating it
 * (`./formulaValue`) on the recorded values gives the number that the sweep produced.
 */
import { evaluate } from '../symbolic/evaluate';
import { add, apply, type Expr, isApply, num, substitute, sym, symbols } from '../symbolic/expr';
import { isScalarOp, RULES, type ScalarRule } from '../symbolic/rules';
import type { Shape } from '../tensor';
import { evaluateCoefficient } from './algebra';
import { contributionOf } from './arraySweeps';
import { evaluateTerm } from './evaluateTerm';
import { evaluateFormula } from './formulaValue';
import { attributesSymbol, type Formula, formulaAlgebra, tidy } from './formulaAlgebra';
import { environment, type Linearization, linearize, shapeOfRow } from './linearization';
import { partialOf } from './partials';
import type { Sweep } from './sweeps';
import { OP_CONSTANT, OP_INPUT, OP_SCALAR, OP_TENSOR, type Ref, type Tape } from './tape';
import { transpose } from './transpose';

export const primalSymbol = (row: Ref) => `v:${row}`;
export const tangentSymbol = (row: Ref) => `t:${row}`;
export const adjointSymbol = (row: Ref) => `a:${row}`;

/** The row and family of a symbol of this module. */
export function readSymbol(name: string): { family: 'v' | 't' | 'a'; row: Ref } | undefined {
  const match = /^([vta]):(\d+)$/.exec(name);
  return match ? { family: match[1] as 'v' | 't' | 'a', row: Number(match[2]) } : undefined;
}

/** Names for the data of a step (index arrays, masks) that its formulas can not spell out. */
export class FormulaData {
  private readonly known: object[] = [];

  constructor(private readonly row: Ref) {}

  readonly name = (data: object): string => {
    let k = this.known.indexOf(data);
    if (k < 0) k = this.known.push(data) - 1;
    return `d:${this.row}:${k}`;
  };

  /** The data of a name. */
  get(name: string): object | undefined {
    return this.known[Number(name.split(':')[2])];
  }
}

/** A row as an operand: its symbol, or its value where it is a constant number. */
function primal(tape: Tape, row: Ref): Expr {
  const literal = tape.code(row) === OP_CONSTANT && !tape.isArray(row);
  return literal ? num(tape.value[row] as number) : sym(primalSymbol(row));
}

/** Right side of the primal formula of a step, e.g. v₁ v₂. */
export function primalFormula(tape: Tape, row: Ref, data = new FormulaData(row)): Expr {
  const code = tape.code(row);
  if (code === OP_INPUT || code === OP_CONSTANT) {
    return tape.isArray(row) ? sym(primalSymbol(row)) : num(tape.value[row] as number);
  }
  const operands = tape.operands(row).map((p) => primal(tape, p));
  if (code >= OP_TENSOR) {
    const { op, attributes } = tape.call(row);
    // x yᵀ is a sign for vectors: other operands are flattened first.
    const flattened = op === 'outer' && tape.operands(row).some((p) => shapeOfRow(tape, p).length !== 1);
    const shown = flattened ? { flattened } : attributes;
    const plain = Object.values(shown).every((value) => value === undefined);
    return apply(op, ...operands, ...(plain ? [] : [attributesSymbol(shown, data.name)]));
  }
  const op = tape.opName(row);
  if (op === 'mul' && tape.operands(row).every((p) => tape.isArray(p))) return apply('hadamard', ...operands);
  const rule: ScalarRule | undefined = isScalarOp(op) ? RULES[op] : undefined;
  // `max_const` and its like differ from their kernel only in the convention at a tie.
  return apply(rule && 'kind' in rule.value && rule.value.kind === 'intrinsic' ? rule.value.kernel : op, ...operands);
}

/** The names of a row's rule in formulas, and the algebra that builds them. */
function spelling(tape: Tape, row: Ref, slot: number, linear: Linearization, data: FormulaData) {
  const value = (r: Ref): Formula => ({ e: primal(tape, r), shape: shapeOfRow(tape, r) });
  const decide = (condition: Expr): boolean | undefined => {
    const names = [...symbols(condition)];
    if (names.every((name) => readSymbol(name)?.family === 'v' && !tape.isArray(readSymbol(name)?.row as Ref)))
      return evaluate(condition, (name) => symbolValue(tape, name)) !== 0;
    // Over arrays, where it is the same for every element.
    const value = (name: string) => tape.ndarray(readSymbol(name)?.row as Ref);
    const values = evaluateFormula(condition, value, (name) => data.get(name)).elements();
    return values.length > 0 && values.every((x) => x === values[0]) ? values[0] !== 0 : undefined;
  };
  const algebra = formulaAlgebra(data.name, slot, decide);
  return { algebra, env: environment(algebra, row, linear, value) };
}

/**
 * Local partial of a scalar or lifted step by its operand in `slot`. Conditions that are known at the recorded point
 * are decided.
 */
export function partialFormula(tape: Tape, row: Ref, slot: number): Expr {
  const op = tape.opName(row);
  if (!isScalarOp(op)) throw new Error(`${op} has no local partials: its operands act as wholes`);
  const { algebra, env } = spelling(tape, row, slot, linearize(tape, row), new FormulaData(row));
  return tidy(evaluateCoefficient(algebra, partialOf(op, slot), env).e);
}

/** Right side of the tangent formula of a step: one term an operand that an input reaches. */
export function tangentFormula(tape: Tape, row: Ref, data = new FormulaData(row)): Expr {
  if (tape.code(row) < OP_SCALAR) return num(0);
  const linear = linearize(tape, row);
  const terms: Expr[] = [];
  linear.operands.forEach((p, slot) => {
    const term = linear.terms[slot];
    if (!term || tape.code(p) === OP_CONSTANT) return;
    const { algebra, env } = spelling(tape, row, slot, linear, data);
    const direction = { e: sym(tangentSymbol(p)), shape: linear.shapes[slot] as Shape };
    terms.push(evaluateTerm(algebra, term, direction, env)?.e ?? num(0));
  });
  return sum(terms);
}

/** What the step `user` sends back to its operand in `slot`, e.g. v̄₃ / v₁. */
export function contributionFormula(tape: Tape, user: Ref, slot: number, data = new FormulaData(user)): Expr {
  const linear = linearize(tape, user);
  const term = linear.terms[slot];
  if (!term) return num(0);
  // The adjoint comes first, whichever operand it goes to.
  const { algebra, env } = spelling(tape, user, 0, linear, data);
  const cotangent = { e: sym(adjointSymbol(user)), shape: shapeOfRow(tape, user) };
  return evaluateTerm(algebra, transpose(term, linear.shapes[slot] as Shape), cotangent, env)?.e ?? num(0);
}

/** One use of a row by a later step. */
export interface Use {
  readonly user: Ref;
  readonly slot: number;
}

/** All uses of every row by rows up to `output` that satisfy `counts`, in order of evaluation. */
export function usesOf(tape: Tape, output: Ref, counts: (row: Ref) => boolean): ReadonlyMap<Ref, readonly Use[]> {
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

/** What one use of a scalar step contributes to the adjoint of its operand. For arrays see `contributionOf`. */
export function contributionValue(tape: Tape, sweep: Sweep, use: Use): number {
  const value = contributionOf(tape, sweep, use.user, use.slot) ?? 0;
  return typeof value === 'number' ? value : value.item();
}

/** Number of a primal symbol of this module. */
export function symbolValue(tape: Tape, name: string): number {
  const read = readSymbol(name);
  return read?.family === 'v' ? (tape.value[read.row] as number) : NaN;
}

/** The formula with numbers in place of names. Adjoints and tangents come from the sweeps. */
export function withNumbers(e: Expr, tape: Tape, tangent: Sweep | undefined, adjoint: Sweep | undefined): Expr {
  return substitute(e, (name) => {
    const read = readSymbol(name);
    if (!read || tape.isArray(read.row)) return undefined;
    const from = read.family === 'v' ? tape.value : (read.family === 't' ? tangent : adjoint)?.scalars;
    return from ? num(from[read.row] as number) : undefined;
  });
}

export function isScalarStep(tape: Tape, row: Ref): boolean {
  const code = tape.code(row);
  return code > OP_CONSTANT && code < OP_TENSOR && !tape.isArray(row);
}

/** Terms added up in their order, as a tree that is flat: a value may be used a hundred thousand times. */
function sum(terms: readonly Expr[]): Expr {
  if (terms.length === 0) return num(0);
  if (terms.length === 1) return terms[0] as Expr;
  const middle = Math.ceil(terms.length / 2);
  const [a, b] = [sum(terms.slice(0, middle)), sum(terms.slice(middle))];
  return isApply(b, 'neg') ? apply('sub', a, b.args[0] as Expr) : add(a, b);
}
