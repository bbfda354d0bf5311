/** The derivative of the output by an input in symbols, where the whole is short enough to be read. */
import { readSymbol, primalFormula, primalSymbol } from '../autodiff/formulas';
import { OP_CONSTANT, OP_INPUT, type Ref } from '../autodiff/tape';
import type { Trace } from '../autodiff/trace';
import { differentiate } from '../symbolic/differentiate';
import { type Expr, num, size, substitute, sym } from '../symbolic/expr';
import { simplify } from '../symbolic/simplify';

/** Larger outputs are not written as one expression: sharing is what a trace is for. */
const LARGEST_OUTPUT = 80;
/** Larger derivatives are not read by anybody. */
const LARGEST_DERIVATIVE = 30;

/**
 * The output of a scalar trace as one expression in its inputs (symbols of {@link primalSymbol}), on the branches
 * that were taken. `undefined` where it holds arrays or would be too long.
 */
export function outputExpression(trace: Trace): Expr | undefined {
  const { tape, output } = trace;
  if (!tape.scalarOnly) return undefined;
  const done = new Map<Ref, Expr | undefined>();
  for (let row = 0; row <= output; row++) {
    const code = tape.code(row);
    if (code === OP_INPUT) done.set(row, sym(primalSymbol(row)));
    else if (code === OP_CONSTANT) done.set(row, num(tape.value[row] as number));
    else {
      const operands = tape.operands(row).map((p) => done.get(p));
      if (operands.some((e) => e === undefined)) continue;
      const formula = substitute(primalFormula(tape, row), (name) => done.get(readSymbol(name)?.row ?? -1));
      if (size(formula) <= LARGEST_OUTPUT) done.set(row, formula);
    }
  }
  return done.get(output);
}

/** ∂output/∂input in symbols; `undefined` where it is too long to be read. */
export function symbolicDerivative(output: Expr, input: Ref): Expr | undefined {
  const derivative = simplify(differentiate(output, primalSymbol(input)));
  return size(derivative) <= LARGEST_DERIVATIVE ? derivative : undefined;
}
