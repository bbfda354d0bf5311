/** Calls a function that the document never calls, at a point found by the rules. */
import { isUnknown, unknown } from '../../../model';
import type { Outcome } from '../../frontEnd';
import { PyRaise, UnknownStop } from '../errors';
import type { FoundFunction } from '../find/traceables';
import { UnknownIteration } from '../iteration';
import { boundFrame, planCall, type Session, type Target, withNode } from '../points';
import { failure } from '../run';
import { PyClass, PyFunction, PyUnknown } from '../values/object';
import type { ArgumentWindow } from './window';

/**
 * @param session a finished run, in which points may be tried
 * @param anew makes another run: what was tried leaves no traces in it
 */
export function callAtPoint(
  session: Session,
  anew: () => Session,
  window: ArgumentWindow,
  found: FoundFunction,
): Outcome {
  const target = targetOf(session, found);
  if ('reason' in target) return target;
  const plans = planCall(session, target, { elsewhere: true });
  if (isUnknown(plans)) return plans;
  const plan = plans[0] as (typeof plans)[number];
  const [draw] = plan.draws(1);
  const own = plan.isAssumed ? anew() : session;
  const { rt } = own;
  const { origins } = plan;
  try {
    const values = plan.values(own, draw as NonNullable<typeof draw>);
    const fn = plan.functionOf(own) as PyFunction;
    // The program before it may have used up its own budget.
    const { operations, milliseconds } = rt.options.budget;
    return rt.limited(operations, milliseconds, () =>
      window.recordFrame(rt, fn, boundFrame(rt, fn, values), -1, (i) => origins[i] as (typeof origins)[number]),
    );
  } catch (error) {
    const cause =
      error instanceof PyRaise
        ? failure(rt, error, own.analysis.document).unknown
        : error instanceof UnknownStop || error instanceof UnknownIteration
          ? error.value.unknown
          : undefined;
    if (!cause) throw error;
    if (!plan.isAssumed) return cause;
    return unknown(
      'no-point',
      `at an assumed point ${cause.reason}; give one with \`# wengert: at …\``,
      cause.span,
      cause,
    );
  }
}

/** The function object by its qualified name. */
export function targetOf({ scope }: Session, found: FoundFunction): Target | Extract<Outcome, { kind: 'unknown' }> {
  const name = found.node.name.id;
  const missing = () =>
    (scope.failure ?? scope.mishap)?.unknown ??
    unknown('not-defined', `\`${found.name}\` is not defined when the program ends`, found.span);
  const value = scope.get(found.owner ? found.owner.name.id : name);
  if (value instanceof PyUnknown) return value.unknown;
  if (!found.owner) {
    const fn = withNode(value, found.node);
    return fn ? { kind: 'function', fn } : missing();
  }
  if (!(value instanceof PyClass)) return missing();
  const member = value.attrs.get(name);
  return member instanceof PyFunction && member.code.node === found.node
    ? { kind: 'method', cls: value, name }
    : missing();
}
