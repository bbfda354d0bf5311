/**
 * Automatic differentiation on recorded traces (Wengert lists), of numbers and arrays.
 *
 * ```ts
 * const recorder = new Recorder({ dialect: 'math', spans: () => [] });
 * const x1 = recorder.input(['x1'], 2, { kind: 'document' }, 0);
 * const x2 = recorder.input(['x2'], 5, { kind: 'document' }, 1);
 * const y = recorder.scalar('mul', 2, x1, x2);
 * const trace = recorder.finish(y, ['y']);
 * adjoints(trace.tape, y).scalars[x1]; // 5
 * ```
 *
 * A row of the tape holds a number or an array. Rules are stated once: scalar primitives in `../symbolic/rules`, tensor
 * primitives in `./rules` as linear terms (`./terms`). Both sweeps, the sweeps that are recorded in turn, the operation
 * counts and the formulas are derived from them. Derivatives are float64, whatever the dtype of the values. Nothing here
 * knows an editor, a file or a language.
 */
// Recording. `Recorder.elementwise` and `Recorder.tensor` throw TensorError with the operation and the shapes.
export { Recorder, type RecorderOptions } from './recorder';
export { attention, batchNorm, dropout, embedding, layerNorm } from './composites';
export { isTensorOp, NoRuleError, type TensorOp } from './tensorRules';
export type { Attributes } from './multilinear';
export {
  type Binding,
  type Guard,
  momentOf,
  rowAt,
  type Scope,
  type StepNote,
  type Trace,
  type TraceInput,
  type Value,
} from './trace';
export { OverwrittenError, type Ref, scalarCode, Tape } from './tape';

// First derivatives.
export { adjoints, connectedInputs, type Seeds, type Sweep, tangents } from './sweeps';
export { contributionOf } from './arraySweeps';
export {
  directionalDerivative,
  hessian,
  hessianVectorProduct,
  jacobian,
  type Jacobian,
  taylor,
  type Taylor,
} from './derivatives';

// Derivatives as steps of the trace, to differentiate again.
export { recordAdjoints, recordGradient, recordTangents } from './recordedSweeps';

// The same steps at other inputs.
export { ScalarTape } from './replay';
export { guardOutcome, reevaluate, violatedGuard } from './reevaluation';

// Checks.
export { adaptiveDifference, centreDifference, errorSweep, forwardDifference } from './differences';
export {
  CheckCancelled,
  checkGradient,
  type CheckOptions,
  type GradientCheck,
  type InputCheck,
  relativeError,
} from './gradientCheck';

// Explanations.
export { numberSteps, type Numbering } from './numbering';
export { contributionsThrough, countPaths, decomposePaths, type Path, type PathDecomposition } from './paths';
export { type ArrayPath, type ArrayPathOptions, type ArrayPaths, decomposeArrayPaths } from './arrayPaths';
export { diagnose, type Finding } from './diagnose';
export { type Descent, type DescentOrder, descend, type Update } from './update';
export { type Cost, costOf } from './cost';
export { suppressedNotes } from './notes';
