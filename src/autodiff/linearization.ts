/** What one row contributes to derivatives, as linear terms: the common view of scalar, lifted and tensor steps. */
import type { ScalarOp } from '../symbolic/rules';
import type { NdArray, Shape } from '../tensor';
import type { Algebra } from './algebra';
import { evaluateCoefficient } from './algebra';
import { partialOf } from './partials';
import { OP_TENSOR, type Ref, type Tape } from './tape';
import { tensorRuleOf } from './tensorRules';
import type { Residual } from './tensorRule';
import { broadcast, DIRECTION, scaled, type Term } from './terms';

export interface Linearization {
  readonly operands: readonly Ref[];
  readonly shapes: readonly Shape[];
  /** One an operand; `undefined` where a change of the operand does not reach the row. */
  readonly terms: readonly (Term | undefined)[];
  readonly residuals: Readonly<Record<string, Residual>>;
}

/** Shape of a row's value: no axes for scalar rows. */
export function shapeOfRow(tape: Tape, row: Ref): Shape {
  return tape.isArray(row) ? (tape.arrays[tape.value[row] as number] as NdArray).shape : [];
}

const NONE: Readonly<Record<string, Residual>> = {};

/** The linear terms of a row that is no leaf. @throws NoRuleError */
export function linearize(tape: Tape, row: Ref): Linearization {
  const operands = tape.operands(row);
  const shapes = operands.map((p) => shapeOfRow(tape, p));
  const result = shapeOfRow(tape, row);
  if (tape.code(row) < OP_TENSOR) {
    const op = tape.opName(row) as ScalarOp;
    const terms = operands.map((_, slot) =>
      scaled(partialOf(op, slot), broadcast(DIRECTION, shapes[slot] as Shape, result)),
    );
    return { operands, shapes, terms, residuals: NONE };
  }
  const { op, attributes } = tape.call(row);
  const rule = tensorRuleOf(op);
  const context = { operands: shapes, result, attributes };
  return { operands, shapes, terms: rule.terms(context), residuals: rule.residuals?.(context) ?? NONE };
}

/** Values of the names in a row's coefficients: operands, result and residuals, each evaluated once. */
export function environment<T>(
  algebra: Algebra<T>,
  row: Ref,
  { operands, residuals }: Pick<Linearization, 'operands' | 'residuals'>,
  value: (row: Ref) => T,
): (name: string) => T {
  const known = new Map<string, T>();
  const find = (name: string): T => {
    if (name === 'v') return value(row);
    if (name === 'x' || name === 'y') return value(operands[name === 'x' ? 0 : 1] as Ref);
    const slot = /^x(\d+)$/.exec(name);
    if (slot) return value(operands[Number(slot[1])] as Ref);
    const residual = residuals[name];
    if (!residual) throw new Error(`no residual ${name}`);
    if ('data' in residual) return algebra.data(residual.data);
    return algebra.tensor(
      residual.op,
      residual.of.map((e) => evaluateCoefficient(algebra, e, env)),
      residual.attributes,
    );
  };
  const env = (name: string): T => {
    let result = known.get(name);
    if (result === undefined) known.set(name, (result = find(name)));
    return result;
  };
  return env;
}
