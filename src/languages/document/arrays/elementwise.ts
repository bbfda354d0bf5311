/** Expressions of scalar primitives, applied to every element of arrays. */
import type { Recorder } from '../../../autodiff/recorder';
import { ARRAYS } from '../../../autodiff/tensorRules';
import type { Ref } from '../../../autodiff/tape';
import type { Site } from '../../../model';
import { evaluate, type Expr, isScalarOp } from '../../../symbolic';
import type { NdArray } from '../../../tensor';
import { type Comparison, compareRows, isComparison } from '../comparison';

/** A condition at the point: of numbers, or of each element. */
export type Truth = boolean | NdArray;

export function negated(a: Truth): Truth {
  return typeof a === 'boolean' ? !a : ARRAYS.predicate('not', a);
}

export function joined(op: 'and' | 'or', a: Truth, b: Truth): Truth {
  if (typeof a === 'boolean') return op === 'and' ? (a ? b : false) : a ? true : b;
  if (typeof b === 'boolean') return joined(op, b, a);
  return ARRAYS.predicate(op, a, b);
}

/** Compares rows of any shape, element by element; leaves a guard where an input reaches them. */
export function compared(recorder: Recorder, test: Comparison, x: Ref, y: Ref, site: Site): Truth {
  const { tape } = recorder;
  if (!tape.isArray(x) && !tape.isArray(y)) return compareRows(recorder, test, x, y, site);
  if (recorder.isActive(x) || recorder.isActive(y)) recorder.look(test, site, x, y);
  return ARRAYS.predicate(test, recorder.array(x), recorder.array(y));
}

/** One of two values, or of each pair of elements. */
export function chosen(recorder: Recorder, truth: Truth, yes: () => Ref, no: () => Ref, site: Site): Ref {
  if (typeof truth === 'boolean') return truth ? yes() : no();
  return recorder.tensor('where', [yes(), no()], { condition: truth }, site);
}

/**
 * Records an expression whose symbols stand for rows.
 * @returns undefined where it holds an operation without a rule
 */
export function recordElementwise(
  recorder: Recorder,
  expr: Expr,
  rows: (symbol: string) => Ref,
  site: Site,
): Ref | undefined {
  const done = new Map<Expr, Ref>();
  const truth = (condition: Expr): Truth | undefined => {
    if (condition.kind !== 'apply') return undefined;
    const { op, args } = condition;
    if (op === 'and' || op === 'or') {
      const [a, b] = args.map(truth);
      return a === undefined || b === undefined ? undefined : joined(op, a, b);
    }
    if (op === 'not') {
      const a = truth(args[0] as Expr);
      return a === undefined ? undefined : negated(a);
    }
    if (!isComparison(op)) return undefined;
    const [x, y] = args.map(record);
    return x === undefined || y === undefined ? undefined : compared(recorder, op, x, y, site);
  };
  const recordNew = (e: Expr): Ref | undefined => {
    if (e.kind === 'number') return recorder.constant(e.value, site);
    if (e.kind === 'symbol') return rows(e.name);
    if (e.op === 'where') {
      const [condition, a, b] = e.args as [Expr, Expr, Expr];
      const holds = truth(condition);
      if (holds === undefined) return undefined;
      const [yes, no] = [record(a), record(b)];
      return yes === undefined || no === undefined
        ? undefined
        : chosen(
            recorder,
            holds,
            () => yes,
            () => no,
            site,
          );
    }
    if (e.args.length === 0)
      return recorder.constant(
        evaluate(e, () => undefined),
        site,
      );
    if (!isScalarOp(e.op)) return undefined;
    const [x, y] = e.args.map(record);
    if (x === undefined || (e.args.length > 1 && y === undefined)) return undefined;
    return recorder.elementwise(e.op, site, x, y ?? x);
  };
  const record = (e: Expr): Ref | undefined => {
    const known = done.get(e);
    if (known !== undefined) return known;
    const ref = recordNew(e);
    if (ref !== undefined) done.set(e, ref);
    return ref;
  };
  return record(expr);
}
