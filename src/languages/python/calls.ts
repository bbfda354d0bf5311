/** Calling: binding arguments to parameters, frames, generators, and what an unknown callee spoils. */
import type { Site } from '../../model';
import { bind, getAttribute, specialMethod } from './attributes';
import { instantiate } from './classes';
import type { FunctionCode } from './compile/code';
import { BudgetStop, UnknownStop } from './errors';
import { raised } from './exceptions';
import { type Cell, Frame } from './frame';
import { spoil, spoilFunction } from './spoil';
import type { Runtime } from './runtime';
import {
  type Kwargs,
  PyBoundMethod,
  PyBuiltin,
  PyClass,
  PyDict,
  PyFunction,
  PyGenerator,
  PyInstance,
  PyMethodWrapper,
  PyObject,
  PyTuple,
  PyUnknown,
  PyUnsupported,
  type PyValue,
  typeOf,
} from './values/object';

/** `callee(*args, **kwargs)` */
export function call(rt: Runtime, callee: PyValue, args: readonly PyValue[], kwargs: Kwargs, site: Site): PyValue {
  if (callee instanceof PyFunction) return callFunction(rt, callee, args, kwargs, site);
  if (callee instanceof PyBuiltin) {
    rt.tick();
    rt.place = site;
    return callee.body(rt, args, kwargs, site);
  }
  if (callee instanceof PyBoundMethod) return call(rt, callee.func, [callee.self, ...args], kwargs, site);
  if (callee instanceof PyClass) {
    rt.tick();
    rt.place = site;
    return instantiate(rt, callee, args, kwargs, site);
  }
  if (callee instanceof PyUnknown) {
    if (rt.window && !rt.recorder) rt.window.unknownCall?.(rt, args, kwargs, site);
    if (callee instanceof PyUnsupported) {
      const out = kwargs?.get('out');
      if (out !== undefined) spoil(rt, out, callee);
      return rt.spread(new PyUnknown(callee.unknown));
    }
    // What an unknown callee is given, it may change.
    for (const arg of args) spoil(rt, arg, callee);
    for (const arg of kwargs?.values() ?? []) spoil(rt, arg, callee);
    return rt.spread(callee);
  }
  rt.place = site;
  if (callee instanceof PyInstance) {
    const method = specialMethod(callee, '__call__');
    if (method !== undefined) return call(rt, method, [callee, ...args], kwargs, site);
  }
  if (callee instanceof PyMethodWrapper) return call(rt, callee.func, args, kwargs, site);
  if (callee instanceof PyObject && callee.call) return callee.call(rt, args, kwargs, site);
  throw raised('TypeError', `'${typeOf(callee).name}' object is not callable`);
}

/** `receiver.name(*args, **kwargs)` without making a bound method. */
export function callMethod(
  rt: Runtime,
  receiver: PyValue,
  name: string,
  args: PyValue[],
  kwargs: Kwargs,
  site: Site,
): PyValue {
  if (receiver instanceof PyInstance && receiver.attrs.get(name) === undefined) {
    const member = receiver.klass.lookup(name);
    if (member instanceof PyFunction) {
      args.unshift(receiver);
      return callFunction(rt, member, args, kwargs, site);
    }
    if (member !== undefined) return call(rt, bind(rt, member, receiver, receiver.klass, site), args, kwargs, site);
  }
  const method = getAttribute(rt, receiver, name, site);
  if (method instanceof PyUnknown) spoil(rt, receiver, method);
  return call(rt, method, args, kwargs, site);
}

export function callFunction(
  rt: Runtime,
  fn: PyFunction,
  args: readonly PyValue[],
  kwargs: Kwargs,
  site: Site,
): PyValue {
  const { code } = fn;
  const frame = new Frame(rt, fn.module, new Array(code.slotCount), makeCells(code, fn), fn);
  rt.tick();
  rt.place = site;
  bindArguments(fn, frame, args, kwargs);
  if (rt.window && !rt.recorder && rt.window.matches(fn)) {
    const result = rt.window.record(rt, fn, frame, args, site);
    if (result !== undefined) return result;
  }
  return run(rt, fn, frame, site);
}

/** Runs the body in a frame whose arguments are bound. */
export function run(rt: Runtime, fn: PyFunction, frame: Frame, site: Site): PyValue {
  const { code } = fn;
  const body = code.body();
  if (body.kind === 'generator') return new PyGenerator(body.start(frame), code.name);
  if (body.kind === 'broken') return rt.unknown('syntax', body.reason, body.site);
  if (rt.depth >= rt.options.budget.depth) throw raised('RecursionError', 'maximum recursion depth exceeded');
  rt.depth++;
  const { outside } = rt;
  if (outside === undefined ? !fn.module.home : fn.module.home) rt.outside = fn.module.home ? undefined : site;
  const { recorder } = rt;
  const scope = recorder?.depth;
  if (recorder && rt.outside === undefined) {
    recorder.enter('call', code.name, site);
    rt.entered?.add(code.node);
  }
  try {
    return body.run(frame);
  } catch (error) {
    if (error instanceof UnknownStop) {
      spoilFunction(rt, fn, frame, error.value);
      return rt.spread(error.value);
    }
    if (error instanceof RangeError) throw new BudgetStop('depth');
    throw error;
  } finally {
    rt.depth--;
    if (scope !== undefined) recorder?.leaveTo(scope);
    if (rt.outside !== outside) rt.place = site;
    rt.outside = outside;
  }
}

function makeCells(code: FunctionCode, fn: PyFunction): Cell[] {
  if (code.ownCells === 0) return fn.closure as Cell[];
  const cells: Cell[] = [];
  for (let i = 0; i < code.ownCells; i++) cells.push({ v: undefined });
  for (const cell of fn.closure) cells.push(cell);
  return cells;
}

function bindArguments(fn: PyFunction, frame: Frame, args: readonly PyValue[], kwargs: Kwargs): void {
  const { code } = fn;
  const { slots } = frame;
  const n = code.positionalCount;
  if (code.simpleParameters && kwargs === undefined && args.length === n) {
    for (let i = 0; i < n; i++) slots[i] = args[i];
  } else bindGeneral(fn, slots, args, kwargs);
  // Parameters that inner functions use live in cells.
  for (const [slot, cell] of code.parameterCells) (frame.cells[cell] as Cell).v = slots[slot];
}

function bindGeneral(fn: PyFunction, slots: (PyValue | undefined)[], args: readonly PyValue[], kwargs: Kwargs): void {
  const { code, defaults } = fn;
  const { params, positionalCount } = code;
  const name = `${code.qualname}()`;
  for (let i = 0; i < Math.min(args.length, positionalCount); i++) slots[i] = args[i];
  if (code.varPositional >= 0) slots[code.varPositional] = new PyTuple(args.slice(positionalCount));
  else if (args.length > positionalCount) {
    const plural = positionalCount === 1 ? '' : 's';
    const only = [...(kwargs?.keys() ?? [])].filter((key) =>
      params.some((p) => p.name === key && p.kind === 'keyword-only'),
    );
    const extra =
      only.length === 0
        ? ''
        : ` positional argument${args.length === 1 ? '' : 's'} (and ${only.length} keyword-only argument${only.length === 1 ? '' : 's'})`;
    const given = `${args.length}${extra} ${args.length === 1 && only.length === 0 ? 'was' : 'were'} given`;
    const optional = defaults.slice(0, positionalCount).filter((d) => d !== undefined).length;
    const range = optional > 0 ? `from ${positionalCount - optional} to ${positionalCount}` : String(positionalCount);
    throw raised('TypeError', `${name} takes ${range} positional argument${plural} but ${given}`);
  }
  const rest = code.varKeyword >= 0 ? new PyDict() : undefined;
  for (const [key, value] of kwargs ?? []) {
    const i = params.findIndex((p) => p.name === key && p.kind !== 'positional-only' && !p.kind.startsWith('var'));
    if (i >= 0) {
      if (slots[i] !== undefined) throw raised('TypeError', `${name} got multiple values for argument '${key}'`);
      slots[i] = value;
    } else if (rest) rest.set(key, value);
    else throw raised('TypeError', `${name} got an unexpected keyword argument '${key}'`);
  }
  if (rest) slots[code.varKeyword] = rest;
  const missing: string[] = [];
  const missingKeywords: string[] = [];
  for (let i = 0; i < params.length; i++) {
    if (slots[i] !== undefined) continue;
    const value = defaults[i];
    if (value !== undefined) slots[i] = value;
    else
      (params[i]?.kind === 'keyword-only' ? missingKeywords : missing).push(
        `'${(params[i] as { name: string }).name}'`,
      );
  }
  const [kind, names] = missing.length > 0 ? ['positional', missing] : ['keyword-only', missingKeywords];
  if (names.length > 0) {
    const plural = names.length > 1 ? 's' : '';
    const list =
      names.length > 2 ? `${names.slice(0, -1).join(', ')}, and ${names[names.length - 1]}` : names.join(' and ');
    throw raised('TypeError', `${name} missing ${names.length} required ${kind} argument${plural}: ${list}`);
  }
}
