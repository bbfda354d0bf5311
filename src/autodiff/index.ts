/**
 * Automatic differentiation on recorded traces (Wengert lists).
 *
 * ```ts
 * const recorder = new Recorder({ dialect: 'math', spans: () => [] });
 * const x1 = recorder.input(['x1'], 2, { kind: 'document' }, 0);
 * const x2 = recorder.input(['x2'], 5, { kind: 'document' }, 1);
 * const y = recorder.scalar('mul', 2, x1, x2);
 * const trace = recorder.finish(y, ['y']);
 * adjoints(trace.tape, new Map([[y, 1]])).scalars[x1]; // 5
 * ```
 */
export { Recorder, type RecorderOptions } from './recorder';
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
export { Tape, type Ref } from './tape';
export { adjoints, connectedInputs, type Seeds, type Sweep, tangents } from './sweeps';
export { ScalarTape } from './replay';
export { adaptiveDifference, centreDifference, errorSweep, forwardDifference } from './differences';
export { checkGradient, type GradientCheck, type InputCheck, relativeError } from './gradientCheck';
export { numberSteps, type Numbering } from './numbering';
