/**
 * Expressions: one immutable type, the scalar rule table, values, derivatives, exact comparison and printers.
 *
 * Scalar primitives are stated once, in `RULES`; evaluation, differentiation and every printer read that table.
 */
export {
  add,
  apply,
  type ApplyExpr,
  div,
  E,
  equal,
  type Expr,
  expr,
  type Exprish,
  fn,
  isApply,
  isNumber,
  mul,
  neg,
  num,
  type NumberExpr,
  PI,
  pow,
  sharedSize,
  size,
  sub,
  substitute,
  sym,
  type SymbolExpr,
  symbols,
  where,
} from './expr';
export {
  type Intrinsic,
  isPredicate,
  isScalarOp,
  type Predicate,
  PREDICATES,
  RULES,
  SCALAR_OPS,
  type ScalarOp,
  type ScalarRule,
} from './rules';
export { type Kernel, KERNELS, kernelOf, type KernelName } from './kernelTable';
export {
  ArityError,
  arityOf,
  evaluate,
  expand,
  instantiate,
  kernelFor,
  UnboundSymbolError,
  UnknownOperationError,
} from './evaluate';
export { differentiate, type ExpressionSize, expressionSwell, sizeOf } from './differentiate';
export { fold } from './fold';
export { simplify } from './simplify';
export { termOperations } from './polynomial';
export { type Proof, prove, provedEqual } from './prove';
export { type Notation, numberToLatex, symbolToLatex, toLatex } from './latex';
export { numberToText, symbolToText, toText } from './text';
export { NoPythonFormError, type PythonStyle, toPython } from './python';
export { type JavaScriptStyle, toJavaScript, toJavaScriptCondition } from './javascript';
export { type MathematicsStyle } from './typeset';
