/** Expressions → closures. */
import type { Site } from '../../../model';
import type { BinOp, Call, Compare, Expr, FormattedValue, Operator } from '../ast';
import { getAttribute } from '../attributes';
import { call, callMethod } from '../calls';
import { raised } from '../exceptions';
import { formatValue } from '../format/formatSpec';
import { repr, str } from '../format/repr';
import type { Frame } from '../frame';
import { getItem, toArray } from '../iteration';
import { binary, compare, truth, unary } from '../operators';
import { addToSet, storeEntry, updateDict, makeSet, mergeSet } from '../types/hashed';
import {
  ELLIPSIS,
  type Kwargs,
  PyBytes,
  PyDict,
  PyFloat,
  PyFunction,
  PyList,
  PySet,
  PySlice,
  PyTuple,
  PyUnknown,
  type PyValue,
  typeOf,
} from '../values/object';
import type { Evaluate } from './code';
import { type Compiler, namePath } from './compiler';
import { compileComprehension, compileGeneratorExpression } from './comprehensions';
import { compileLambda } from './functions';
import { loadName, storeName } from './names';
import { isLiteral } from '../find/literal';
import { makeLeaves } from '../record/leaves';
import { spoilExpressions } from './unknownFlow';

export function compileExpression(c: Compiler, e: Expr): Evaluate {
  switch (e.kind) {
    case 'Constant':
      return constant(c, e);
    case 'Name':
      return loadName(e.id, c.variables.lookup(e.id), c.site(e, [e.id]));
    case 'Attribute':
      return attribute(c, e);
    case 'Subscript': {
      const value = compileExpression(c, e.value);
      const index = compileExpression(c, e.slice);
      const site = c.site(e, namePath(e));
      return (f) => seen(f, getItem(f.rt, value(f), index(f), site), site);
    }
    case 'Slice': {
      const [lower, upper, step] = [e.lower, e.upper, e.step].map((x) => (x ? compileExpression(c, x) : undefined));
      return (f) => new PySlice(lower?.(f) ?? null, upper?.(f) ?? null, step?.(f) ?? null);
    }
    case 'Call':
      return compileCall(c, e);
    case 'BinOp':
      return compileBinary(c, e);
    case 'UnaryOp': {
      const operand = compileExpression(c, e.operand);
      const site = c.site(e);
      const { op } = e;
      if (op === 'not') {
        return (f) => {
          const t = truth(f.rt, operand(f), site);
          return t instanceof PyUnknown ? t : !t;
        };
      }
      return (f) => unary(f.rt, op, operand(f), site);
    }
    case 'BoolOp':
      return boolean(c, e.op, e.values);
    case 'Compare':
      return comparison(c, e);
    case 'IfExp': {
      const test = compileTest(c, e.test);
      const body = compileExpression(c, e.body);
      const orelse = compileExpression(c, e.orelse);
      const spoil = spoilExpressions(c, [e.body, e.orelse]);
      return (f) => {
        const t = test(f);
        if (t === true) return body(f);
        if (t === false) return orelse(f);
        spoil(f, t);
        return t;
      };
    }
    case 'NamedExpr': {
      const value = compileExpression(c, e.value);
      const store = storeName(e.target.id, c.variables.lookup(e.target.id), c.site(e.target, [e.target.id], true));
      return (f) => {
        const v = value(f);
        store(f, v);
        return v;
      };
    }
    case 'Lambda':
      return compileLambda(c, e);
    case 'Tuple': {
      const items = compileItems(c, e.elts);
      return (f) => sequence(items(f), (x) => new PyTuple(x));
    }
    case 'List': {
      const items = compileItems(c, e.elts);
      return (f) => sequence(items(f), (x) => new PyList(x));
    }
    case 'Set': {
      const items = compileItems(c, e.elts);
      const constant = e.elts.length > 2 && e.elts.every(isConstant);
      return (f) => {
        const values = items(f);
        if (values instanceof PyUnknown) return values;
        const set = new PySet();
        for (const value of values) addToSet(f.rt, set, value);
        if (!constant) return set;
        // CPython makes these from a frozen set, which its compiler has built anew from the items of a first one.
        const merged = new PySet();
        mergeSet(f.rt, merged, makeSet(f.rt, set.items.values()));
        return merged;
      };
    }
    case 'Dict':
      return dictionary(c, e);
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
      return compileComprehension(c, e);
    case 'GeneratorExp':
      return compileGeneratorExpression(c, e);
    case 'JoinedStr':
      return joined(c, e.values, c.site(e));
    case 'Starred': {
      const site = c.site(e);
      return (f) => {
        f.rt.place = site;
        throw raised('SyntaxError', "can't use starred expression here");
      };
    }
    case 'Await': {
      const site = c.site(e);
      return (f) => f.rt.unknown('unsupported', 'asynchronous code is not supported', site);
    }
    default: {
      // `yield` inside another expression; statements handle those that stand alone.
      const site = c.site(e);
      return (f) => f.rt.unknown('unsupported', '`yield` inside an expression is not supported', site);
    }
  }
}

function sequence(items: PyValue[] | PyUnknown, make: (items: PyValue[]) => PyValue): PyValue {
  return items instanceof PyUnknown ? items : make(items);
}

/** Tells the recorder which value came up at a site. */
function seen(f: Frame, value: PyValue, site: Site): PyValue {
  if (f.rt.recorder) f.rt.notice(value, site);
  return value;
}

function constant(c: Compiler, e: Expr & { kind: 'Constant' }): Evaluate {
  const { value } = e;
  switch (value.type) {
    case 'int': {
      const n = value.value;
      return () => n;
    }
    case 'float': {
      const x = new PyFloat(value.value);
      return () => x;
    }
    case 'str':
    case 'bool': {
      const v = value.value;
      return () => v;
    }
    case 'bytes': {
      const b = new PyBytes(value.value);
      return () => b;
    }
    case 'None':
      return () => null;
    case 'Ellipsis':
      return () => ELLIPSIS;
    default: {
      const site = c.site(e);
      return (f) => f.rt.unknown('complex', 'complex numbers are not supported', site);
    }
  }
}

function attribute(c: Compiler, e: Expr & { kind: 'Attribute' }): Evaluate {
  const value = compileExpression(c, e.value);
  const site = c.site(e, namePath(e));
  const { attr } = e;
  return (f) => seen(f, getAttribute(f.rt, value(f), attr, site), site);
}

/** A condition as a bool, or the unknown that it is. */
export function compileTest(c: Compiler, e: Expr): (f: Frame) => boolean | PyUnknown {
  const value = compileExpression(c, e);
  const site = c.site(e);
  return (f) => {
    const v = value(f);
    return typeof v === 'boolean' ? v : truth(f.rt, v, site);
  };
}

function boolean(c: Compiler, op: 'and' | 'or', values: readonly Expr[]): Evaluate {
  const parts = values.map((v) => compileExpression(c, v));
  const sites = values.map((v) => c.site(v));
  const spoils = values.map((_, i) => spoilExpressions(c, values.slice(i + 1)));
  const stopsAt = op === 'or';
  return (f) => {
    const last = parts.length - 1;
    for (let i = 0; i < last; i++) {
      const v = (parts[i] as Evaluate)(f);
      const t = typeof v === 'boolean' ? v : truth(f.rt, v, sites[i] as Site);
      if (t instanceof PyUnknown) {
        spoils[i]?.(f, t);
        return t;
      }
      if (t === stopsAt) return v;
    }
    return (parts[last] as Evaluate)(f);
  };
}

function comparison(c: Compiler, e: Compare): Evaluate {
  const left = compileExpression(c, e.left);
  const rights = e.comparators.map((x) => compileExpression(c, x));
  const site = c.site(e);
  const { ops } = e;
  if (ops.length === 1) {
    const op = ops[0] as (typeof ops)[number];
    const right = rights[0] as Evaluate;
    switch (op) {
      case '<':
        return (f) => {
          const a = left(f);
          const b = right(f);
          if (typeof a === 'number' && typeof b === 'number') return a < b;
          if (a instanceof PyFloat && b instanceof PyFloat) return a.v < b.v;
          return compare(f.rt, op, a, b, site);
        };
      case '>':
        return (f) => {
          const a = left(f);
          const b = right(f);
          if (typeof a === 'number' && typeof b === 'number') return a > b;
          if (a instanceof PyFloat && b instanceof PyFloat) return a.v > b.v;
          return compare(f.rt, op, a, b, site);
        };
      case '==':
        return (f) => {
          const a = left(f);
          const b = right(f);
          if (typeof a === 'number' && typeof b === 'number') return a === b;
          return compare(f.rt, op, a, b, site);
        };
      default:
        return (f) => compare(f.rt, op, left(f), right(f), site);
    }
  }
  return (f) => {
    let a = left(f);
    let result: PyValue = true;
    for (let i = 0; i < ops.length; i++) {
      const b = (rights[i] as Evaluate)(f);
      result = compare(f.rt, ops[i] as (typeof ops)[number], a, b, site);
      if (i < ops.length - 1) {
        const t = truth(f.rt, result, site);
        if (t !== true) return t === false ? result : t;
      }
      a = b;
    }
    return result;
  };
}

function compileBinary(c: Compiler, e: BinOp): Evaluate {
  const l = compileExpression(c, e.left);
  const r = compileExpression(c, e.right);
  return binaryClosure(e.op, l, r, c.site(e));
}

/** The commonest kinds of operands are served at once. */
function binaryClosure(op: Operator, l: Evaluate, r: Evaluate, site: Site): Evaluate {
  switch (op) {
    case '+':
      return (f) => {
        const a = l(f);
        const b = r(f);
        if (a instanceof PyFloat && b instanceof PyFloat && a.kind === 0 && b.kind === 0) return new PyFloat(a.v + b.v);
        if (typeof a === 'number' && typeof b === 'number') {
          const sum = a + b;
          if (sum <= Number.MAX_SAFE_INTEGER && sum >= -Number.MAX_SAFE_INTEGER) return sum;
        }
        return binary(f.rt, op, a, b, site);
      };
    case '-':
      return (f) => {
        const a = l(f);
        const b = r(f);
        if (a instanceof PyFloat && b instanceof PyFloat && a.kind === 0 && b.kind === 0) return new PyFloat(a.v - b.v);
        if (typeof a === 'number' && typeof b === 'number') {
          const difference = a - b;
          if (difference <= Number.MAX_SAFE_INTEGER && difference >= -Number.MAX_SAFE_INTEGER) return difference;
        }
        return binary(f.rt, op, a, b, site);
      };
    case '*':
      return (f) => {
        const a = l(f);
        const b = r(f);
        if (a instanceof PyFloat && b instanceof PyFloat && a.kind === 0 && b.kind === 0) return new PyFloat(a.v * b.v);
        return binary(f.rt, op, a, b, site);
      };
    case '/':
      return (f) => {
        const a = l(f);
        const b = r(f);
        if (a instanceof PyFloat && b instanceof PyFloat && a.kind === 0 && b.kind === 0 && b.v !== 0) {
          return new PyFloat(a.v / b.v);
        }
        return binary(f.rt, op, a, b, site);
      };
    default:
      return (f) => binary(f.rt, op, l(f), r(f), site);
  }
}

/** Items of a display, `*iterable` unpacked. */
export function compileItems(c: Compiler, elts: readonly Expr[]): (f: Frame) => PyValue[] | PyUnknown {
  if (!elts.some((x) => x.kind === 'Starred')) {
    const parts = elts.map((x) => compileExpression(c, x));
    const n = parts.length;
    return (f) => {
      const out = new Array<PyValue>(n);
      for (let i = 0; i < n; i++) out[i] = (parts[i] as Evaluate)(f);
      return out;
    };
  }
  const parts = elts.map((x) =>
    x.kind === 'Starred'
      ? { value: compileExpression(c, x.value), site: c.site(x) }
      : { value: compileExpression(c, x), site: undefined },
  );
  return (f) => {
    const out: PyValue[] = [];
    let unknown: PyUnknown | undefined;
    for (const { value, site } of parts) {
      const v = value(f);
      if (site === undefined) out.push(v);
      else {
        const items = toArray(f.rt, v, site);
        if (items instanceof PyUnknown) unknown = items;
        else for (const item of items) out.push(item);
      }
    }
    return unknown ?? out;
  };
}

function dictionary(c: Compiler, e: Expr & { kind: 'Dict' }): Evaluate {
  const parts = e.items.map(({ key, value }) => ({
    key: key && compileExpression(c, key),
    value: compileExpression(c, value),
  }));
  const site = c.site(e);
  return (f) => {
    const dict = new PyDict();
    for (const { key, value } of parts) {
      if (key) {
        const k = key(f);
        const v = value(f);
        f.rt.place = site;
        if (typeof k === 'string' && k.charCodeAt(0) !== 0) dict.set(k, v);
        else storeEntry(f.rt, dict, k, v);
      } else mergeMapping(f, dict, value(f), site);
    }
    return dict;
  };
}

function mergeMapping(f: Frame, into: PyDict, mapping: PyValue, site: Site): void {
  if (mapping instanceof PyDict) updateDict(f.rt, into, mapping);
  else if (mapping instanceof PyUnknown) into.unknown ??= f.rt.spread(mapping) as PyUnknown;
  else {
    f.rt.place = site;
    throw raised('TypeError', `'${typeOf(mapping).name}' object is not a mapping`);
  }
}

function joined(c: Compiler, values: readonly (string | FormattedValue)[], site: Site): Evaluate {
  const parts = values.map((v) =>
    typeof v === 'string'
      ? v
      : {
          value: compileExpression(c, v.value),
          conversion: v.conversion,
          spec: v.spec && joined(c, v.spec, site),
        },
  );
  return (f) => {
    let out = '';
    for (const part of parts) {
      if (typeof part === 'string') {
        out += part;
        continue;
      }
      const v = part.value(f);
      if (v instanceof PyUnknown) return f.rt.spread(v);
      const converted = part.conversion === '' ? v : part.conversion === 's' ? str(f.rt, v) : repr(f.rt, v);
      if (converted instanceof PyUnknown) return converted;
      const spec = part.spec ? part.spec(f) : '';
      if (spec instanceof PyUnknown) return spec;
      f.rt.place = site;
      const text = formatValue(f.rt, converted, spec as string, site);
      if (text instanceof PyUnknown) return text;
      out += text;
    }
    f.rt.allocate(2 * out.length);
    return out;
  };
}

/** Arguments of a call as they are bound later. */
type Arguments = (f: Frame) => { args: PyValue[]; kwargs: Kwargs } | PyUnknown;

function compileArguments(c: Compiler, e: Call): Arguments {
  const positional = compileItems(c, e.args);
  if (e.keywords.length === 0) {
    return (f) => {
      const args = positional(f);
      return args instanceof PyUnknown ? args : { args, kwargs: undefined };
    };
  }
  const keywords = e.keywords.map((k) => ({
    name: k.arg,
    value: compileExpression(c, k.value),
    site: c.site(k),
  }));
  return (f) => {
    const args = positional(f);
    const kwargs = new Map<string, PyValue>();
    let unknown: PyUnknown | undefined;
    for (const { name, value, site } of keywords) {
      const v = value(f);
      if (name !== undefined) kwargs.set(name, v);
      else if (v instanceof PyUnknown) unknown = v;
      else if (v instanceof PyDict) {
        if (v.unknown) unknown = v.unknown;
        for (const entry of v.entries.values()) kwargs.set(entry.key as string, entry.value);
      } else {
        f.rt.place = site;
        throw raised('TypeError', 'argument after ** must be a mapping');
      }
    }
    if (args instanceof PyUnknown) return args;
    return unknown ?? { args, kwargs };
  };
}

function compileCall(c: Compiler, e: Call): Evaluate {
  const site = c.site(e);
  if (e.func.kind === 'Name' && e.func.id === 'super' && e.args.length === 0) return superCall(c, e, site);
  const simple = e.keywords.length === 0 && !e.args.some((a) => a.kind === 'Starred');
  if (e.func.kind === 'Attribute') {
    const receiver = compileExpression(c, e.func.value);
    const { attr } = e.func;
    if (simple) {
      const parts = e.args.map((a) => compileExpression(c, a));
      return (f) => {
        const self = receiver(f);
        const args: PyValue[] = [];
        for (let i = 0; i < parts.length; i++) args.push((parts[i] as Evaluate)(f));
        return seen(f, callMethod(f.rt, self, attr, args, undefined, site), site);
      };
    }
    const given = compileArguments(c, e);
    return (f) => {
      const self = receiver(f);
      const bound = given(f);
      if (bound instanceof PyUnknown) return callWithUnknown(f, getAttribute(f.rt, self, attr, site), bound, site);
      return seen(f, callMethod(f.rt, self, attr, bound.args, bound.kwargs, site), site);
    };
  }
  const callee = compileExpression(c, e.func);
  if (simple) {
    const parts = e.args.map((a) => compileExpression(c, a));
    const n = parts.length;
    const leaves = c.variables.scope.kind === 'module' ? literalLeaves(c, e) : undefined;
    return (f) => {
      const fn = callee(f);
      const args = new Array<PyValue>(n);
      for (let i = 0; i < n; i++) args[i] = (parts[i] as Evaluate)(f);
      if (leaves && f.rt.literalArguments) leaves(f, fn, args);
      return seen(f, call(f.rt, fn, args, undefined, site), site);
    };
  }
  const given = compileArguments(c, e);
  return (f) => {
    const fn = callee(f);
    const bound = given(f);
    if (bound instanceof PyUnknown) return callWithUnknown(f, fn, bound, site);
    return seen(f, call(f.rt, fn, bound.args, bound.kwargs, site), site);
  };
}

/** In `y = f(2, 5)` at the top of a module the numbers are leaves with the names of the parameters. */
function literalLeaves(c: Compiler, e: Call): ((f: Frame, callee: PyValue, args: PyValue[]) => void) | undefined {
  const sites = e.args.map((a) => (isLiteral(a) ? c.site(a) : undefined));
  if (!sites.some((s) => s !== undefined)) return undefined;
  return (f, callee, args) => {
    const { recorder } = f.rt;
    if (!recorder || !(callee instanceof PyFunction)) return;
    sites.forEach((site, i) => {
      const name = callee.code.params[i]?.name;
      if (site === undefined || name === undefined) return;
      const origin = {
        kind: 'document',
        span: f.rt.span(site),
        why: 'written in the call',
      } as const;
      args[i] = makeLeaves(recorder, [name], args[i] as PyValue, origin, site);
    });
  };
}

/** With an unknown number of arguments the callee is as good as unknown. */
function callWithUnknown(f: Frame, callee: PyValue, unknown: PyUnknown, site: Site): PyValue {
  return call(f.rt, unknown, [callee], undefined, site);
}

/** `super()` without arguments, and what is done with it at once. */
function superCall(c: Compiler, e: Call, site: Site): Evaluate {
  const callee = compileExpression(c, e.func);
  const first = c.firstParameter;
  const self = first === undefined ? undefined : loadName(first, c.variables.lookup(first), site);
  return (f) => {
    const home = f.homeClass;
    if (!home || !self) {
      f.rt.place = site;
      throw raised('RuntimeError', 'super(): no arguments');
    }
    return call(f.rt, callee(f), [home, self(f)], undefined, site);
  };
}

/** What CPython's compiler takes for a constant. */
function isConstant(e: Expr): boolean {
  if (e.kind === 'UnaryOp') return e.op !== 'not' && isConstant(e.operand);
  if (e.kind === 'Tuple') return e.elts.every(isConstant);
  return e.kind === 'Constant';
}
