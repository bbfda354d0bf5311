/** Values of the protocol, as numbers where they are numbers. */
import type { Family, StepView, TensorView, ValueView } from '../../src/protocol';
import { fromJsonNumber } from '../../src/protocol';

export type { Family };

export function isTensor(value: ValueView | null | undefined): value is TensorView {
  return typeof value === 'object' && value !== null;
}

/** The number of a scalar; `undefined` for a tensor or an absent value. */
export function asNumber(value: ValueView | null | undefined): number | undefined {
  return value === null || value === undefined || isTensor(value) ? undefined : fromJsonNumber(value);
}

export function recorded(step: StepView, family: Family): ValueView | null {
  return family === 'primal' ? step.value : family === 'tangent' ? step.tangent : step.adjoint;
}
