/** Calls a function that the document never calls, at a point found by the rules. */
import { type Origin, unknown } from '../../../model';
import type { Outcome } from '../../frontEnd';
import { PyRaise, UnknownStop } from '../errors';
import type { FoundFunction } from '../find/traceables';
import { Frame, type ModuleScope } from '../frame';
import { UnknownIteration } from '../iteration';
import { failure } from '../run';
import type { Runtime } from '../runtime';
import { isNumberLike } from '../values/numbers';
import { PyClass, PyFloat, PyFunction, PyUnknown, type PyValue } from '../values/object';
import { call } from '../calls';
import { doctestArguments } from './doctest';
import type { Recording } from './record';
import type { ArgumentWindow } from './window';
import { applyPin, asArray } from './pins';

/** Values of an assumed point: unremarkable, distinct, inside the domains of the usual functions. */
const SAMPLE = [0.7, 0.4, 0.9, 0.6, 0.3, 0.8, 0.55, 0.35];

export function callAtPoint(
  r: Recording,
  rt: Runtime,
  scope: ModuleScope,
  window: ArgumentWindow,
  found: FoundFunction,
): Outcome {
  const fn = functionOf(scope, found);
  if (!(fn instanceof PyFunction)) {
    if (fn instanceof PyUnknown) return fn.unknown;
    return (
      scope.failure?.unknown ??
      unknown('not-defined', `\`${found.name}\` is not defined when the program ends`, found.span)
    );
  }
  fn.code.body();
  const { code } = fn;
  const examples = doctestArguments(code.docstring, code.name);
  const slots = new Array<PyValue | undefined>(code.slotCount);
  const origins: Origin[] = [];
  for (const [i, p] of code.params.entries()) {
    const { value, origin } = argument(r, rt, scope, fn, found, i, examples);
    if (value === undefined) {
      return unknown(
        'no-point',
        `no value is known for \`${p.name}\`: give one with \`# wengert: at ${p.name}=…\``,
        found.nameSpan ?? found.span,
      );
    }
    slots[i] = value;
    origins[i] = origin;
  }
  const cells = Array.from({ length: code.ownCells }, () => ({ v: undefined }));
  const frame = new Frame(rt, fn.module, slots, [...cells, ...fn.closure], fn);
  try {
    return window.recordFrame(rt, fn, frame, -1, (i) => origins[i] as Origin);
  } catch (error) {
    const assumed = origins.some((o) => o.kind === 'assumed');
    const cause =
      error instanceof PyRaise
        ? failure(rt, error, r.analysis.document.text).unknown
        : error instanceof UnknownStop || error instanceof UnknownIteration
          ? error.value.unknown
          : undefined;
    if (!cause) throw error;
    if (!assumed) return cause;
    return unknown(
      'no-point',
      `at an assumed point ${cause.reason}; give one with \`# wengert: at …\``,
      cause.span,
      cause,
    );
  }
}

/** The function object by its qualified name. */
function functionOf(scope: ModuleScope, found: FoundFunction): PyValue | undefined {
  if (!found.owner) {
    const value = scope.get(found.node.name.id);
    return value instanceof PyFunction && value.code.node !== found.node ? undefined : value;
  }
  const cls = scope.get(found.owner.name.id);
  if (cls instanceof PyUnknown) return cls;
  return cls instanceof PyClass ? cls.lookup(found.node.name.id) : undefined;
}

function argument(
  r: Recording,
  rt: Runtime,
  scope: ModuleScope,
  fn: PyFunction,
  found: FoundFunction,
  index: number,
  examples: readonly number[] | undefined,
): { value: PyValue | undefined; origin: Origin } {
  const p = fn.code.params[index] as (typeof fn.code.params)[number];
  const pinned = applyPin(r.pins, p.name, undefined);
  if (pinned.changed) {
    const value = r.dialect === 'math' ? pinned.value : asArray(pinned.value);
    return { value, origin: pinned.changed };
  }
  if (index === 0 && found.owner && p.name === 'self')
    return { value: selfOf(rt, fn), origin: assumed('an object made without arguments') };
  const own = fn.defaults[index];
  if (own !== undefined) return { value: own, origin: { kind: 'document', span: p, why: 'the default' } };
  if (p.kind === 'var-positional' || p.kind === 'var-keyword') return { value: undefined, origin: assumed('') };
  const global = scope.get(p.name);
  if (global !== undefined && isNumberLike(global) && typeof global !== 'boolean') {
    return {
      value: global,
      origin: { kind: 'document', why: `the variable \`${p.name}\` of the module` },
    };
  }
  const example = examples?.[index];
  if (example !== undefined) {
    return {
      value: new PyFloat(example),
      origin: { kind: 'document', why: 'from the example in the docstring' },
    };
  }
  const whole = p.annotation?.kind === 'Name' && p.annotation.id === 'int';
  const value = whole ? 2 + index : new PyFloat(SAMPLE[index % SAMPLE.length] as number);
  return { value, origin: assumed('a sample point') };
}

function assumed(why: string): Origin {
  return { kind: 'assumed', why };
}

/** An instance for a method that nobody calls: made if its constructor needs nothing. */
function selfOf(rt: Runtime, fn: PyFunction): PyValue | undefined {
  const cls = fn.homeClass;
  if (!cls) return undefined;
  try {
    const init = cls.lookup('__init__');
    if (
      init instanceof PyFunction &&
      init.code.params.slice(1).some((p, i) => init.defaults[i + 1] === undefined && !p.kind.startsWith('var'))
    ) {
      return undefined;
    }
    return call(rt, cls, [], undefined, rt.place);
  } catch (error) {
    if (error instanceof PyRaise || error instanceof UnknownStop) return undefined;
    throw error;
  }
}
