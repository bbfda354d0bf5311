/** The derivative of the output by an input in symbols, where the whole is short enough to be read. */
import { readSymbol, primalFormula, primalSymbol } from '../autodiff/formulas';
import { OP_CONSTANT, OP_INPUT, type Ref } from '../autodiff/tape';
import type { Trace } from '../autodiff/trace';
import { differentiate, type ExpressionSize, sizeOf } from '../symbolic/differentiate';
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
  return expressionOf(trace, LARGEST_OUTPUT);
}

/** What differentiation in symbols makes of a trace: one derivative by an input, and how large it is. */
export interface SymbolicDerivative {
  /** Simplified, where that is short enough to be read. */
  readonly formula: Expr | undefined;
  /** Before it is simplified: written out, and with equal parts written once. */
  readonly size: ExpressionSize;
}

/** Longer traces are not differentiated in symbols to be counted. */
const MOST_ROWS = 400;

/** The derivatives of a scalar output by some inputs in symbols; `undefined` of a trace of arrays, or a long one. */
export function symbolicColumn(trace: Trace, inputs: readonly Ref[]): Map<Ref, SymbolicDerivative> | undefined {
  if (trace.tape.length > MOST_ROWS) return undefined;
  const expression = expressionOf(trace, Infinity);
  if (!expression) return undefined;
  const short = size(expression) <= LARGEST_OUTPUT;
  return new Map(
    inputs.map((row) => {
      const derivative = differentiate(expression, primalSymbol(row));
      const formula = short ? symbolicDerivative(expression, row) : undefined;
      return [row, { formula, size: sizeOf(derivative) }];
    }),
  );
}

function expressionOf(trace: Trace, largest: number): Expr | undefined {
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
      if (size(formula) <= largest) done.set(row, formula);
    }
  }
  return done.get(output);
}

/** ∂output/∂input in symbols; `undefined` where it is too long to be read. */
export function symbolicDerivative(output: Expr, input: Ref): Expr | undefined {
  const derivative = simplify(differentiate(output, primalSymbol(input)));
  return size(derivative) <= LARGEST_DERIVATIVE ? derivative : undefined;
}
